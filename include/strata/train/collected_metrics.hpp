#pragma once
/// collected_metrics<Metrics...> — the metrics of a trainer at work: all take every sample, and come as a list of values.
#include <strata/train/metrics/metric.hpp>

#include <array>
#include <cstring>
#include <limits>
#include <string>
#include <tuple>
#include <type_traits>
#include <vector>

namespace strata::inline v0_1::detail {

template <metric... Metrics>
struct collected_metrics {
    static_assert((std::is_trivially_copyable_v<Metrics> && ...),
                  "strata: a metric's state is written into checkpoints, so it has to be trivially copyable: numbers and arrays of them.");
    std::tuple<Metrics...> all;

    void clear() noexcept {
        std::apply([](auto&... m) { (m.clear(), ...); }, all);
    }
    /// `samples` samples of n outputs and as many targets each.
    template <class T>
    void add(const T* output, const T* target, int samples, int n) noexcept {
        for (int i = 0; i < samples; ++i)
            std::apply([&](auto&... m) { (m.add(output + static_cast<std::ptrdiff_t>(i) * n, target + static_cast<std::ptrdiff_t>(i) * n, n), ...); }, all);
    }
    [[nodiscard]] std::vector<double> values() const {
        return std::apply([](const auto&... m) { return std::vector<double>{m.value()...}; }, all);
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
        std::apply([&](const auto&... m) { (append(text, &m, sizeof m), ...); }, all);
        return text;
    }
    [[nodiscard, gnu::cold]] bool from_digits(const std::string& text) {
        if (text.size() != 2 * (sizeof(Metrics) + ... + 0)) return false;
        for (const char c : text)
            if (!(c >= '0' && c <= '9') && !(c >= 'a' && c <= 'f')) return false;
        std::size_t at = 0;
        std::apply([&](auto&... m) { (take(text, at, &m, sizeof m), ...); }, all);
        return true;
    }

  private:
    static void append(std::string& text, const void* state, std::size_t size) {
        for (std::size_t i = 0; i < size; ++i) {
            const auto byte = static_cast<const unsigned char*>(state)[i];
            text.push_back("0123456789abcdef"[byte >> 4]);
            text.push_back("0123456789abcdef"[byte & 15]);
        }
    }
    static void take(const std::string& text, std::size_t& at, void* state, std::size_t size) {
        const auto value = [](char c) { return c >= 'a' ? c - 'a' + 10 : c - '0'; };
        for (std::size_t i = 0; i < size; ++i, at += 2)
            static_cast<unsigned char*>(state)[i] = static_cast<unsigned char>(value(text[at]) << 4 | value(text[at + 1]));
    }
};

} // namespace strata::inline v0_1::detail
