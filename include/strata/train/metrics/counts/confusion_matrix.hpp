#pragma once
/// confusion_matrix<Classes> — counts of samples by actual and predicted class: matrix(actual, predicted)
///
///   strata::confusion_matrix<3> matrix;                     // filled by trainer.evaluate, or by hand:
///   matrix.add(output, target, 3);
///   std::printf("%s", matrix.to_text({"cat", "dog", "owl"}).c_str());
///
/// Its value as a metric is the accuracy. class_counts.hpp lists what else it provides, including to_text().
/// Shapes   output [Classes], target [Classes] (one-hot, or probabilities)
/// Rules    there are at least two classes
/// Ties go to the lowest index. A sample with a NaN in its output is predicted as no class; one with a NaN in its
/// target belongs to none. Both count as wrong and are listed under "not a number", and so is a sample of any other
/// size than Classes. The standard error is binomial (source: share.hpp).
/// Errors   none while it collects
#include <strata/data/target.hpp>
#include <strata/train/metrics/counts/class_counts.hpp>
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
    template <class T>
    void add(const T* output, data::class_index target, int n) noexcept {
        if (n == Classes) add(target.value, detail::largest_index(output, n));
        else add(-1, -1);
    }
    [[nodiscard]] double value() const noexcept { return accuracy(); }
    [[nodiscard]] double standard_error() const noexcept { return right().standard_error(); }
};

} // namespace strata::inline STRATA_ABI
