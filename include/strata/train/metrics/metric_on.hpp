#pragma once
/// on<"x">(metric) — a metric of one of a network's outputs, for a trainer with losses{...}:
///     strata::trainer trainer{net, strata::losses{...}, strata::adam{}, strata::on<"class">(strata::accuracy{})};
/// Its value is that of the metric, over the samples, or the positions with a class, of that output.
#include <strata/base/fixed_string.hpp>
#include <strata/base/words/text.hpp>
#include <strata/train/metrics/given_samples.hpp>
#include <strata/train/metrics/metric.hpp>

namespace strata::inline STRATA_ABI {

namespace detail {

/// "class.accuracy"
template <fixed_string Name, class Metric>
struct name_on_output {
    static constexpr int length(const char* s) {
        int n = 0;
        while (s[n] != 0) ++n;
        return n;
    }
    char text[static_cast<unsigned>(length(Name.c_str()) + length(Metric::name) + 2)]{};
    constexpr name_on_output() {
        int n = 0;
        for (const char* s = Name.c_str(); *s != 0; ++s) text[n++] = *s;
        text[n++] = '.';
        for (const char* s = Metric::name; *s != 0; ++s) text[n++] = *s;
    }
};
template <fixed_string Name, class Metric>
inline constexpr name_on_output<Name, Metric> name_of_metric_on{};

} // namespace detail

template <fixed_string Name, metric Metric>
struct metric_on {
    using measured_type = Metric;
    static constexpr const char* output = Name.c_str();
    static constexpr const char* name = detail::name_of_metric_on<Name, Metric>.text; ///< "class.accuracy"
    static constexpr bool higher_is_better = Metric::higher_is_better;
    static constexpr bool takes_class_index = false; // whether it fits is a matter of its output: metric_place

    Metric measured{};

    /// Samples of an output.
    template <class T>
    void add_of(const char* port, const T* outputs, const detail::given_targets<T>& targets, int samples,
                const shape& each) {
        if (same_text(port, output)) detail::add_samples(measured, outputs, targets, samples, each);
    }
    template <class T>
    void add(const T* outputs, const T* target, int n) noexcept {
        measured.add(outputs, target, n);
    }
    [[nodiscard]] double value() const noexcept { return measured.value(); }
    [[nodiscard]] double standard_error() const noexcept { return measured.standard_error(); }
    void clear() noexcept { measured.clear(); }
    [[nodiscard]] auto state() noexcept
        requires requires(Metric& m) { m.state(); }
    {
        return measured.state();
    }
    [[nodiscard]] auto state() const noexcept
        requires requires(const Metric& m) { m.state(); }
    {
        return measured.state();
    }
    void resize_state(std::size_t n)
        requires requires(Metric& m) { m.resize_state(n); }
    {
        measured.resize_state(n);
    }
};
template <fixed_string Name, metric Metric>
[[nodiscard]] metric_on<Name, Metric> on(Metric measured) {
    return {std::move(measured)};
}

} // namespace strata::inline STRATA_ABI
