#pragma once
/// elementary_functions — exp, tanh and the logistic function of floats, numbers in the nearest cache, the cpu policy's
/// own beside xsimd's: elementary/NAME/strata and elementary/NAME/xsimd, in numbers a second.
#include <strata/cpu/cpu.hpp>

#include <benchmark/benchmark.h>

#include <string>
#include <vector>

namespace strata_bench {

template <class Function>
void register_elementary(const std::string& name, float lowest, float highest, Function function) {
    benchmark::RegisterBenchmark(name.c_str(), [=](benchmark::State& state) {
        using V = strata::on_cpu::vec<float, xsimd::default_arch>;
        std::vector<float> x(4096), y(x.size());
        for (std::size_t i = 0; i < x.size(); ++i)
            x[i] = lowest + (highest - lowest) * static_cast<float>(i * 1021 % x.size()) / static_cast<float>(x.size());
        for (auto _ : state) {
            for (std::size_t i = 0; i < x.size(); i += V::size)
                function(V::load_unaligned(x.data() + i)).store_unaligned(y.data() + i);
            benchmark::DoNotOptimize(y.data());
            benchmark::ClobberMemory();
        }
        state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(x.size()));
    });
}

inline bool elementary_functions() {
    using own = strata::elementary;
    register_elementary("elementary/exp/strata", -20, 20, [](auto x) { return own::exp(x); });
    register_elementary("elementary/exp/xsimd", -20, 20, [](auto x) { return xsimd::exp(x); });
    register_elementary("elementary/tanh/strata", -5, 5, [](auto x) { return own::tanh(x); });
    register_elementary("elementary/tanh/xsimd", -5, 5, [](auto x) { return xsimd::tanh(x); });
    register_elementary("elementary/logistic/strata", -20, 20, [](auto x) { return own::logistic(x); });
    register_elementary("elementary/logistic/xsimd", -20, 20,
                        [](auto x) { return decltype(x)(1.0f) / (decltype(x)(1.0f) + xsimd::exp(-x)); });
    return true;
}

} // namespace strata_bench
