/// Means and squared deviations of channels beside those of double precision, where the mean is far from zero above
/// all.
#include "catch.hpp"
#include "random_numbers.hpp"
#include "worse_of.hpp"

#include <strata/cpu/norm/channel_moments.hpp>
#include <strata/run/block.hpp>

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

using namespace strata;
using namespace strata::core;
using strata_tests::random_numbers;
using strata_tests::worse_of;
using arch = xsimd::default_arch;

namespace {

template <class T>
struct moments {
    std::vector<T> mean, squares;
};
template <class T>
moments<T> of_cpu(const std::vector<T>& x, int channels) {
    const auto c = static_cast<std::size_t>(channels);
    std::vector<T> found(2 * c + 1, T(77));
    on_cpu::channel_moments<T, arch>(x.data(), static_cast<std::ptrdiff_t>(x.size() / c), channels, found.data(),
                                     found.data() + c, block<T>(on_cpu::scratch_of_moments<T>).data());
    CHECK(found.back() == 77); // nothing is written behind them
    found.pop_back();
    return {{found.begin(), found.begin() + channels}, {found.begin() + channels, found.end()}};
}
/// The two-pass form in numbers S: sums of all rows one after the other.
template <class S, class T>
moments<S> in_two_passes(const std::vector<T>& x, int channels) {
    const auto c = static_cast<std::size_t>(channels);
    const std::size_t rows = x.size() / c;
    moments<S> of{std::vector<S>(c), std::vector<S>(c)};
    for (std::size_t i = 0; i < x.size(); ++i) of.mean[i % c] += static_cast<S>(x[i]);
    for (S& mean : of.mean) mean /= static_cast<S>(rows);
    for (std::size_t i = 0; i < x.size(); ++i) {
        const S d = static_cast<S>(x[i]) - of.mean[i % c];
        of.squares[i % c] += d * d;
    }
    return of;
}
/// The largest difference, as a share of the largest magnitude.
template <class T>
double worst(const std::vector<T>& x, const std::vector<double>& right) {
    double error = 0, largest = 0;
    for (std::size_t i = 0; i < right.size(); ++i) {
        const double off = std::abs(static_cast<double>(x[i]) - right[i]);
        error = worse_of(error, off);
        largest = std::max(largest, std::abs(right[i]));
    }
    return largest > 0 ? error / largest : error;
}

template <class T>
void compare(int rows, int channels) {
    const auto x = random_numbers<T>(1LL * rows * channels, 1);
    const auto found = of_cpu<T>(x, channels);
    const auto right = in_two_passes<double>(x, channels);
    const double epsilon = static_cast<double>(std::numeric_limits<T>::epsilon());
    INFO(rows << " rows of " << channels);
    // Sums of numbers up to 1; means may be small by chance. compare.hpp explains the bound.
    double off = 0;
    for (std::size_t c = 0; c < right.mean.size(); ++c)
        off = worse_of(off, std::abs(static_cast<double>(found.mean[c]) - right.mean[c]));
    CHECK(off <= (4 + 2 * std::sqrt(rows)) * epsilon);
    CHECK(worst(found.squares, right.squares) <= (4 + 2 * std::sqrt(rows)) * epsilon);
}

std::vector<float> around(float middle, long long count, std::uint64_t seed) {
    auto x = random_numbers<float>(count, seed, std::sqrt(3.0)); // of deviation 1
    for (float& each : x) each += middle;
    return x;
}

} // namespace

TEST_CASE("channel moments: every number of channels and rows around registers and strips") {
    for (const int channels : {1, 3, 6, 8, 16, 17, 64, 70, 1025})
        for (const int rows : {1, 2, 7, 8, 64, 700}) {
            compare<float>(rows, channels);
            compare<double>(rows, channels);
        }
}

TEST_CASE("channel moments: a mean of ten thousand and a deviation of one, as well as the two-pass form") {
    for (const int channels : {1, 6, 16, 64, 70})
        for (const int rows : {64, 1000, 6272}) {
            INFO(rows << " rows of " << channels);
            const auto x = around(1e4f, 1LL * rows * channels, 3);
            const auto right = in_two_passes<double>(x, channels);
            const auto found = of_cpu(x, channels);
            // A unit in the last place of 10⁴ is 2⁻¹⁰: the mean is as near as floats are, and the squares do not notice
            // that it is not nearer. (Two passes in floats are off by up to 20 units and by 5e-4 here.)
            CHECK(worst(found.mean, right.mean) <= 0.51 * 0x1p-10 / 1e4);
            CHECK(worst(found.squares, right.squares) <= 2e-6);
            const auto two_passes = in_two_passes<float>(x, channels);
            CHECK(worst(found.squares, right.squares) <= worst(two_passes.squares, right.squares));
        }
}

TEST_CASE("channel moments: a first row far from the others spoils nothing, nor do means that drift") {
    constexpr int channels = 6, rows = 6272;
    auto x = around(0, rows * channels, 4);
    for (int c = 0; c < channels; ++c) x[static_cast<std::size_t>(c)] = 1e4f;
    auto right = in_two_passes<double>(x, channels);
    CHECK(worst(of_cpu(x, channels).squares, right.squares) <= 1e-5);
    CHECK(worst(of_cpu(x, channels).mean, right.mean) <= 1e-5);
    for (std::size_t i = 0; i < x.size(); ++i) x[i] = around(0, 1, i)[0] + static_cast<float>(i / 60);
    right = in_two_passes<double>(x, channels);
    CHECK(worst(of_cpu(x, channels).squares, right.squares) <= 1e-5);
    CHECK(worst(of_cpu(x, channels).mean, right.mean) <= 1e-5);
}

TEST_CASE("channel moments: equal numbers have no deviation, never a negative one") {
    for (const float each : {0.1f, -1e4f / 3, 1e-20f, 3e30f})
        for (const int rows : {1, 7, 64, 999}) {
            const auto found = of_cpu(std::vector<float>(static_cast<std::size_t>(17 * rows), each), 17);
            for (const float square : found.squares) {
                CHECK(square >= 0);
                CHECK(static_cast<double>(square) <= rows * std::pow(4e-7 * static_cast<double>(each), 2));
            }
        }
}

TEST_CASE("channel moments: not-a-number stays with its channel") {
    constexpr int channels = 17, rows = 300;
    for (const int spoilt : {0, 5, 16}) {
        auto x = random_numbers<float>(rows * channels, 5);
        x[static_cast<std::size_t>(channels * 250 + spoilt)] = std::numeric_limits<float>::quiet_NaN();
        const auto found = of_cpu(x, channels);
        for (int c = 0; c < channels; ++c) {
            CHECK(std::isnan(found.mean[static_cast<std::size_t>(c)]) == (c == spoilt));
            CHECK(std::isnan(found.squares[static_cast<std::size_t>(c)]) == (c == spoilt));
        }
    }
}
