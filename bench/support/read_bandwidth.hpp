#pragma once
/// read_bandwidth — how fast this core reads a block of memory over and over, with eight sums in registers:
/// what a kernel that only waits for memory could reach. `bytes_per_second` of machine/read/KiB.
#include <strata/cpu/registers.hpp>

#include <benchmark/benchmark.h>

#include <vector>

namespace strata_bench {

inline void read_bandwidth(benchmark::State& state) {
    using V = strata::on_cpu::vec<float, xsimd::default_arch>;
    constexpr std::size_t lanes = V::size, sums = 8;
    const auto count = static_cast<std::size_t>(state.range(0)) * 1024 / sizeof(float);
    const std::vector<float> memory(count + lanes, 1.0f);
    for (auto _ : state) {
        V sum[sums];
#pragma GCC unroll 8
        for (std::size_t i = 0; i < sums; ++i) sum[i] = V(0.0f);
        for (std::size_t at = 0; at + sums * lanes <= count; at += sums * lanes) {
#pragma GCC unroll 8
            for (std::size_t i = 0; i < sums; ++i) sum[i] = sum[i] + V::load_unaligned(memory.data() + at + i * lanes);
        }
#pragma GCC unroll 8
        for (std::size_t i = 0; i < sums; ++i) benchmark::DoNotOptimize(sum[i]);
    }
    state.SetBytesProcessed(state.iterations() * state.range(0) * 1024);
}

} // namespace strata_bench
