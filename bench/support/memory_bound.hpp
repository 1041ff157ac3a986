#pragma once
/// memory_bound — kernels that do little with each number: batch_norm in training, softmax with cross-entropy,
/// max_pool. Each is compared with the reference policy before it is timed. memory/NAME/strata, in bytes a second:
/// those that have to be read and written, so that machine/read tells what there is to gain.
#include "numbers.hpp"

#include <strata/cpu/cpu.hpp>
#include <strata/reference/reference.hpp>
#include <strata/run/block.hpp>

#include <benchmark/benchmark.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>

namespace strata_bench {

namespace operations = strata::operations;

/// A kernel over a whole batch, or chunk by chunk where operand `partial` holds a result for each chunk.
template <strata::core::key K, class Policy>
void over_batch(int batch, int chunk, std::initializer_list<numbers*> operands, int partial = -1) {
    strata::core::call<float> c;
    int i = 0;
    for (numbers* const o : operands) c.at[i++] = o->data();
    c.batch = batch;
    c.chunk_size = chunk;
    c.chunks = (batch + chunk - 1) / chunk;
    static strata::core::block<float> scratch(1 << 16);
    c.scratch = scratch.data();
    const int tasks = partial < 0 ? 1 : c.chunks;
    for (int task = 0; task < tasks; ++task) {
        c.first = partial < 0 ? 0 : task * chunk;
        c.last = partial < 0 ? batch : std::min(batch, c.first + chunk);
        Policy::template kernel<K, strata::core::no_function, float>::run(c);
        if (partial >= 0) c.at[partial] += strata::core::padded_to(2LL * K.x.d0, strata::core::alignment_elements);
    }
}

constexpr strata::core::key of_kind(strata::core::op kind, const strata::shape& x, const strata::shape& y) {
    strata::core::key k;
    k.kind = kind;
    k.x = x;
    k.y = y;
    k.real = 1e-5f;
    k.momentum = 0.1f;
    k.gradient = true;
    return k;
}

/// Is no number further from the expected one than this share of the largest?
inline bool agree(const numbers& found, const numbers& expected, float share) {
    float largest = 0;
    for (const float e : expected) largest = std::max(largest, std::abs(e));
    for (std::size_t i = 0; i < found.size(); ++i)
        if (!(std::abs(found[i] - expected[i]) <= share * largest)) return false; // not-a-number agrees with nothing
    return true;
}

/// Times run() and counts `bytes` for each, if the results are right.
template <class Run>
void time_passes(benchmark::State& state, bool right, double bytes, Run&& run) {
    if (!right) return state.SkipWithError("the kernel differs from the reference");
    for (auto _ : state) {
        run();
        benchmark::ClobberMemory();
    }
    state.SetBytesProcessed(static_cast<std::int64_t>(static_cast<double>(state.iterations()) * bytes));
}

/// What a training step of batch_norm reads and writes.
struct batch_norm_operands {
    numbers x, dy, y, dx, gamma, beta, dgamma, dbeta, running_mean, running_variance, statistics, partial;

    batch_norm_operands(int channels, long long rows, int chunks)
        : x(some_numbers(channels * rows)), dy(x.rbegin(), x.rend()), y(x.size()), dx(x.size()),
          gamma(some_numbers(channels)), beta(gamma), dgamma(gamma), dbeta(gamma), running_mean(gamma),
          running_variance(gamma), statistics(2 * gamma.size()),
          partial(static_cast<std::size_t>(
              chunks * strata::core::padded_to(2LL * channels, strata::core::alignment_elements))) {}

    template <strata::shape S, class Policy>
    void forward(int batch, int chunk) {
        over_batch<of_kind(operations::batch_moments::kind, S, S), Policy>(batch, chunk, {&x, &partial}, 1);
        over_batch<of_kind(operations::batch_statistics::kind, S, S), Policy>(
            batch, chunk, {&partial, &running_mean, &running_variance, &statistics});
        over_batch<of_kind(operations::batch_norm::kind, S, S), Policy>(batch, chunk,
                                                                        {&x, &statistics, &gamma, &beta, &y});
    }
    template <strata::shape S, class Policy>
    void backward(int batch, int chunk) {
        over_batch<of_kind(operations::batch_norm_sums::kind, S, S), Policy>(batch, chunk,
                                                                             {&x, &statistics, &dy, &partial}, 3);
        over_batch<of_kind(operations::batch_norm_parameter_gradient::kind, S, S), Policy>(batch, chunk,
                                                                                           {&partial, &dgamma, &dbeta});
        over_batch<of_kind(operations::batch_norm_input_gradient::kind, S, S), Policy>(
            batch, chunk, {&x, &statistics, &gamma, &dy, &dgamma, &dbeta, &dx});
    }
};
template <int Batch, int Channels, int Size>
void batch_norm_step() {
    static constexpr strata::shape image(Channels, Size, Size),
        pixel(Channels); // to the reference each pixel is a sample
    constexpr int pixels = Size * Size, chunk = 8;
    const std::string name =
        "memory/batch_norm_" + std::to_string(Batch) + "x" + std::to_string(Channels) + "x" + std::to_string(Size);
    const auto add = [&](const char* pass, double streams, auto run) {
        benchmark::RegisterBenchmark((name + pass + "/strata").c_str(), [=](benchmark::State& state) {
            batch_norm_operands mine(Channels, 1LL * Batch * pixels, (Batch + chunk - 1) / chunk), right(mine);
            mine.forward<image, strata::cpu>(Batch, chunk);
            mine.backward<image, strata::cpu>(Batch, chunk);
            right.forward<pixel, strata::reference>(Batch * pixels, chunk * pixels);
            right.backward<pixel, strata::reference>(Batch * pixels, chunk * pixels);
            // 1e-3 of the parameters' gradients: sums of some 20 000 terms that cancel
            const bool agreed = agree(mine.y, right.y, 1e-5f) && agree(mine.dgamma, right.dgamma, 1e-3f)
                                && agree(mine.dbeta, right.dbeta, 1e-3f) && agree(mine.dx, right.dx, 1e-5f);
            time_passes(state, agreed, streams * 4.0 * static_cast<double>(mine.x.size()), [&] { run(mine); });
        });
    };
    add("_forward", 3, [](batch_norm_operands& o) { o.forward<image, strata::cpu>(Batch, chunk); });
    add("_backward", 5, [](batch_norm_operands& o) { o.backward<image, strata::cpu>(Batch, chunk); });
}

template <int Batch, int Classes>
void cross_entropy_rows() {
    static constexpr strata::core::key K =
        of_kind(strata::operations::softmax_cross_entropy::kind, strata::shape(Classes), strata::shape(1));
    const std::string name =
        "memory/cross_entropy_" + std::to_string(Batch) + "x" + std::to_string(Classes) + "/strata";
    benchmark::RegisterBenchmark(name.c_str(), [](benchmark::State& state) {
        numbers x = some_numbers(Batch * Classes), t(x.size()), losses(Batch), dx(x), right_losses(losses), right_dx(x);
        for (std::size_t s = 0; s < Batch; ++s) t[s * Classes + s % Classes] = 1;
        over_batch<K, strata::reference>(Batch, Batch, {&x, &t, &right_losses, &right_dx});
        const auto run = [&] { over_batch<K, strata::cpu>(Batch, Batch, {&x, &t, &losses, &dx}); };
        run();
        time_passes(state, agree(losses, right_losses, 1e-5f) && agree(dx, right_dx, 1e-5f), 12.0 * Batch * Classes,
                    run);
    });
}

template <int Batch, int Channels, int Size>
void pooling_of_two() {
    constexpr int half = Size / 2;
    static constexpr strata::core::key K = [] {
        strata::core::key k = of_kind(strata::operations::max_pool::kind, strata::shape(Channels, Size, Size),
                                      strata::shape(Channels, half, half));
        k.win = {.kernel_h = 2, .kernel_w = 2, .stride_h = 2, .stride_w = 2};
        return k;
    }();
    const std::string name = "memory/max_pool_" + std::to_string(Batch) + "x" + std::to_string(Channels) + "x"
                             + std::to_string(Size) + "/strata";
    benchmark::RegisterBenchmark(name.c_str(), [](benchmark::State& state) {
        numbers x = some_numbers(Batch * K.x.size()), y(static_cast<std::size_t>(Batch * K.y.size())), right(y);
        numbers x_last = transposed_images(x, Channels, Size * Size);
        over_batch<K, strata::reference>(Batch, Batch, {&x, &right});
        const auto run = [&] { over_batch<K, strata::cpu>(Batch, Batch, {&x_last, &y}); };
        run();
        time_passes(state, y == transposed_images(right, Channels, half * half),
                    4.0 * static_cast<double>(x.size() + y.size()), run);
    });
}

inline bool memory_bound() {
    batch_norm_step<32, 64, 28>();
    batch_norm_step<32, 16, 32>();
    cross_entropy_rows<32, 10>();
    cross_entropy_rows<256, 1000>();
    pooling_of_two<32, 32, 26>();
    return true;
}

} // namespace strata_bench
