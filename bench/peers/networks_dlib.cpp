// The networks of bench/networks in dlib, where CMake found it: the same samples and batch, dlib's own
// optimisers, denormals flushed, its thread of the trainer left out. dlib uses the BLAS that CMake found.
#include "../support/workloads.hpp"

#include <dlib/dnn.h>

#include <benchmark/benchmark.h>

#include <cstdint>
#include <xmmintrin.h>

namespace {

using image = dlib::matrix<float>;

using mlp = dlib::loss_multiclass_log<dlib::fc<10, dlib::relu<dlib::fc<128, dlib::input<image>>>>>;
using keras_cnn = dlib::loss_multiclass_log<dlib::fc<
    10, dlib::relu<dlib::fc<
            128, dlib::max_pool<2, 2, 2, 2,
                                dlib::relu<dlib::add_layer<dlib::con_<32, 3, 3, 1, 1, 0, 0>, dlib::input<image>>>>>>>>;
using lenet5 = dlib::loss_multiclass_log<dlib::fc<
    10, dlib::relu<dlib::fc<
            84, dlib::relu<dlib::fc<
                    120, dlib::max_pool<2, 2, 2, 2,
                                        dlib::relu<dlib::add_layer<
                                            dlib::con_<16, 5, 5, 1, 1, 0, 0>,
                                            dlib::max_pool<2, 2, 2, 2,
                                                           dlib::relu<dlib::add_layer<dlib::con_<6, 5, 5, 1, 1, 2, 2>,
                                                                                      dlib::input<image>>>>>>>>>>>>>;

template <class Net>
dlib::resizable_tensor samples(Net& net, std::int64_t batch, std::int64_t rows, std::int64_t columns) {
    const auto numbers = strata_bench::uniform_numbers(static_cast<std::size_t>(batch * rows * columns), 1);
    std::vector<image> images;
    for (std::int64_t n = 0; n < batch; ++n)
        images.push_back(dlib::mat(numbers.data() + n * rows * columns, rows, columns));
    dlib::resizable_tensor x;
    net.to_tensor(images.begin(), images.end(), x);
    return x;
}

template <class Net, class Solver>
void training_step(benchmark::State& state, Solver solver, double rate, std::int64_t rows) {
    if (state.range(1) != 1) return state.SkipWithError("its threads are its BLAS's");
    _mm_setcsr(_mm_getcsr() | 0x8040);
    Net net;
    const std::int64_t batch = state.range(0);
    const auto x = samples(net, batch, rows, 784 / rows);
    std::vector<unsigned long> t;
    for (std::int64_t i = 0; i < batch; ++i) t.push_back(static_cast<unsigned long>(i * 7 % 10));
    std::vector<Solver> solvers(Net::num_computational_layers, solver);
    const auto step = [&] {
        const double loss = net.compute_loss(x, t.begin());
        net.back_propagate_error(x);
        net.update_parameters(solvers, rate);
        return loss;
    };
    const double first = step();
    double last = first;
    for (int i = 0; i < 20; ++i) last = step();
    if (!(last < first)) return state.SkipWithError("the loss does not fall");
    for (auto _ : state) benchmark::DoNotOptimize(step());
    state.SetItemsProcessed(state.iterations() * batch);
}

template <class Net>
void inference(benchmark::State& state, std::int64_t rows) {
    _mm_setcsr(_mm_getcsr() | 0x8040);
    Net net;
    const auto x = samples(net, state.range(0), rows, 784 / rows);
    auto& scores = net.subnet();
    for (auto _ : state) benchmark::DoNotOptimize(scores.forward(x).host());
    state.SetItemsProcessed(state.iterations() * state.range(0));
}

template <class Net, class Solver>
bool measure(const std::string& name, Solver solver, double rate, std::int64_t rows) {
    strata_bench::register_training(
        "train/" + name + "/dlib", [=](benchmark::State& s) { training_step<Net>(s, solver, rate, rows); }, 1);
    strata_bench::register_inference("infer/" + name + "/dlib", [=](benchmark::State& s) { inference<Net>(s, rows); });
    return true;
}

[[maybe_unused]] const bool registered[] = {measure<mlp>("mlp", dlib::adam(0, 0.9f, 0.999f), 1e-4, 1),
                                            measure<keras_cnn>("keras_cnn", dlib::adam(0, 0.9f, 0.999f), 1e-4, 28),
                                            measure<lenet5>("lenet5", dlib::sgd(0, 0.9f), 0.01, 28)};

} // namespace
