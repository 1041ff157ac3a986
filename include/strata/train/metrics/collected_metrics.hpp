#pragma once
/// collected_metrics<Metrics...> — the metrics of a trainer at work: all take every sample, and come as a list of
/// values.
#include <strata/train/metrics/given_samples.hpp>
#include <strata/train/metrics/metric.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <string>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

namespace strata::inline STRATA_ABI::detail {

/// A metric whose state grows with the samples. It has `resize_state(n)`, after which `state()` has n elements.
template <class Metric>
concept grows = requires(Metric& m) { m.resize_state(std::size_t{}); };

/// What a checkpoint keeps of a metric, as bytes: its `state()`, a span of numbers, or else itself.
template <class Metric>
auto bytes_of_state(Metric& m) {
    const auto bytes = [](auto span) {
        if constexpr (std::is_const_v<Metric>) return std::as_bytes(span);
        else return std::as_writable_bytes(span);
    };
    if constexpr (requires { m.state(); }) {
        return bytes(m.state());
    } else {
        static_assert(
            std::is_trivially_copyable_v<Metric>,
            "strata: a metric's state is written to checkpoints, so a metric must be trivially copyable, numbers and "
            "arrays of them, or return its numbers as a std::span from state(), both const and non-const.");
        return bytes(std::span(&m, 1));
    }
}

/// Does it say of which output it is?
template <class Metric>
inline constexpr bool is_on_an_output = requires { Metric::output; };

template <metric... Metrics>
struct collected_metrics {
    std::tuple<Metrics...> all;

    void clear() noexcept {
        std::apply([](auto&... m) { (m.clear(), ...); }, all);
    }
    /// Samples with outputs of that shape. Their targets are as many numbers, without those that are ignored, or class
    /// numbers, one for each position: then each position is a sample of the metrics, unless its class is negative.
    template <class T>
    void add(const T* output, const given_targets<T>& targets, int samples, const shape& each) {
        std::apply([&](auto&... m) { (add_samples(m, output, targets, samples, each), ...); }, all);
    }
    /// The same of one of several outputs, for the metrics that are on it; of an only one, for all.
    template <bool IsOnly, class T>
    void add_of(const char* port, const T* output, const given_targets<T>& targets, int samples, const shape& each) {
        if constexpr (IsOnly) add(output, targets, samples, each);
        else {
            static_assert((is_on_an_output<Metrics> && ...),
                          "strata: the trainer has losses on several outputs, so a metric must say on which it is: "
                          "on<\"x\">(accuracy{}).");
            std::apply([&](auto&... m) { (m.add_of(port, output, targets, samples, each), ...); }, all);
        }
    }
    /// As many numbers as targets, all of which count.
    template <class T>
    void add(const T* output, const T* target, int samples, int n) {
        add(output, given_targets<T>{target}, samples, shape(n));
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
        std::apply([&](const auto&... m) { (append_metric(text, m), ...); }, all);
        return text;
    }
    [[nodiscard, gnu::cold]] bool from_digits(const std::string& text) {
        for (const char c : text)
            if (!(c >= '0' && c <= '9') && !(c >= 'a' && c <= 'f')) return false;
        std::size_t at = 0;
        collected_metrics read; // so that digits of other metrics change nothing
        const bool fits = std::apply([&](auto&... m) { return (take_metric(text, at, m) && ...); }, read.all);
        if (!fits || at != text.size()) return false;
        all = std::move(read.all);
        return true;
    }

  private:
    /// A state that grows has its length before it.
    template <class Metric>
    static void append_metric(std::string& text, const Metric& m) {
        const auto state = bytes_of_state(m);
        if constexpr (grows<Metric>) {
            const auto bytes = static_cast<std::uint64_t>(state.size());
            append(text, std::as_bytes(std::span(&bytes, 1)));
        }
        append(text, state);
    }
    template <class Metric>
    static bool take_metric(const std::string& text, std::size_t& at, Metric& m) {
        const auto fits = [&](std::uint64_t bytes) { return bytes <= (text.size() - at) / 2; };
        if constexpr (grows<Metric>) {
            std::uint64_t bytes = 0;
            if (!fits(sizeof bytes)) return false;
            take(text, at, std::as_writable_bytes(std::span(&bytes, 1)));
            constexpr std::size_t each = sizeof(*m.state().data());
            if (!fits(bytes) || bytes % each != 0) return false;
            m.resize_state(static_cast<std::size_t>(bytes / each));
        }
        const auto state = bytes_of_state(m);
        if (!fits(state.size())) return false;
        take(text, at, state);
        return true;
    }
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
