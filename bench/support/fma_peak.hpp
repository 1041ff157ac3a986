#pragma once
/// fma_peak — what this core can do at most: multiply-adds on twelve independent registers, in operations per
/// second (a multiply-add counts as two). Measured where it is used, because clocks drift and neighbours come
/// and go.
#include <strata/cpu/registers.hpp>

#include <benchmark/benchmark.h>

#include <ctime>

namespace strata_bench {

/// Seconds that this thread has computed.
inline double cpu_seconds() {
    timespec t{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
    return static_cast<double>(t.tv_sec) + 1e-9 * static_cast<double>(t.tv_nsec);
}

template <class T = float, class Arch = xsimd::default_arch>
[[gnu::noinline]] double fma_peak() {
    using V = strata::on_cpu::vec<T, Arch>;
    constexpr int chains = 12, rounds = 20000, lanes = strata::on_cpu::lanes_of<T, Arch>;
    const V factor(T(0.999)), term(T(0.001));
    double best = 0;
    for (int attempt = 0; attempt < 12; ++attempt) {
        V x[chains];
#pragma GCC unroll 12
        for (int i = 0; i < chains; ++i) x[i] = V(static_cast<T>(i));
        const double start = cpu_seconds();
        for (int r = 0; r < rounds; ++r) {
#pragma GCC unroll 12
            for (int i = 0; i < chains; ++i) x[i] = strata::on_cpu::multiply_add<T, Arch>(x[i], factor, term);
        }
        const double seconds = cpu_seconds() - start;
#pragma GCC unroll 12
        for (int i = 0; i < chains; ++i) benchmark::DoNotOptimize(x[i]);
        const double rate = 2.0 * chains * rounds * lanes / seconds;
        best = rate > best ? rate : best;
    }
    return best;
}

/// Counters of a benchmark whose iteration takes `operations`: the rate, and its share of the peak of
/// `threads` cores.
inline void count_operations(benchmark::State& state, double operations, int threads = 1) {
    using benchmark::Counter;
    state.counters["FLOPS"] = Counter(operations, Counter::kIsIterationInvariantRate, Counter::OneK::kIs1000);
    state.counters["of_peak"] = Counter(operations / (fma_peak() * threads), Counter::kIsIterationInvariantRate);
}

} // namespace strata_bench
