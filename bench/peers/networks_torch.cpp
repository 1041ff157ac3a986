// The networks of bench/networks in libtorch, where CMake found it: the same samples, optimiser and batch,
// images channels-last as it likes them best, denormals flushed. Registered in the same program, so that one
// run interleaves both.
#include "../support/workloads.hpp"

#include <torch/torch.h>

#include <benchmark/benchmark.h>

#include <functional>
#include <memory>

namespace {

torch::nn::Sequential mlp() {
    return torch::nn::Sequential(torch::nn::Linear(784, 128), torch::nn::ReLU(), torch::nn::Linear(128, 10));
}
torch::nn::Sequential keras_cnn() {
    return torch::nn::Sequential(torch::nn::Conv2d(torch::nn::Conv2dOptions(1, 32, 3)), torch::nn::ReLU(),
                                 torch::nn::MaxPool2d(2), torch::nn::Flatten(), torch::nn::Linear(32 * 13 * 13, 128),
                                 torch::nn::ReLU(), torch::nn::Linear(128, 10));
}
torch::nn::Sequential lenet5() {
    return torch::nn::Sequential(torch::nn::Conv2d(torch::nn::Conv2dOptions(1, 6, 5).padding(2)), torch::nn::ReLU(),
                                 torch::nn::MaxPool2d(2), torch::nn::Conv2d(torch::nn::Conv2dOptions(6, 16, 5)),
                                 torch::nn::ReLU(), torch::nn::MaxPool2d(2), torch::nn::Flatten(),
                                 torch::nn::Linear(400, 120), torch::nn::ReLU(), torch::nn::Linear(120, 84),
                                 torch::nn::ReLU(), torch::nn::Linear(84, 10));
}
torch::nn::Sequential tiny() {
    return torch::nn::Sequential(torch::nn::Linear(8, 16), torch::nn::Tanh(), torch::nn::Linear(16, 16),
                                 torch::nn::Tanh(), torch::nn::Linear(16, 1));
}

struct workload {
    const char* name;
    std::vector<std::int64_t> sample; ///< shape of one
    int classes;                      ///< 1: mean squared error
    bool with_adam;
    torch::nn::Sequential (*make)();
};
const workload all[] = {{"mlp", {784}, 10, true, mlp},
                        {"keras_cnn", {1, 28, 28}, 10, true, keras_cnn},
                        {"lenet5", {1, 28, 28}, 10, false, lenet5},
                        {"tiny", {8}, 1, false, tiny}};

void begin(int threads) {
    torch::set_num_threads(threads);
    at::globalContext().setFlushDenormal(true);
    torch::manual_seed(1);
}
torch::nn::Sequential network(const workload& w) {
    torch::nn::Sequential net = w.make();
    for (auto& p : net->parameters())
        if (p.dim() == 4) p.set_data(p.contiguous(at::MemoryFormat::ChannelsLast));
    return net;
}
torch::Tensor samples(const workload& w, std::int64_t batch) {
    std::vector<std::int64_t> shape{batch};
    shape.insert(shape.end(), w.sample.begin(), w.sample.end());
    std::int64_t size = 1;
    for (const auto s : shape) size *= s;
    auto x = torch::tensor(strata_bench::uniform_numbers(static_cast<std::size_t>(size), 1)).view(shape);
    return x.dim() == 4 ? x.contiguous(at::MemoryFormat::ChannelsLast) : x;
}

void training_step(benchmark::State& state, const workload& w) {
    const std::int64_t batch = state.range(0);
    begin(static_cast<int>(state.range(1)));
    auto net = network(w);
    const auto x = samples(w, batch);
    torch::Tensor t;
    if (w.classes == 1)
        t = torch::tensor(strata_bench::uniform_numbers(static_cast<std::size_t>(batch), 2)).view({batch, 1});
    else t = (torch::arange(batch) * 7) % w.classes;
    std::unique_ptr<torch::optim::Optimizer> optimizer;
    if (w.with_adam)
        optimizer = std::make_unique<torch::optim::Adam>(net->parameters(), torch::optim::AdamOptions(1e-4));
    else
        optimizer =
            std::make_unique<torch::optim::SGD>(net->parameters(), torch::optim::SGDOptions(0.01).momentum(0.9));
    const auto step = [&] {
        for (auto& p : net->parameters()) p.mutable_grad() = torch::Tensor(); // as zero_grad(set_to_none) of Python
        const auto y = net->forward(x);
        const auto loss = w.classes == 1 ? torch::mse_loss(y, t) : torch::nn::functional::cross_entropy(y, t);
        loss.backward();
        optimizer->step();
        return loss.item<double>();
    };
    const double first = step();
    double last = first;
    for (int i = 0; i < 20; ++i) last = step();
    if (!(last < first)) return state.SkipWithError("the loss does not fall");
    for (auto _ : state) benchmark::DoNotOptimize(step());
    state.SetItemsProcessed(state.iterations() * batch);
}

void inference(benchmark::State& state, const workload& w) {
    begin(1);
    const torch::InferenceMode mode;
    auto net = network(w);
    net->eval();
    const auto x = samples(w, state.range(0));
    for (auto _ : state) {
        const auto y = net->forward(x);
        benchmark::DoNotOptimize(y.data_ptr());
    }
    state.SetItemsProcessed(state.iterations() * state.range(0));
}

[[maybe_unused]] const bool registered = [] {
    for (const workload& w : all) {
        strata_bench::register_training(std::string("train/") + w.name + "/libtorch",
                                        [&w](benchmark::State& s) { training_step(s, w); });
        strata_bench::register_inference(std::string("infer/") + w.name + "/libtorch",
                                         [&w](benchmark::State& s) { inference(s, w); });
    }
    return true;
}();

} // namespace
