/// Products element by element, at sizes around every tile, panel and block; and that no bit depends on how they are
/// cut.
#include "catch.hpp"
#include "random_numbers.hpp"
#include "worse_of.hpp"

#include <strata/cpu/cpu.hpp>

#include <cmath>
#include <cstring>
#include <vector>

using namespace strata;
using namespace strata::core;
using strata_tests::random_numbers;
using strata_tests::worse_of;
using arch = cpu::instruction_set;

namespace {

/// Memory for any product of floats.
block<float> scratch() { return block<float>(on_cpu::scratch_of_product<float, arch>(1 << 20, false)); }

constexpr float no_floor = -std::numeric_limits<float>::infinity();

/// A weight [in, out] in panels, from conventional numbers [out, in].
std::vector<float> packed(const std::vector<float>& w, int in, int out) {
    parameter_info p;
    p.extents = shape(out, in);
    p.format = weight_format::affine_panels;
    p.lanes = on_cpu::lanes_of<float, arch>;
    std::vector<float> memory(static_cast<std::size_t>(memory_elements(p)));
    for (int i = 0; i < in * out; ++i)
        memory[static_cast<std::size_t>(memory_index(p, i))] = w[static_cast<std::size_t>(i)];
    return memory;
}

/// Conventional numbers from panels.
std::vector<float> unpacked(const std::vector<float>& memory, int in, int out) {
    parameter_info p;
    p.extents = shape(out, in);
    p.format = weight_format::affine_panels;
    p.lanes = on_cpu::lanes_of<float, arch>;
    std::vector<float> w(static_cast<std::size_t>(in * out));
    for (int i = 0; i < in * out; ++i)
        w[static_cast<std::size_t>(i)] = memory[static_cast<std::size_t>(memory_index(p, i))];
    return w;
}

/// Biases of so many units, in memory as a parameter's: its registers are whole.
std::vector<float> biases(int out, std::uint64_t seed) {
    auto b = random_numbers<float>(out, seed);
    b.resize(static_cast<std::size_t>(padded_to(out, alignment_elements)), std::numeric_limits<float>::quiet_NaN());
    return b;
}

/// The worst error of y = x·wᵀ + b, as a share of the bound that support/compare.hpp explains: (4 + 2 sqrt(n)) units of
/// rounding of the largest number there is, n the terms of a sum; a sum of terms up to 1 may itself be small by chance.
double worst_error(int samples, int in, int out) {
    const auto x = random_numbers<float>(1LL * samples * in, 1), w = random_numbers<float>(1LL * in * out, 2),
               b = biases(out, 3);
    const auto panels = packed(w, in, out);
    std::vector<float> y(static_cast<std::size_t>(samples * out), 99.0f);
    on_cpu::affine_values<float, arch>(x.data(), panels.data(), b.data(), y.data(), samples, in, out, no_floor);
    double worst = 0, largest = 1;
    for (int n = 0; n < samples; ++n)
        for (int u = 0; u < out; ++u) {
            double sum = static_cast<double>(b[static_cast<std::size_t>(u)]);
            const auto at = [](const std::vector<float>& of, int i) {
                return static_cast<double>(of[static_cast<std::size_t>(i)]);
            };
            for (int i = 0; i < in; ++i) sum += at(x, n * in + i) * at(w, u * in + i);
            largest = std::max(largest, std::abs(sum));
            worst = worse_of(worst, std::abs(sum - at(y, n * out + u)));
        }
    return worst
           / ((4 + 2 * std::sqrt(in + 1.0)) * static_cast<double>(std::numeric_limits<float>::epsilon()) * largest);
}

} // namespace

TEST_CASE("product: every number of rows and columns around a tile and a panel") {
    for (const int samples : {2, 3, 5, 6, 7, 11, 12, 13, 25, 97})
        for (const int out : {1, 7, 8, 9, 15, 16, 17, 31, 33}) CHECK(worst_error(samples, 5, out) <= 1);
}

TEST_CASE("product: sums longer than a block") {
    for (const int in : {1, 255, 256, 257, 513, 769, 1000}) CHECK(worst_error(7, in, 19) <= 1);
}

TEST_CASE("product: a sample's result does not depend on the samples beside it") {
    constexpr int samples = 23, in = 401, out = 83;
    const auto x = random_numbers<float>(samples * in, 4), w = random_numbers<float>(in * out, 5), b = biases(out, 6);
    const auto panels = packed(w, in, out);
    std::vector<float> together(samples * out), alone(samples * out);
    on_cpu::affine_values<float, arch>(x.data(), panels.data(), b.data(), together.data(), samples, in, out, 0.0f);
    for (const int step : {1, 2, 5}) {
        for (int n = 0; n < samples; n += step) {
            const int count = std::min(step, samples - n);
            on_cpu::affine_values<float, arch>(x.data() + n * in, panels.data(), b.data(), alone.data() + n * out,
                                               count, in, out, 0.0f);
        }
        CHECK(std::memcmp(together.data(), alone.data(), sizeof(float) * samples * out) == 0);
    }
}

TEST_CASE("product: the floor keeps not-a-number, and lets minus infinity through where there is none") {
    const std::vector<float> x{1, 1}, w(17, std::numeric_limits<float>::quiet_NaN()), b(32, -1.0f);
    const auto panels = packed(w, 1, 17);
    std::vector<float> y(34, 7.0f);
    for (const int samples : {1, 2}) {
        on_cpu::affine_values<float, arch>(x.data(), panels.data(), b.data(), y.data(), samples, 1, 17, 0.0f);
        for (int i = 0; i < 17 * samples; ++i) CHECK(std::isnan(y[static_cast<std::size_t>(i)]));
    }
    const std::vector<float> zeros(17, 0.0f), low(32, no_floor);
    on_cpu::affine_values<float, arch>(x.data(), packed(zeros, 1, 17).data(), low.data(), y.data(), 2, 1, 17, no_floor);
    for (const float each : y) CHECK(each == no_floor);
    on_cpu::affine_values<float, arch>(x.data(), packed(zeros, 1, 17).data(), b.data(), y.data(), 2, 1, 17, 0.0f);
    for (const float each : y) CHECK(each == 0);
}

namespace {

/// A product of double precision in its plain order: c[m][n] = Σ_k a(m, k) b(k, n).
template <class A, class B>
std::vector<double> plain_product(int m, int n, int k, A a, B b) {
    std::vector<double> c(static_cast<std::size_t>(m * n));
    for (int i = 0; i < m; ++i)
        for (int j = 0; j < n; ++j)
            for (int l = 0; l < k; ++l) c[static_cast<std::size_t>(i * n + j)] += a(i, l) * b(l, j);
    return c;
}
/// The largest difference, as a share of the bound that worst_error explains.
double share_of_bound(const std::vector<double>& expected, const std::vector<float>& found, int terms) {
    double worst = 0, largest = 1;
    for (std::size_t i = 0; i < expected.size(); ++i) {
        largest = std::max(largest, std::abs(expected[i]));
        worst = worse_of(worst, std::abs(expected[i] - static_cast<double>(found[i])));
    }
    return worst / ((4 + 2 * std::sqrt(terms)) * static_cast<double>(std::numeric_limits<float>::epsilon()) * largest);
}
double at(const std::vector<float>& x, int i) { return static_cast<double>(x[static_cast<std::size_t>(i)]); }

} // namespace

TEST_CASE("product: gradients whose operands are copied into blocks first") {
    // Rows of 512 and 1024 numbers are copied; blocks of rows, of sums and of panels end within these sizes.
    struct sizes {
        int samples, in, out;
    };
    for (const auto [samples, in, out] :
         {sizes{300, 512, 140}, {33, 1024, 81}, {40, 100, 512}, {520, 530, 600}, {50, 512, 512}}) {
        CAPTURE(samples, in, out);
        const auto x = random_numbers<float>(1LL * samples * in, 1), dy = random_numbers<float>(1LL * samples * out, 2),
                   w = random_numbers<float>(1LL * in * out, 3);
        auto dw = packed(w, in, out);
        const auto panels = dw;
        on_cpu::affine_weight_gradients<float, arch>(x.data(), dy.data(), dw.data(), samples, 0, in, in, out,
                                                     scratch().data());
        const auto expected = plain_product(
            out, in, samples, [&](int u, int s) { return at(dy, s * out + u); },
            [&](int s, int i) { return at(x, s * in + i); });
        CHECK(share_of_bound(expected, unpacked(dw, in, out), samples) <= 1);

        std::vector<float> dx(static_cast<std::size_t>(samples * in));
        on_cpu::affine_input_gradients<float, arch>(dy.data(), panels.data(), dx.data(), samples, in, out,
                                                    scratch().data());
        const auto to_input = plain_product(
            samples, in, out, [&](int s, int u) { return at(dy, s * out + u); },
            [&](int u, int i) { return at(w, u * in + i); });
        CHECK(share_of_bound(to_input, dx, out) <= 1);
    }
}

TEST_CASE("product: copying operands changes no bit") {
    // A few samples are not worth copying for, many are: their gradients are the same.
    constexpr int samples = 700, in = 512, out = 512;
    const auto dy = random_numbers<float>(samples * out, 7), w = random_numbers<float>(in * out, 8);
    const auto panels = packed(w, in, out);
    std::vector<float> together(samples * in), alone(samples * in);
    on_cpu::affine_input_gradients<float, arch>(dy.data(), panels.data(), together.data(), samples, in, out,
                                                scratch().data());
    for (int n = 0; n < samples; n += 7)
        on_cpu::affine_input_gradients<float, arch>(dy.data() + n * out, panels.data(), alone.data() + n * in, 7, in,
                                                    out, scratch().data());
    CHECK(std::memcmp(together.data(), alone.data(), sizeof(float) * samples * in) == 0);

    // Weights' gradients of all inputs, and of a few at a time.
    const auto x = random_numbers<float>(samples * in, 9);
    auto whole = panels, parts = panels;
    on_cpu::affine_weight_gradients<float, arch>(x.data(), dy.data(), whole.data(), samples, 0, in, in, out,
                                                 scratch().data());
    for (int first = 0; first < in; first += 32)
        on_cpu::affine_weight_gradients<float, arch>(x.data(), dy.data(), parts.data(), samples, first, first + 32, in,
                                                     out, scratch().data());
    CHECK(std::memcmp(whole.data(), parts.data(), sizeof(float) * whole.size()) == 0);
}
