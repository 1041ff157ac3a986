#pragma once
/// metric — the concept of a metric: a type whose instance collects samples and computes a value from them.
///
///   static constexpr const char* name = "accuracy";        its name for users, and its column in tables
///   static constexpr bool higher_is_better = true;
///   static constexpr bool takes_class_index = true;        it is meaningful for classes only
///   template <class T> void add(const T* output, const T* target, int n) noexcept;   one sample, both [n]
///   template <class T> void add(const T* output, data::class_index target, int n) noexcept;  optional: the same of a
///                                                          class number, instead of one-hot targets
///   double value() const noexcept;                         over all samples added; NaN when there are none
///   double standard_error() const noexcept;                of value(); NaN where it has none
///   void clear() noexcept;                                 as if nothing had been added
///
/// The target of a class is one-hot, or the classes' probabilities. A metric made for one size of output
/// says so with `static constexpr int outputs`; one of at most so many, with `most_outputs`; one of at least so many,
/// with `least_outputs`.
#include <strata/base/abi.hpp>

#include <concepts>

namespace strata::inline STRATA_ABI {

// clang-format off
template <class M>
concept metric = std::default_initializable<M> && std::copyable<M>
              && requires(M collecting, const M collected, const float* floats, const double* doubles, int n) {
    { M::name } -> std::convertible_to<const char*>;
    { M::higher_is_better } -> std::convertible_to<bool>;
    { M::takes_class_index } -> std::convertible_to<bool>;
    { collecting.add(floats, floats, n) } noexcept;
    { collecting.add(doubles, doubles, n) } noexcept;
    { collecting.clear() } noexcept;
    { collected.value() } noexcept -> std::same_as<double>;
    { collected.standard_error() } noexcept -> std::same_as<double>;
};
// clang-format on

/// The size of output that a metric is made for; 0 where it takes any.
template <metric M>
constexpr int metric_outputs = [] {
    if constexpr (requires { M::outputs; }) return M::outputs;
    else return 0;
}();

/// Whether a metric can be given a network of n outputs: some, such as roc_auc, have a `most_outputs`.
template <metric M>
constexpr bool takes_outputs(int n) {
    if constexpr (requires { M::most_outputs; }) return n <= M::most_outputs;
    else return true;
}
/// Whether it is given enough of them: some, such as top_k, have a `least_outputs`.
template <metric M>
constexpr bool has_outputs_enough(int n) {
    if constexpr (requires { M::least_outputs; }) return n >= M::least_outputs;
    else return true;
}

} // namespace strata::inline STRATA_ABI
