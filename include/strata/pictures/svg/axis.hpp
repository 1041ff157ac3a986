#pragma once
/// axis — a range of numbers, its labels, and the place of a number in it.
/// Source   Heckbert: Nice numbers for graph labels, Graphics Gems 1990 (steps of 1, 2 and 5 times a power of ten)
#include <algorithm>
#include <cmath>
#include <limits>
#include <strata/pictures/svg/svg_text.hpp>
#include <string>
#include <vector>

namespace strata::inline STRATA_ABI::pictures {

/// The least and the largest of the numbers that an axis can show: finite, and above zero on a logarithmic
/// one.
struct number_range {
    double low = std::numeric_limits<double>::infinity(), high = -low;
    bool whole = true; ///< all of them are whole numbers

    void add(double x, bool log = false) {
        if (!shows(x, log)) return;
        low = std::min(low, x), high = std::max(high, x);
        whole = whole && x == std::floor(x);
    }
    [[nodiscard]] bool empty() const { return !(low <= high); }
    /// Beyond 1e300 the length of an axis may be no number, and below 1e-300 the distance of its ticks.
    static constexpr double least = 1e-300, most = 1e300;
    [[nodiscard]] static bool shows(double x, bool log) { return std::fabs(x) < most && (!log || x > least); }
    /// A single number, as far as labels can tell.
    [[nodiscard]] bool single() const { return !(high - low > std::max(size() * 1e-9, least)); }
    /// What it has around it then, a share of its size; `at_zero` if it is zero.
    [[nodiscard]] double room(double at_zero) const { return size() * 0.1 > least ? size() * 0.1 : at_zero; }
    [[nodiscard]] double size() const { return std::max(std::fabs(low), std::fabs(high)); }
};

struct tick {
    double at;
    std::string label;
};

/// A number as short as it can be told at this step of an axis that goes to `largest`: "0.25", "1e-5",
/// "2.5e6".
[[nodiscard, gnu::cold]] inline std::string tick_label(double x, double step, double largest) {
    if (std::fabs(x) < step * 1e-6) return "0";
    const double size = std::fabs(x);
    std::string text;
    if (largest >= 1e6 || largest < 1e-3) {
        const int power = static_cast<int>(std::floor(std::log10(size) + 1e-9));
        const double unit = std::pow(10.0, power);
        const int decimals = std::clamp(power - static_cast<int>(std::floor(std::log10(step) + 1e-9)), 0, 12);
        text = sentence({decimal(size / unit, decimals), "e", power});
    } else {
        text = decimal(size, std::clamp(-static_cast<int>(std::floor(std::log10(step) + 1e-9)), 0, 12));
    }
    return x < 0 ? "\xe2\x88\x92" + text : text; // a minus sign, as wide as a plus
}

struct axis {
    double low = 0, high = 1;
    bool log = false;
    std::vector<tick> ticks = {};
    std::vector<double> minor = {}; ///< lines without a label

    /// From 0 at `low` to 1 at `high`.
    [[nodiscard]] double place(double x) const {
        return log ? (std::log(x) - std::log(low)) / (std::log(high) - std::log(low)) : (x - low) / (high - low);
    }
};

/// The step of about `count` ticks.
[[nodiscard, gnu::cold]] inline double nice_step(double length, int count, bool whole) {
    const double rough = length / std::max(count, 1);
    const double power = std::pow(10.0, std::floor(std::log10(rough)));
    const double ratio = rough / power;
    const double step = power * (ratio < 1.5 ? 1 : ratio < 3.5 ? 2 : ratio < 7.5 ? 5 : 10);
    return whole && step < 1 ? 1 : step;
}

/// Ticks at multiples of a nice step, about `count`.
[[gnu::cold]] inline void add_linear_ticks(axis& a, int count, bool whole) {
    const double step = nice_step(a.high - a.low, count, whole);
    const double first = std::ceil(a.low / step - 1e-9), last = std::floor(a.high / step + 1e-9);
    const double largest = std::max(std::fabs(first), std::fabs(last)) * step;
    a.ticks.clear();
    for (double i = first; i <= last && a.ticks.size() < 100; ++i)
        a.ticks.push_back({i * step, tick_label(i * step, step, largest)});
}

/// Ticks at powers of ten; over less than two of them at 1, 2 and 5 times; over less still at multiples.
[[gnu::cold]] inline void add_log_ticks(axis& a, int count) {
    const int first = static_cast<int>(std::floor(std::log10(a.low))),
              last = static_cast<int>(std::ceil(std::log10(a.high)));
    const int every = std::max(1, (last - first + count - 1) / std::max(count, 1));
    const bool few = std::log10(a.high) - std::log10(a.low) < 2; // the quotient may be no number
    const auto inside = [&](double x) { return x >= a.low * (1 - 1e-9) && x <= a.high * (1 + 1e-9); };
    a.ticks.clear(), a.minor.clear();
    for (int power = first; power <= last; ++power) {
        const double unit = std::pow(10.0, power);
        for (int m = 1; m < 10; ++m) {
            const double at = m * unit;
            if (!inside(at)) continue;
            if (m == 1 ? (power - first) % every == 0 || few : few && (m == 2 || m == 5))
                a.ticks.push_back({at, tick_label(at, unit, at < 1e5 ? at : 1e6)});
            else if (every == 1) a.minor.push_back(at);
        }
    }
    if (a.ticks.size() < 2) a.minor.clear(), add_linear_ticks(a, count, false);
}

/// The axis of a range, `margin` of its length wider on both sides; it does not cross zero for that.
[[nodiscard, gnu::cold]] inline axis axis_of(number_range r, bool log, double margin) {
    axis a{r.low, r.high, log};
    if (log) {
        const double room = std::max(std::exp((std::log(r.high) - std::log(r.low)) * margin), 1.05);
        a.low = std::max(r.low / room, number_range::least), a.high = std::min(r.high * room, number_range::most);
        return a;
    }
    const double room = r.single() ? r.room(1) : (r.high - r.low) * margin;
    a.low -= room, a.high += room;
    if (r.low >= 0 && a.low < 0) a.low = 0;
    if (r.high <= 0 && a.high > 0) a.high = 0;
    return a;
}

} // namespace strata::inline STRATA_ABI::pictures
