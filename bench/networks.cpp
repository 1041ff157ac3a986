// Whole networks: a training step, with its optimiser, and inference, for several batches and one or two threads.
// `of_peak` is the share of this core's measured multiply-add peak that the products alone make up
// (bench/support/fma_peak.hpp). Beside them libtorch and dlib, where CMake found them (bench/peers/).
//   build/release/bench/networks --benchmark_repetitions=9 --benchmark_enable_random_interleaving=true
#include "support/fma_peak.hpp"
#include "support/product_operations.hpp"
#include "support/workloads.hpp"

#include <strata/strata.hpp>

#include <benchmark/benchmark.h>

struct mlp : strata::network<strata::features<784>, strata::dense<128>, strata::relu, strata::dense<10>> {};

struct keras_cnn : strata::network<strata::image<1, 28, 28>, strata::conv<32, 3>, strata::relu, strata::max_pool<2>,
                                   strata::flatten, strata::dense<128>, strata::relu, strata::dense<10>> {};

struct lenet5
    : strata::network<strata::image<1, 28, 28>, strata::conv<6, 5, strata::same>, strata::relu, strata::max_pool<2>,
                      strata::conv<16, 5>, strata::relu, strata::max_pool<2>, strata::flatten, strata::dense<120>,
                      strata::relu, strata::dense<84>, strata::relu, strata::dense<10>> {};

struct tiny : strata::network<strata::features<8>, strata::dense<16>, strata::tanh_activation, strata::dense<16>,
                              strata::tanh_activation, strata::dense<1>> {};

namespace {

using strata_bench::product_operations;
using strata_bench::uniform_numbers;

template <class Net, class Loss, class Optimizer>
void training_step(benchmark::State& state, Loss loss, Optimizer optimizer) {
    const auto batch = static_cast<std::size_t>(state.range(0));
    const int threads = static_cast<int>(state.range(1));
    strata::model<Net> net{strata::seed{1}, strata::cpu{.threads = threads}};
    strata::trainer trainer{net, loss, optimizer};
    using plan = typename decltype(trainer)::training_plan;
    constexpr auto in = static_cast<std::size_t>(plan::data.input.size()),
                   out = static_cast<std::size_t>(plan::data.target.size());
    const auto x = uniform_numbers(batch * in, 1);
    std::vector<float> t(batch * out);
    if (out == 1) t = uniform_numbers(batch, 2);
    else
        for (std::size_t i = 0; i < batch; ++i) t[i * out + i * 7 % out] = 1;
    const double first = trainer.step(x, t);
    double last = first;
    for (int i = 0; i < 20; ++i) last = trainer.step(x, t);
    if (!(last < first)) return state.SkipWithError("the loss does not fall");
    for (auto _ : state) benchmark::DoNotOptimize(trainer.step(x, t));
    state.SetItemsProcessed(state.iterations() * state.range(0));
    strata_bench::count_operations(state, product_operations<plan>() * static_cast<double>(batch), threads);
}

template <class Net, int Batch>
void inference_of(benchmark::State& state) {
    const strata::model<Net> net{strata::seed{1}};
    using model = strata::model<Net>;
    auto space = net.make_workspace(Batch);
    const auto x = uniform_numbers(Batch * model::input_size, 1);
    std::vector<float> y(Batch * model::output_size);
    const std::span<const float, Batch * model::input_size> in(x);
    const std::span<float, Batch * model::output_size> out(y);
    for (auto _ : state) {
        net.run(in, out, space);
        benchmark::DoNotOptimize(y.data());
        benchmark::ClobberMemory();
    }
    state.SetItemsProcessed(state.iterations() * Batch);
    strata_bench::count_operations(state, product_operations<typename model::inference_plan>() * Batch);
}
/// The first door's extents are static.
template <class Net>
void inference(benchmark::State& state) {
    switch (state.range(0)) {
    case 1: return inference_of<Net, 1>(state);
    case 32: return inference_of<Net, 32>(state);
    case 256: return inference_of<Net, 256>(state);
    default: return state.SkipWithError("a batch that this program was not compiled for");
    }
}

/// One sample at a time, each of which has to wait for the result before it: latency, where the others measure
/// throughput.
template <class Net>
void dependent_inference(benchmark::State& state) {
    const strata::model<Net> net{strata::seed{1}};
    using model = strata::model<Net>;
    auto space = net.make_workspace();
    auto x = uniform_numbers(model::input_size, 1);
    std::vector<float> y(model::output_size);
    const std::span<const float, model::input_size> in(x);
    const std::span<float, model::output_size> out(y);
    for (auto _ : state) {
        net.run(in, out, space);
        x[0] = y[0];
        benchmark::ClobberMemory();
    }
    state.SetItemsProcessed(state.iterations());
}

template <class Net, class Loss, class Optimizer>
bool measure(const std::string& name, Loss loss, Optimizer optimizer) {
    strata_bench::register_training("train/" + name + "/strata",
                                    [=](benchmark::State& s) { training_step<Net>(s, loss, optimizer); });
    strata_bench::register_inference("infer/" + name + "/strata", &inference<Net>);
    benchmark::RegisterBenchmark(("infer/" + name + "/strata/dependent").c_str(), &dependent_inference<Net>);
    return true;
}

[[maybe_unused]] const bool registered[] = {
    measure<mlp>("mlp", strata::cross_entropy{}, strata::adam{.rate = 1e-4}),
    measure<keras_cnn>("keras_cnn", strata::cross_entropy{}, strata::adam{.rate = 1e-4}),
    measure<lenet5>("lenet5", strata::cross_entropy{}, strata::sgd{.rate = 0.01, .momentum = 0.9}),
    measure<tiny>("tiny", strata::mean_squared_error{}, strata::sgd{.rate = 0.01, .momentum = 0.9})};

} // namespace
