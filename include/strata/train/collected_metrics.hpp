#pragma once
/// collected_metrics<Metrics...> — the metrics of a trainer at work: all take every sample, and come as a list of
/// values.
#include <strata/train/metrics/metric.hpp>

#include <array>
#include <cstddef>
#include <limits>
#include <span>
#include <string>
#include <tuple>
#include <type_traits>
#include <vector>

namespace strata::inline STRATA_ABI::detail {

/// What a checkpoint keeps of a metric, as bytes: its `state()`, a span of numbers, or else itself.
template <class Metric>
auto state_of(Metric& m) {
    const auto bytes = [](auto span) {
        if constexpr (std::is_const_v<Metric>) return std::as_bytes(span);
        else return std::as_writable_bytes(span);
    };
    if constexpr (requires { m.state(); }) {
        return bytes(m.state());
    } else {
        static_assert(std::is_trivially_copyable_v<Metric>,
                      "strata: a metric's state is written into checkpoints, so a metric either is trivially copyable, "
                      "numbers and "
                      "arrays of them, or gives its numbers as a std::span from state(), const and not.");
        return bytes(std::span(&m, 1));
    }
}

template <metric... Metrics>
struct collected_metrics {
    std::tuple<Metrics...> all;

    void clear() noexcept {
        std::apply([](auto&... m) { (m.clear(), ...); }, all);
    }
    /// `samples` samples of n outputs and as many targets each.
    template <class T>
    void add(const T* output, const T* target, int samples, int n) noexcept {
        for (int i = 0; i < samples; ++i)
            std::apply(
                [&](auto&... m) {
                    (m.add(output + static_cast<std::ptrdiff_t>(i) * n, target + static_cast<std::ptrdiff_t>(i) * n, n),
                     ...);
                },
                all);
    }
    [[nodiscard]] std::vector<double> values() const {
        return std::apply([](const auto&... m) { return std::vector<double>{m.value()...}; }, all);
    }
    [[nodiscard]] std::vector<double> standard_errors() const {
        return std::apply([](const auto&... m) { return std::vector<double>{m.standard_error()...}; }, all);
    }
    /// The first one's value; not a number where there is none.
    [[nodiscard]] double first() const noexcept {
        if constexpr (sizeof...(Metrics) > 0) return std::get<0>(all).value();
        else return std::numeric_limits<double>::quiet_NaN();
    }
    [[nodiscard]] static std::vector<std::string> names() { return {Metrics::name...}; }
    [[nodiscard]] static std::vector<bool> directions() { return {Metrics::higher_is_better...}; }
    static constexpr const char* first_name() {
        if constexpr (sizeof...(Metrics) > 0) return std::array<const char*, sizeof...(Metrics)>{Metrics::name...}[0];
        else return "";
    }

    /// All state as hexadecimal digits, and back; false where the digits are of other metrics.
    [[nodiscard, gnu::cold]] std::string digits() const {
        std::string text;
        std::apply([&](const auto&... m) { (append(text, state_of(m)), ...); }, all);
        return text;
    }
    [[nodiscard, gnu::cold]] bool from_digits(const std::string& text) {
        const std::size_t bytes = std::apply([](const auto&... m) { return (state_of(m).size() + ... + 0); }, all);
        if (text.size() != 2 * bytes) return false;
        for (const char c : text)
            if (!(c >= '0' && c <= '9') && !(c >= 'a' && c <= 'f')) return false;
        std::size_t at = 0;
        std::apply([&](auto&... m) { (take(text, at, state_of(m)), ...); }, all);
        return true;
    }

  private:
    static void append(std::string& text, std::span<const std::byte> state) {
        for (const std::byte b : state) {
            const auto byte = std::to_integer<unsigned>(b);
            text.push_back("0123456789abcdef"[byte >> 4]);
            text.push_back("0123456789abcdef"[byte & 15]);
        }
    }
    static void take(const std::string& text, std::size_t& at, std::span<std::byte> state) {
        const auto value = [](char c) { return c >= 'a' ? c - 'a' + 10 : c - '0'; };
        for (std::byte& b : state) {
            b = static_cast<std::byte>(value(text[at]) << 4 | value(text[at + 1]));
            at += 2;
        }
    }
};

} // namespace strata::inline STRATA_ABI::detail
