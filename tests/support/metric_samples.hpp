#pragma once
/// Samples for tests of metrics, by hand and drawn.
#include "catch.hpp"
#include <cmath>
#include <cstddef>
#include <limits>
#include <vector>

namespace strata_tests {

constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();
constexpr double infinite = std::numeric_limits<double>::infinity();

struct metric_sample {
    std::vector<double> output, target;
};

/// The metric with these samples added.
template <class Metric>
Metric collected(const std::vector<metric_sample>& samples) {
    Metric m;
    for (const metric_sample& s : samples) {
        REQUIRE(s.output.size() == s.target.size());
        m.add(s.output.data(), s.target.data(), static_cast<int>(s.output.size()));
    }
    return m;
}

/// As many decisions by one logit each: right and wrong of both kinds.
inline std::vector<metric_sample> decisions(int hits, int false_alarms, int misses, int rejections) {
    std::vector<metric_sample> all;
    for (int i = 0; i < hits; ++i) all.push_back({{0.5 + i}, {1}});
    for (int i = 0; i < false_alarms; ++i) all.push_back({{0.25 + i}, {0}});
    for (int i = 0; i < misses; ++i) all.push_back({{-0.5 - i}, {1}});
    for (int i = 0; i < rejections; ++i) all.push_back({{-0.25 - i}, {0}});
    return all;
}

/// A sample of class `actual` taken for class `predicted`; -1 stands for a NaN.
inline metric_sample taken_for(int classes, int actual, int predicted) {
    metric_sample s{std::vector<double>(static_cast<std::size_t>(classes), -1.0),
                    std::vector<double>(static_cast<std::size_t>(classes))};
    if (actual >= 0) s.target[static_cast<std::size_t>(actual)] = 1;
    else s.target[0] = not_a_number;
    if (predicted >= 0) s.output[static_cast<std::size_t>(predicted)] = 2;
    else s.output.back() = not_a_number;
    return s;
}

/// Numbers below `bound` that look random.
class dice {
  public:
    explicit dice(unsigned seed) : state_(seed) {}
    int operator()(int bound) {
        state_ = state_ * 6364136223846793005ULL + 1442695040888963407ULL;
        return static_cast<int>((state_ >> 33) % static_cast<unsigned>(bound));
    }

  private:
    unsigned long long state_;
};

/// The standard error that the delta method gives a statistic of multinomial counts, its slopes taken by
/// central differences: sqrt(sum n g² − (sum n g)² / N), with g the slope by a count.
template <class Statistic>
double delta_method_error(std::vector<double> counts, const Statistic& statistic) {
    double squares = 0, sum = 0, total = 0;
    for (double& count : counts) {
        const double n = count, h = 1e-4;
        if (n == 0) continue; // it adds nothing
        count = n + h;
        const double above = statistic(counts);
        count = n - h;
        const double below = statistic(counts);
        count = n;
        const double slope = (above - below) / (2 * h);
        squares += n * slope * slope, sum += n * slope, total += n;
    }
    const double variance = squares - sum * sum / total;
    return variance > 0 ? std::sqrt(variance) : 0;
}

} // namespace strata_tests
