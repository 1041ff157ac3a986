// LeNet-5: a training step of 64 samples, and inference of one and of 256.
#include <strata/strata.hpp>

#include <benchmark/benchmark.h>

struct lenet5 : strata::network<
    strata::image<1, 28, 28>,
    strata::conv<6, 5, strata::same>, strata::relu, strata::max_pool<2>,
    strata::conv<16, 5>,              strata::relu, strata::max_pool<2>,
    strata::flatten,
    strata::dense<120>, strata::relu,
    strata::dense<84>,  strata::relu,
    strata::dense<10>> {};

static std::vector<float> ramp(std::size_t size) {
    std::vector<float> x(size);
    for (std::size_t i = 0; i < size; ++i) x[i] = static_cast<float>(i % 17) / 17;
    return x;
}

static void training_step(benchmark::State& state) {
    strata::model<lenet5> net{strata::seed{1}, strata::cpu{.threads = static_cast<int>(state.range(0))}};
    strata::trainer trainer{net, strata::cross_entropy{}, strata::sgd{.rate = 0.01, .momentum = 0.9}};
    const auto x = ramp(64 * 784);
    std::vector<float> t(64 * 10);
    for (std::size_t i = 0; i < 64; ++i) t[i * 10 + i % 10] = 1;
    const double first = trainer.step(x, t);
    double last = first;
    for (auto _ : state) last = trainer.step(x, t);
    if (!(last < first)) state.SkipWithError("the loss does not fall");
    state.SetItemsProcessed(state.iterations() * 64);
}
BENCHMARK(training_step)->ArgName("threads")->Arg(1)->Arg(2)->UseRealTime();

template <int Batch>
static void inference(benchmark::State& state) {
    const strata::model<lenet5> net{strata::seed{1}};
    auto space = net.make_workspace(Batch);
    const auto x = ramp(Batch * 784);
    std::vector<float> y(Batch * 10);
    const std::span<const float, Batch * 784> in(x);
    const std::span<float, Batch * 10> out(y);
    for (auto _ : state) {
        net.run(in, out, space);
        benchmark::DoNotOptimize(y.data());
    }
    state.SetItemsProcessed(state.iterations() * Batch);
}
BENCHMARK(inference<1>);
BENCHMARK(inference<256>);
