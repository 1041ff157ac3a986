#pragma once
/// given_samples — a batch's samples and their targets as a metric takes them: without what is ignored, and each
/// position of class numbers as a sample.
#include <strata/train/batches/given_targets.hpp>
#include <strata/train/metrics/class_positions.hpp>

#include <cstddef>
#include <vector>

namespace strata::inline STRATA_ABI::detail {

/// Is the metric one of whole samples: of class scores, or of so many outputs? What is left of a sample where some of
/// its targets are ignored says nothing to it.
template <class Metric>
inline constexpr bool of_whole_samples =
    Metric::takes_class_index || requires { Metric::outputs; } || requires { Metric::most_outputs; };

/// Adds those numbers of a sample to a metric that the loss does not ignore.
template <class Metric, class T>
void add_counted(Metric& m, const T* output, const T* target, int n, const ignored_targets& ignored) {
    if (!ignored.any || ignored.counted(target, n) == n) return m.add(output, target, n);
    if (of_whole_samples<Metric>) return;
    std::vector<T> x, t;
    for (int i = 0; i < n; ++i)
        if (!ignored(target[i])) x.push_back(output[i]), t.push_back(target[i]);
    if (!x.empty()) m.add(static_cast<const T*>(x.data()), static_cast<const T*>(t.data()), static_cast<int>(x.size()));
}

/// Adds samples with outputs of that shape.
template <class Metric, class T>
void add_samples(Metric& m, const T* output, const given_targets<T>& targets, int samples, const shape& each) {
    if (targets.classes != nullptr)
        return each_class_position(output, targets.classes, samples, each,
                                   [&](const T* x, std::int32_t actual, int n) { add_class(m, x, actual, n); });
    const auto n = static_cast<int>(each.size());
    for (std::ptrdiff_t i = 0; i < samples; ++i)
        add_counted(m, output + i * n, targets.numbers + i * n, n, targets.ignored);
}

} // namespace strata::inline STRATA_ABI::detail
