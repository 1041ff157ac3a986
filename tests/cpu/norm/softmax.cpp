/// Softmax, its gradient and the cross-entropy beside their definitions in double precision, at rows around registers;
/// and what becomes of scores that are no numbers or infinite.
#include "catch.hpp"
#include "random_numbers.hpp"
#include "worse_of.hpp"

#include <strata/cpu/cpu.hpp>
#include <strata/reference/reference.hpp>

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

using namespace strata;
using namespace strata::core;
using strata_tests::random_numbers;
using strata_tests::worse_of;
using arch = cpu::instruction_set;

namespace {

constexpr int row_sizes[] = {1, 2, 3, 7, 8, 9, 10, 15, 16, 17, 31, 33, 70, 1000};

template <class T>
std::vector<double> doubles(const std::vector<T>& x) {
    return {x.begin(), x.end()};
}
std::vector<double> softmax_of(const std::vector<double>& x, std::size_t size) {
    std::vector<double> y(x.size());
    for (std::size_t first = 0; first < x.size(); first += size) {
        const double most = *std::max_element(x.begin() + static_cast<std::ptrdiff_t>(first),
                                              x.begin() + static_cast<std::ptrdiff_t>(first + size));
        double sum = 0;
        for (std::size_t i = first; i < first + size; ++i) sum += y[i] = std::exp(x[i] - most);
        for (std::size_t i = first; i < first + size; ++i) y[i] /= sum;
    }
    return y;
}
/// The largest difference; not-a-number stays.
template <class T>
double worst(const std::vector<T>& x, const std::vector<double>& right) {
    double error = 0;
    for (std::size_t i = 0; i < right.size(); ++i) {
        const double off = std::abs(static_cast<double>(x[i]) - right[i]);
        error = worse_of(error, off);
    }
    return error;
}

template <class T>
struct rows_of_scores {
    int rows, size;
    std::vector<T> x, t, y, dx, losses; // results end with a number that is not theirs
    rows_of_scores(int n, int k, double bound)
        : rows(n), size(k), x(random_numbers<T>(1LL * n * k, 1, bound)), t(random_numbers<T>(1LL * n * k, 2)),
          y(x.size() + 1, T(77)), dx(y), losses(static_cast<std::size_t>(n) + 1, T(77)) {
        for (T& each : t) each = each > T(0) ? each : T(0); // half of the targets ask nothing
    }
    void softmax() { on_cpu::softmax_rows<T, arch>(x.data(), y.data(), rows, size); }
    void cross_entropy(bool gradient = true) {
        on_cpu::softmax_cross_entropies<T, arch>(x.data(), {t.data()}, losses.data(), gradient ? dx.data() : nullptr,
                                                 rows, size, T(0.25), nullptr, 0, 1);
    }
};

template <class T>
void compare(int size, double scores) {
    INFO(size << " scores up to " << scores << (std::is_same_v<T, float> ? ", float" : ", double"));
    rows_of_scores<T> r(5, size, scores);
    r.softmax();
    r.cross_entropy();
    const auto right = softmax_of(doubles(r.x), static_cast<std::size_t>(size));
    // Some units of rounding for an exponential of at most 1, some more for the sum, whose errors are those of its
    // largest terms.
    const double epsilon = static_cast<double>(std::numeric_limits<T>::epsilon()),
                 bound = (8 + 2 * std::sqrt(size)) * epsilon;
    CHECK(worst(r.y, right) <= bound);
    CHECK(r.y.back() == 77);
    std::vector<double> dx(right.size()), losses;
    double most = 1, heaviest = 1;
    for (std::size_t first = 0; first < right.size(); first += static_cast<std::size_t>(size)) {
        double loss = 0, mass = 0;
        for (std::size_t i = first; i < first + static_cast<std::size_t>(size); ++i)
            mass += static_cast<double>(r.t[i]);
        const auto at = r.x.begin() + static_cast<std::ptrdiff_t>(first);
        const double largest = static_cast<double>(*std::max_element(at, at + size));
        double sum = 0;
        for (int k = 0; k < size; ++k) sum += std::exp(static_cast<double>(at[k]) - largest);
        for (std::size_t i = first; i < first + static_cast<std::size_t>(size); ++i) {
            loss += static_cast<double>(r.t[i]) * (largest + std::log(sum) - static_cast<double>(r.x[i]));
            dx[i] = 0.25 * (right[i] * mass - static_cast<double>(r.t[i]));
        }
        losses.push_back(loss);
        most = std::max(most, loss), heaviest = std::max(heaviest, mass);
    }
    CHECK(worst(r.losses, losses) <= bound * most);
    CHECK(worst(r.dx, dx) <= bound * heaviest);
    CHECK(r.losses.back() == 77);
    CHECK(r.dx.back() == 77);

    const auto with_gradient = r.losses;
    r.cross_entropy(false);
    CHECK(r.losses == with_gradient);

    std::vector<T> back(r.x.size() + 1, T(77));
    on_cpu::softmax_gradients<T, arch>(r.y.data(), r.t.data(), back.data(), r.rows, size);
    std::vector<double> expected(right.size());
    for (std::size_t first = 0; first < right.size(); first += static_cast<std::size_t>(size)) {
        double dot = 0;
        for (std::size_t i = first; i < first + static_cast<std::size_t>(size); ++i)
            dot += static_cast<double>(r.y[i]) * static_cast<double>(r.t[i]);
        for (std::size_t i = first; i < first + static_cast<std::size_t>(size); ++i)
            expected[i] = static_cast<double>(r.y[i]) * (static_cast<double>(r.t[i]) - dot);
    }
    CHECK(worst(back, expected) <= bound);
    CHECK(back.back() == 77);
}

/// Kernel K in float beside the reference in double; the last `results` operands are results.
template <key K>
void compare_kernels(int batch, std::vector<std::vector<float>> operands, std::size_t results) {
    std::vector<std::vector<double>> expected;
    for (const auto& each : operands) expected.push_back(doubles(each));
    const auto run = [&]<class Policy, class T>(Policy, std::vector<std::vector<T>>& blocks) {
        call<T> c;
        for (std::size_t i = 0; i < blocks.size(); ++i) c.at[i] = blocks[i].data();
        c.batch = c.chunk_size = batch;
        c.chunks = 1;
        c.first = 1; // a task that begins behind the first sample
        c.last = batch;
        Policy::template kernel<K, no_function, T>::run(c);
    };
    run(cpu{}, operands);
    run(reference{}, expected);
    for (std::size_t i = operands.size() - results; i < operands.size(); ++i)
        CHECK(worst(operands[i], expected[i]) <= 64 * static_cast<double>(std::numeric_limits<float>::epsilon()));
}
constexpr key key_of(op kind, shape x, bool gradient = false) {
    key k;
    k.kind = kind;
    k.x = k.y = x;
    k.gradient = gradient;
    return k;
}

} // namespace

TEST_CASE("softmax: rows of every length around registers, in both precisions") {
    for (const int size : row_sizes)
        for (const double scores : {1.0, 20.0, 300.0}) { // of 300: most exponentials vanish
            compare<float>(size, scores);
            compare<double>(size, scores);
        }
}

TEST_CASE("softmax: the kernels agree with the reference") {
    const auto x = random_numbers<float>(40, 1, 4), t = random_numbers<float>(40, 2);
    const std::vector<float> result(40, 5.0f), losses(4, 5.0f);
    compare_kernels<key_of(operations::softmax::kind, shape(10))>(4, {x, result}, 1);
    compare_kernels<key_of(operations::softmax_gradient::kind, shape(10))>(4, {x, t, result}, 1);
    compare_kernels<key_of(operations::softmax_cross_entropy::kind, shape(10))>(4, {x, t, losses}, 1);
    compare_kernels<key_of(operations::softmax_cross_entropy::kind, shape(10), true)>(4, {x, t, losses, result}, 2);
}

TEST_CASE("softmax: not-a-number anywhere breaks its row, and no other") {
    for (const int size : {1, 3, 8, 10, 17, 70})
        for (int spoilt = 0; spoilt < size; ++spoilt) {
            INFO(spoilt << " of " << size);
            rows_of_scores<float> r(3, size, 4);
            r.x[static_cast<std::size_t>(size + spoilt)] = std::numeric_limits<float>::quiet_NaN();
            r.softmax();
            r.cross_entropy();
            for (int i = 0; i < 3 * size; ++i) {
                CHECK(std::isnan(r.y[static_cast<std::size_t>(i)]) == (i / size == 1));
                CHECK(std::isnan(r.dx[static_cast<std::size_t>(i)]) == (i / size == 1));
            }
            for (std::size_t row = 0; row < 3; ++row) CHECK(std::isnan(r.losses[row]) == (row == 1));
        }
}

TEST_CASE("softmax: a score of minus infinity has no share, and its loss counts only where it is asked for") {
    constexpr float infinity = std::numeric_limits<float>::infinity();
    for (const int size : {2, 3, 8, 10, 17, 70})
        for (int impossible = 0; impossible < size; ++impossible) {
            INFO(impossible << " of " << size);
            rows_of_scores<float> r(1, size, 4);
            r.x[static_cast<std::size_t>(impossible)] = -infinity;
            r.t[static_cast<std::size_t>(impossible)] = 0;
            r.softmax();
            r.cross_entropy();
            CHECK(r.y[static_cast<std::size_t>(impossible)] == 0);
            CHECK(r.dx[static_cast<std::size_t>(impossible)] == 0);
            CHECK(std::isfinite(r.losses[0]));
            r.t[static_cast<std::size_t>(impossible)] = 0.5f;
            r.cross_entropy();
            CHECK(r.losses[0] == infinity);
        }
    rows_of_scores<float> r(1, 10, 4); // no class is possible, or one beyond all measure: no shares
    for (const float each : {-infinity, infinity}) {
        std::fill(r.x.begin(), r.x.end(), each);
        r.softmax();
        r.cross_entropy();
        CHECK(std::isnan(r.y[0]));
        CHECK(std::isnan(r.losses[0]));
    }
}

TEST_CASE("softmax: scores around a large number lose nothing but their own rounding") {
    rows_of_scores<float> near(4, 10, 4), far(near);
    for (float& each : near.x) each = std::round(each * 8) / 8; // eighths: exact beside 10⁵ too
    far.x = near.x;
    for (float& each : far.x) each += 1e5f;
    for (auto* const r : {&near, &far}) r->softmax(), r->cross_entropy();
    CHECK(near.y == far.y);
    CHECK(near.losses == far.losses);
    CHECK(near.dx == far.dx);
}
