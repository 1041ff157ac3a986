// The kernels of affine and conv, and of their gradients, each compared with the reference policy before it is timed;
// beside them OpenBLAS, BLIS, libxsmm, oneDNN and Eigen, where CMake found them. Kernels that memory bounds, and
// elementary functions. One thread.
//   OMP_NUM_THREADS=1 build/release/bench/kernels --benchmark_repetitions=9 --benchmark_enable_random_interleaving=true
#include "peers/convolutions.hpp"
#include "peers/dense_layers.hpp"
#include "peers/products.hpp"
#include "support/elementary_functions.hpp"
#include "support/fma_peak.hpp"
#include "support/memory_bound.hpp"
#include "support/numbers.hpp"
#include "support/read_bandwidth.hpp"

#include <strata/cpu/cpu.hpp>
#include <strata/layers/pointwise/relu.hpp>
#include <strata/reference/reference.hpp>

#include <benchmark/benchmark.h>

#include <cmath>
#include <string>
#include <vector>

using strata::core::key, strata::shape;
namespace operations = strata::operations;

namespace {

using strata_bench::numbers, strata_bench::some_numbers, strata_bench::transposed_images;
constexpr int lanes = strata::cpu::numbers<float>().lanes;

strata::parameter_info weight_of(const key& k, bool conv) {
    strata::parameter_info p;
    p.extents = conv ? shape(k.y.d0, k.x.d0, k.win.kernel_h, k.win.kernel_w) : shape(k.y.d0, k.x.d0);
    p.format = conv ? strata::core::weight_format::conv_panels : strata::core::weight_format::affine_panels;
    p.lanes = lanes;
    return p;
}
numbers packed(const numbers& w, const strata::parameter_info& p) {
    numbers memory(static_cast<std::size_t>(strata::core::memory_elements(p)));
    for (std::size_t i = 0; i < w.size(); ++i)
        memory[static_cast<std::size_t>(strata::core::memory_index(p, static_cast<long long>(i)))] = w[i];
    return memory;
}

/// A key that names a function names relu.
template <key K>
using function_of = std::conditional_t<(K.function >= 0), strata::relu_function, strata::core::no_function>;

template <key K, class Policy>
void call_kernel(int batch, std::initializer_list<numbers*> operands) {
    strata::core::call<float> c;
    int i = 0;
    for (numbers* const o : operands) c.at[i++] = o->data();
    c.batch = c.chunk_size = batch;
    c.chunks = 1;
    static strata::core::block<float> scratch(1 << 16);
    c.scratch = scratch.data();
    c.last = K.kind == operations::affine_weight_gradient::kind ? K.x.d0
             : K.kind == operations::transpose_weight::kind     ? K.x.d0
                                                                : batch;
    Policy::template kernel<K, function_of<K>, float>::run(c);
}

template <class Operation>
constexpr bool is_input_gradient = Operation::kind == operations::affine_input_gradient::kind
                                   || Operation::kind == operations::conv_input_gradient::kind;

/// The key of an operation with the extents of `k`.
template <class Operation>
constexpr key of(key k) {
    k.kind = Operation::kind;
    k.bias = !is_input_gradient<Operation>;
    return k;
}

constexpr key with_relu(key k) {
    k.kind = operations::affine::kind;
    k.bias = true;
    k.function = 0;
    return k;
}

/// Runs the kernel of an operation and its key once under both policies, and for as long as the benchmark asks under
/// `cpu`.
template <class Operation, key K>
void measure_strata(benchmark::State& state, int batch) {
    constexpr bool conv = K.x.rank == 3,
                   forward = K.kind == operations::affine::kind || K.kind == operations::conv::kind,
                   to_input = is_input_gradient<Operation>;
    const strata::parameter_info p = weight_of(K, conv);
    const int in = strata::core::positions_of(K.x), out = strata::core::positions_of(K.y);
    numbers x = some_numbers(batch * K.x.size()), y = some_numbers(batch * K.y.size()),
            w = some_numbers(p.extents.size()),
            b = some_numbers(strata::core::padded_to(K.y.d0, strata::core::alignment_elements));
    numbers x_last = transposed_images(x, K.x.d0, in), y_last = transposed_images(y, K.y.d0, out),
            w_packed = packed(w, p), b_packed = b;
    const auto differs = [&](const numbers& expected, const numbers& found) {
        float largest = 0, worst = 0;
        for (std::size_t i = 0; i < expected.size(); ++i) {
            largest = std::max(largest, std::abs(expected[i]));
            worst = std::max(worst, std::abs(expected[i] - found[i]));
        }
        return !(worst
                 <= 1e-5f * largest * std::sqrt(static_cast<float>(batch * out))); // sums of up to batch · out terms
    };
    numbers transposed;
    if constexpr (K.kind == operations::conv_input_gradient::kind) {
        constexpr bool flips = strata::core::by_flipped_filters(K, lanes);
        constexpr shape filters = shape(K.y.d0, K.x.d0, K.win.kernel_h, K.win.kernel_w);
        constexpr key transpose{
            .kind = operations::transpose_weight::kind, .x = filters, .y = filters, .lanes = lanes, .flipped = flips};
        const long long row = strata::core::transposed_row(K.x.d0 * K.win.kernel_h * K.win.kernel_w, lanes);
        transposed.resize(
            static_cast<std::size_t>(flips ? strata::core::memory_elements(strata::core::flipped(p)) : K.y.d0 * row));
        call_kernel<transpose, strata::cpu>(1, {&w_packed, &transposed});
    }
    const auto run = [&] {
        if constexpr (forward) call_kernel<K, strata::cpu>(batch, {&x_last, &w_packed, &b_packed, &y_last});
        else if constexpr (K.kind == operations::conv_input_gradient::kind)
            call_kernel<K, strata::cpu>(batch, {&y_last, &transposed, &x_last});
        else if constexpr (to_input) call_kernel<K, strata::cpu>(batch, {&y_last, &w_packed, &x_last});
        else call_kernel<K, strata::cpu>(batch, {&x_last, &y_last, &w_packed, &b_packed});
    };
    run();
    static bool checked = false; // once, not in every repetition
    if (!checked) {
        bool wrong = false;
        if constexpr (forward) {
            call_kernel<K, strata::reference>(batch, {&x, &w, &b, &y});
            wrong = differs(transposed_images(y, K.y.d0, out), y_last);
        } else if constexpr (to_input) {
            call_kernel<K, strata::reference>(batch, {&y, &w, &x});
            wrong = differs(transposed_images(x, K.x.d0, in), x_last);
        } else {
            call_kernel<K, strata::reference>(batch, {&x, &y, &w, &b});
            wrong = differs(packed(w, p), w_packed) || differs(b, b_packed);
        }
        if (wrong) return state.SkipWithError("the kernel differs from the reference");
        checked = true;
    }
    for (auto _ : state) {
        run();
        benchmark::ClobberMemory();
    }
    strata_bench::count_operations(state, static_cast<double>(Operation::flops(K)) * batch);
}

template <class Peer>
void measure_product(benchmark::State& state, bool transpose_a, bool transpose_b, int m, int n, int k) {
    const numbers a = some_numbers(1LL * m * k), b = some_numbers(1LL * k * n);
    numbers c(static_cast<std::size_t>(1LL * m * n));
    if constexpr (requires { Peer::takes_transposed_b; }) transpose_b = transpose_b && Peer::takes_transposed_b;
    Peer::multiply(transpose_a, transpose_b, m, n, k, a.data(), b.data(), c.data());
    for (const std::size_t e : {std::size_t(0), c.size() / 3, c.size() - 1}) {
        const auto i = e / static_cast<std::size_t>(n), j = e % static_cast<std::size_t>(n),
                   rows = static_cast<std::size_t>(m), columns = static_cast<std::size_t>(n),
                   depth = static_cast<std::size_t>(k);
        double sum = 0;
        for (std::size_t l = 0; l < depth; ++l)
            sum += double(transpose_a ? a[l * rows + i] : a[i * depth + l])
                   * double(transpose_b ? b[j * depth + l] : b[l * columns + j]);
        if (!(std::abs(sum - double(c[e])) <= 1e-5 * k)) return state.SkipWithError("the product is wrong");
    }
    for (auto _ : state) {
        Peer::multiply(transpose_a, transpose_b, m, n, k, a.data(), b.data(), c.data());
        benchmark::ClobberMemory();
    }
    strata_bench::count_operations(state, 2.0 * m * n * k);
}
template <class Peer>
void register_peer(const std::string& name, int batch, int units, int inputs) {
    const auto add = [&](const char* pass, bool transpose_a, bool transpose_b, int m, int n, int k) {
        benchmark::RegisterBenchmark((name + pass + Peer::name).c_str(), [=](benchmark::State& s) {
            measure_product<Peer>(s, transpose_a, transpose_b, m, n, k);
        });
    };
    add("/forward/", false, true, batch, units, inputs); // weights as PyTorch has them, [units, inputs]
    add("/weight_gradient/", true, false, units, inputs, batch);
    add("/input_gradient/", false, false, batch, inputs, units);
}

template <class Operation, key K>
void register_kernel(const std::string& name, int batch) {
    benchmark::RegisterBenchmark((name + "strata").c_str(),
                                 [=](benchmark::State& s) { measure_strata<Operation, K>(s, batch); });
}

/// batch x units x inputs
template <int Batch, int Units, int Inputs>
bool product() {
    constexpr key k{.x = shape(Inputs), .y = shape(Units), .lanes = lanes};
    const std::string name =
        "affine/" + std::to_string(Batch) + "x" + std::to_string(Units) + "x" + std::to_string(Inputs);
    register_kernel<operations::affine, of<operations::affine>(k)>(name + "/forward/", Batch);
    register_kernel<operations::affine_weight_gradient, of<operations::affine_weight_gradient>(k)>(
        name + "/weight_gradient/", Batch);
    register_kernel<operations::affine_input_gradient, of<operations::affine_input_gradient>(k)>(
        name + "/input_gradient/", Batch);
    register_kernel<operations::affine, with_relu(k)>(name + "/forward_relu/", Batch);
#if defined(STRATA_BENCH_OPENBLAS)
    register_peer<strata_bench::openblas>(name, Batch, Units, Inputs);
#endif
#if defined(STRATA_BENCH_ONEDNN)
    register_peer<strata_bench::onednn>(name, Batch, Units, Inputs);
    benchmark::RegisterBenchmark((name + "/forward_relu/onednn").c_str(), [](benchmark::State& state) {
        strata_bench::onednn_dense_layer peer(Batch, Units, Inputs);
        for (auto _ : state) peer.run();
        strata_bench::count_operations(state, 2.0 * Batch * Units * Inputs);
    });
#endif
#if defined(STRATA_BENCH_EIGEN)
    register_peer<strata_bench::eigen>(name, Batch, Units, Inputs);
#endif
#if defined(STRATA_BENCH_BLIS)
    register_peer<strata_bench::blis>(name, Batch, Units, Inputs);
#endif
#if defined(STRATA_BENCH_LIBXSMM)
    register_peer<strata_bench::libxsmm>(name, Batch, Units, Inputs);
#endif
    return true;
}

template <int Batch, int Channels, int Size, int Filters, int Kernel, int Padding>
bool convolution() {
    constexpr int out = Size + 2 * Padding - Kernel + 1;
    constexpr key k{.x = shape(Channels, Size, Size),
                    .y = shape(Filters, out, out),
                    .win = {.kernel_h = Kernel,
                            .kernel_w = Kernel,
                            .top = Padding,
                            .left = Padding,
                            .bottom = Padding,
                            .right = Padding},
                    .lanes = lanes,
                    .channels_last = true};
    const std::string name = "conv/" + std::to_string(Batch) + "x" + std::to_string(Channels) + "x"
                             + std::to_string(Size) + "->" + std::to_string(Filters) + ",k" + std::to_string(Kernel)
                             + ",p" + std::to_string(Padding);
    register_kernel<operations::conv, of<operations::conv>(k)>(name + "/forward/", Batch);
    register_kernel<operations::conv_input_gradient, of<operations::conv_input_gradient>(k)>(name + "/input_gradient/",
                                                                                             Batch);
    register_kernel<operations::conv_weight_gradient, of<operations::conv_weight_gradient>(k)>(
        name + "/weight_gradient/", Batch);
#if defined(STRATA_BENCH_ONEDNN)
    using strata_bench::pass;
    const auto add = [&](const char* what, pass which, bool last) {
        benchmark::RegisterBenchmark(
            (name + what + (last ? "onednn_nhwc" : "onednn")).c_str(), [=](benchmark::State& state) {
                strata_bench::onednn_convolution peer(which, last, Batch, Channels, Size, Filters, Kernel, Padding);
                for (auto _ : state) peer.run();
                strata_bench::count_operations(state, 2.0 * Batch * Filters * out * out * Channels * Kernel * Kernel);
            });
    };
    for (const bool last : {false, true}) {
        add("/forward/", pass::forward, last);
        add("/input_gradient/", pass::input_gradient, last);
        add("/weight_gradient/", pass::weight_gradient, last);
    }
#endif
    return true;
}

/// What this core can do at most, in the same run as its kernels.
bool machine() {
    benchmark::RegisterBenchmark("machine/fma_peak", [](benchmark::State& state) {
        double peak = 0;
        for (auto _ : state) peak = strata_bench::fma_peak();
        state.counters["GFLOP/s"] = peak / 1e9;
    });
    benchmark::RegisterBenchmark("machine/read", &strata_bench::read_bandwidth)
        ->ArgName("KiB")
        ->Arg(16)
        ->Arg(256)
        ->Arg(4096)
        ->Arg(1 << 18);
    return true;
}

[[maybe_unused]] const bool registered[] = {machine(),
                                            strata_bench::elementary_functions(),
                                            strata_bench::memory_bound(),
                                            product<32, 32, 32>(),
                                            product<64, 64, 64>(),
                                            product<128, 128, 128>(),
                                            product<256, 256, 256>(),
                                            product<512, 512, 512>(),
                                            product<1024, 1024, 1024>(),
                                            product<32, 128, 784>(),
                                            product<32, 10, 128>(),
                                            product<64, 120, 400>(),
                                            product<1, 128, 784>(),
                                            product<32, 128, 5408>(),
                                            convolution<32, 1, 28, 32, 3, 0>(),
                                            convolution<64, 1, 28, 6, 5, 2>(),
                                            convolution<64, 6, 14, 16, 5, 0>(),
                                            convolution<32, 16, 32, 16, 3, 1>(),
                                            convolution<32, 3, 32, 32, 3, 1>(),
                                            convolution<32, 64, 8, 64, 3, 1>(),
                                            convolution<4, 64, 56, 64, 3, 1>()};

} // namespace
