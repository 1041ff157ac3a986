#pragma once
/// workloads — which batches and threads every library's networks are timed with, and the numbers they are
/// given.
#include <strata/base/random/philox.hpp>

#include <benchmark/benchmark.h>

#include <string>
#include <vector>

namespace strata_bench {

inline std::vector<float> uniform_numbers(std::size_t size, std::uint32_t seed) {
    std::vector<float> x(size);
    for (std::size_t i = 0; i < size; ++i)
        x[i] = strata::philox::uniform_float(
            strata::philox::draw({{static_cast<std::uint32_t>(i), 0, 0, 0}}, {{seed, 0}})[0]);
    return x;
}

/// NAME/batch:B/threads:T, of which the function finds B and T in range(0) and range(1).
template <class Function>
void register_training(const std::string& name, Function train, int most_threads = 2) {
    auto* const one_thread = benchmark::RegisterBenchmark(name.c_str(), train);
    one_thread->ArgNames({"batch", "threads"});
    for (const int batch : {1, 32, 64, 256}) one_thread->Args({batch, 1});
    if (most_threads < 2) return;
    auto* const two_threads = benchmark::RegisterBenchmark(name.c_str(), train);
    two_threads->ArgNames({"batch", "threads"})->Args({32, 2})->Args({64, 2})->Args({256, 2})->UseRealTime();
}
/// NAME/batch:B
template <class Function>
void register_inference(const std::string& name, Function infer) {
    auto* const all = benchmark::RegisterBenchmark(name.c_str(), infer);
    all->ArgNames({"batch"})->Arg(1)->Arg(32)->Arg(256);
}

} // namespace strata_bench
