#pragma once
/// confusion_matrix — how often which class was taken for which: `matrix(actual, predicted)`. Its value as a
/// metric is the accuracy; class_counts.hpp has what else it tells, to_text() among it.
///
///   strata::confusion_matrix<3> matrix;                     // filled by trainer.evaluate, or by hand:
///   matrix.add(output, target, 3);
///   std::printf("%s", matrix.to_text({"cat", "dog", "owl"}).c_str());
///
/// Shapes   output [Classes], target [Classes] (one-hot, or probabilities)
/// Rules    there are at least two classes
/// Ties go to the lowest index. A sample with a NaN in its output was taken for no class, one with a NaN in
/// its target is of none: both count as wrong and stand under "not a number". So does a sample of any other
/// size than Classes.
/// The standard error is the binomial one: share.hpp has its source.
/// Errors   none while it collects
#include <strata/train/metrics/class_counts.hpp>
#include <strata/train/metrics/largest_index.hpp>

namespace strata::inline STRATA_ABI {

template <int Classes>
class confusion_matrix : public class_counts {
    static_assert(Classes >= 2, "strata: a confusion_matrix has at least two classes.");

  public:
    static constexpr const char* name = "confusion_matrix";
    static constexpr bool higher_is_better = true;
    static constexpr bool takes_class_index = true;
    static constexpr int outputs = Classes;

    confusion_matrix() : class_counts(Classes) {}

    using class_counts::add;
    template <class T>
    void add(const T* output, const T* target, int n) noexcept {
        if (n == Classes) add(detail::largest_index(target, n), detail::largest_index(output, n));
        else add(-1, -1);
    }
    [[nodiscard]] double value() const noexcept { return accuracy(); }
    [[nodiscard]] double standard_error() const noexcept { return right().standard_error(); }
};

} // namespace strata::inline STRATA_ABI
