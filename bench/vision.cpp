// Training steps of convolutional networks on one thread: a ResNet-20 for CIFAR in batches of 32, a U-Net in batches
// of 4. `of_peak` is the share of this core's measured multiply-add peak that the products alone make up.
// bench/peers/vision_pytorch.py measures the same in PyTorch.
//   build/release/bench/vision --benchmark_repetitions=5 --benchmark_enable_random_interleaving=true
#include "support/fma_peak.hpp"
#include "support/product_operations.hpp"
#include "support/workloads.hpp"

#include <strata/networks.hpp>
#include <strata/strata.hpp>

namespace {
using namespace strata;
using strata_bench::product_operations;

template <int F>
using twice = sequence<conv<F, 3, same>, relu, conv<F, 3, same>, relu>;
template <int F, class Inner>
using level =
    sequence<twice<F>, parallel<concat_all, pass, sequence<max_pool<2>, Inner, upsample<2>, conv<F, 3, same>, relu>>,
             twice<F>>;
struct unet : network<image<1, 128, 128>, level<16, level<32, level<64, twice<128>>>>, conv<2, 1>> {};

template <class Net, class Optimizer>
void training_step(benchmark::State& state, std::size_t batch, Optimizer optimizer) {
    model<Net> net{seed{1}};
    trainer trainer{net, cross_entropy{}, optimizer};
    using plan = typename decltype(trainer)::training_plan;
    constexpr shape out = output_shape<Net>;
    const auto x = strata_bench::uniform_numbers(batch * static_cast<std::size_t>(input_shape<Net>.size()), 1);
    std::vector<std::int32_t> t(batch * static_cast<std::size_t>(out.positions()));
    for (std::size_t i = 0; i < t.size(); ++i)
        t[i] = static_cast<std::int32_t>(i * 7 % static_cast<std::size_t>(out.channels()));
    const double first = trainer.step(x, t);
    double last = first;
    for (int i = 0; i < 5; ++i) last = trainer.step(x, t);
    if (!(last < first)) return state.SkipWithError("the loss does not fall");
    for (auto _ : state) benchmark::DoNotOptimize(trainer.step(x, t));
    const auto samples = static_cast<double>(batch);
    state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(batch));
    strata_bench::count_operations(state, product_operations<plan>() * samples, 1);
}
template <class Net>
void inference(benchmark::State& state) {
    const model<Net> net{seed{1}};
    auto space = net.make_workspace();
    const auto x = strata_bench::uniform_numbers(model<Net>::input_size, 1);
    std::vector<float> y(model<Net>::output_size);
    for (auto _ : state) {
        net.run(x.data(), y.data(), space);
        benchmark::DoNotOptimize(y.data());
        benchmark::ClobberMemory();
    }
    strata_bench::count_operations(state, product_operations<typename model<Net>::inference_plan>(), 1);
}

void resnet20_training(benchmark::State& s) {
    training_step<networks::resnet20<>>(s, 32, sgd{.rate = 0.01, .momentum = 0.9});
}
void unet_training(benchmark::State& s) { training_step<unet>(s, 4, adam{.rate = 1e-3}); }
BENCHMARK(resnet20_training)->Name("train/resnet20/batch:32")->Unit(benchmark::kMillisecond);
BENCHMARK(unet_training)->Name("train/unet/batch:4")->Unit(benchmark::kMillisecond);
BENCHMARK(inference<networks::resnet20<>>)->Name("infer/resnet20/batch:1")->Unit(benchmark::kMillisecond);
BENCHMARK(inference<unet>)->Name("infer/unet/batch:1")->Unit(benchmark::kMillisecond);

} // namespace
