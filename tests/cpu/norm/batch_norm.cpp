/// The kernels of batch_norm beside those of the reference, each alone, at numbers of channels and rows around
/// registers.
#include "catch.hpp"
#include "random_numbers.hpp"
#include "worse_of.hpp"

#include <strata/cpu/cpu.hpp>
#include <strata/reference/reference.hpp>
#include <strata/run/block.hpp>

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

using namespace strata;
using namespace strata::core;
using strata_tests::random_numbers;
using strata_tests::worse_of;

namespace {

constexpr key key_of(op kind, int channels, bool scale_only = false) {
    key k;
    k.kind = kind;
    k.x = k.y = shape(channels);
    k.real = 1e-3f;
    k.momentum = 0.125f;
    k.scale_only = scale_only;
    return k;
}

/// A kernel of `cpu` in numbers T, and the reference's in double.
template <class T>
struct kernels {
    kernel_function<T> mine;
    kernel_function<double> right;
};
template <key K, class T>
constexpr kernels<T> both{&cpu::kernel<K, no_function, T>::run, &reference::kernel<K, no_function, double>::run};

template <class T>
void run(kernel_function<T> kernel, int batch, int chunk, std::vector<std::vector<T>>& operands) {
    call<T> c;
    for (std::size_t i = 0; i < operands.size(); ++i) c.at[i] = operands[i].data();
    c.batch = c.last = batch;
    c.chunk_size = chunk;
    c.chunks = (batch + chunk - 1) / chunk;
    block<T> scratch(2LL * on_cpu::scratch_of_moments<T>);
    c.scratch = scratch.data();
    kernel(c);
}

/// Of the operands, those from `results` on are written. The bound is in units of rounding of the largest number there
/// is; terms are up to some units.
template <class T>
void compare(const char* name, kernels<T> of, int batch, int chunk, std::vector<std::vector<double>> operands,
             std::size_t results, double bound) {
    std::vector<std::vector<T>> mine;
    for (auto& each : operands) {
        mine.emplace_back(each.begin(), each.end());
        each.assign(mine.back().begin(), mine.back().end()); // what T can hold
    }
    run(of.mine, batch, chunk, mine);
    run(of.right, batch, chunk, operands);
    double largest = 1;
    for (std::size_t i = results; i < operands.size(); ++i)
        for (const double each : operands[i]) largest = std::max(largest, std::abs(each));
    for (std::size_t i = results; i < operands.size(); ++i) {
        double worst = 0;
        for (std::size_t e = 0; e < operands[i].size(); ++e) {
            const double off = std::abs(static_cast<double>(mine[i][e]) - operands[i][e]);
            worst = worse_of(worst, off);
        }
        INFO(name << ", " << batch << " rows, operand " << i << " of " << operands[i].size() << " numbers");
        CHECK(worst <= bound * static_cast<double>(std::numeric_limits<T>::epsilon()) * largest);
    }
}

template <int C, class T>
void compare_kernels(int rows) {
    const auto numbers = [&](long long count, std::uint64_t seed) { return random_numbers<double>(count, seed); };
    const auto positive = [&](long long count, std::uint64_t seed) {
        auto x = numbers(count, seed);
        for (double& each : x) each = 1 + each / 2;
        return x;
    };
    const long long size = 1LL * rows * C, partial = padded_to(2LL * C, alignment_elements);
    const int chunk = 8, chunks = (rows + chunk - 1) / chunk;
    const auto x = numbers(size, 1), dy = numbers(size, 2), statistics = positive(2 * C, 3), gamma = positive(C, 4),
               beta = numbers(C, 5), variance = positive(C, 6),
               nothing = std::vector<double>(static_cast<std::size_t>(size), 9.0);
    const std::vector<double> per_channel(C, 9.0), two_per_channel(2 * C, 9.0);
    // A sum of n products is off by some sqrt(n) units of its terms, which are up to 4; what is made of one number, by
    // some units.
    const double sums = 4 * (4 + 2 * std::sqrt(rows)), single = 16;
    compare<T>("batch_moments", both<key_of(operations::batch_moments::kind, C), T>, rows, rows, {x, two_per_channel},
               1, sums);
    compare<T>("batch_statistics", both<key_of(operations::batch_statistics::kind, C), T>, rows, chunk,
               {positive(partial * chunks, 7), beta, variance, two_per_channel}, 1, single);
    compare<T>("batch_norm", both<key_of(operations::batch_norm::kind, C), T>, rows, rows,
               {x, statistics, gamma, beta, nothing}, 4, single);
    compare<T>("batch_norm_inference", both<key_of(operations::batch_norm_inference::kind, C), T>, rows, rows,
               {x, gamma, beta, statistics, variance, nothing}, 5, single);
    compare<T>("batch_norm_inference", both<key_of(operations::batch_norm_inference::kind, C, true), T>, rows, rows,
               {x, gamma, beta, statistics, variance, nothing}, 5, single);
    compare<T>("batch_norm_sums", both<key_of(operations::batch_norm_sums::kind, C), T>, rows, rows,
               {x, statistics, dy, two_per_channel}, 3, sums);
    compare<T>("batch_norm_parameter_gradient", both<key_of(operations::batch_norm_parameter_gradient::kind, C), T>,
               rows, chunk, {numbers(partial * chunks, 8), per_channel, per_channel}, 1, 4 + 2 * std::sqrt(chunks));
    compare<T>("batch_norm_input_gradient", both<key_of(operations::batch_norm_input_gradient::kind, C), T>, rows, rows,
               {x, statistics, gamma, dy, beta, gamma, nothing}, 6, single);
}

template <int... C>
void compare_all() {
    for (const int rows : {1, 2, 7, 8, 64, 300})
        (compare_kernels<C, float>(rows), ...), (compare_kernels<C, double>(rows), ...);
}

} // namespace

TEST_CASE("batch_norm: each kernel agrees with the reference, whatever the channels and rows") {
    compare_all<1, 3, 6, 8, 16, 17, 64, 70, 1030>();
}

TEST_CASE("batch_norm: a mean of ten thousand costs the result no more than its own rounding") {
    constexpr int C = 6, rows = 640;
    auto x = random_numbers<float>(rows * C, 1, std::sqrt(3.0));
    for (float& each : x) each += 1e4f;
    std::vector<float> moments(2 * C), running_mean(C), running_variance(C, 1.0f), statistics(2 * C), gamma(C, 1.0f),
        beta(C), y(x.size());
    const auto run_with = [&](kernel_function<float> kernel, std::initializer_list<std::vector<float>*> operands) {
        call<float> c;
        int i = 0;
        for (auto* const each : operands) c.at[i++] = each->data();
        c.batch = c.last = c.chunk_size = rows;
        c.chunks = 1;
        block<float> scratch(2LL * on_cpu::scratch_of_moments<float>);
        c.scratch = scratch.data();
        kernel(c);
    };
    run_with(both<key_of(operations::batch_moments::kind, C), float>.mine, {&x, &moments});
    run_with(both<key_of(operations::batch_statistics::kind, C), float>.mine,
             {&moments, &running_mean, &running_variance, &statistics});
    run_with(both<key_of(operations::batch_norm::kind, C), float>.mine, {&x, &statistics, &gamma, &beta, &y});
    double mean[C]{}, squares[C]{};
    for (std::size_t i = 0; i < x.size(); ++i) mean[i % C] += static_cast<double>(x[i]) / rows;
    for (std::size_t i = 0; i < x.size(); ++i)
        squares[i % C] += std::pow(static_cast<double>(x[i]) - mean[i % C], 2) / rows;
    double worst = 0;
    for (std::size_t i = 0; i < x.size(); ++i) {
        const double right = (static_cast<double>(x[i]) - mean[i % C]) / std::sqrt(squares[i % C] + 1e-3);
        worst = worse_of(worst, std::abs(static_cast<double>(y[i]) - right));
    }
    CHECK(worst <= 3 * 0x1p-10); // units in the last place of 10⁴, which is what the mean can be told to
}
