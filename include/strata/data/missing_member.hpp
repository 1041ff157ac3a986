#pragma once
#include <strata/data/data_set.hpp>
#include <strata/data/ports.hpp>

namespace strata::inline STRATA_ABI::data {

/// missing_member — the first thing that a type lacks to be a data_set.
enum class missing_member { none, one_input, target_type, size, sample_shape, classes, target_shape, read };

template <class D>
[[nodiscard]] constexpr missing_member missing_member_of() {
    if constexpr (data_set<D>) return missing_member::none;
    else if constexpr (requires { typename D::explained_already; }) return missing_member::none; // an explained_view
    else if constexpr (requires(const D& d) { d.ports(); }) return missing_member::one_input;
    else if constexpr (
        !requires { requires std::same_as<typename D::target_type, class_index>; }
        && !requires { requires std::same_as<typename D::target_type, class_indices>; }
        && !requires { requires std::same_as<typename D::target_type, values>; })
        return missing_member::target_type;
    else if constexpr (!requires(const D& d) {
                           { d.size() } -> std::convertible_to<std::size_t>;
                       })
        return missing_member::size;
    else if constexpr (!requires(const D& d) {
                           { d.sample_shape() } -> std::convertible_to<shape>;
                       })
        return missing_member::sample_shape;
    else if constexpr (!requires(const D& d) { static_cast<int>(d.classes()); }
                       && !std::same_as<typename D::target_type, values>)
        return missing_member::classes;
    else if constexpr (!labelled<D> && !labelled_positions<D> && !dense_targets<D>) return missing_member::target_shape;
    else return missing_member::read;
}

/// A class, so that there is one error however often a type that is no data_set is given:
///     [[maybe_unused]] const explained_data_set<D> said_once;
template <class D>
struct explained_data_set {
    static constexpr missing_member missing = missing_member_of<D>();

    static_assert(
        missing != missing_member::one_input,
        "strata: this data set has ports(). A trainer, learning_rate_finder, subset and split take it, where it has "
        "'std::size_t size() const', 'std::vector<strata::data::port> ports() const' and 'void read(std::size_t i, "
        "strata::data::key, const strata::data::parts<float>& sample) const' (parts<double> for a model of fp64); all "
        "others take data sets of one input and one target.");
    static_assert(missing != missing_member::target_type,
                  "strata: this type is not a data set: it does not declare its target type. Add 'using target_type = "
                  "strata::data::class_index;' and classes(), or 'using target_type = strata::data::values;' and "
                  "target_shape().");
    static_assert(missing != missing_member::size, "strata: this type is not a data set: it does not declare its "
                                                   "number of samples. Add 'std::size_t size() const'.");
    static_assert(missing != missing_member::sample_shape,
                  "strata: this type is not a data set: it does not declare its sample shape. Add 'strata::shape "
                  "sample_shape() const', without the batch.");
    static_assert(missing != missing_member::classes,
                  "strata: this type is not a data set: its targets are classes, but it does not declare how many "
                  "there are. Add 'int classes() const'.");
    static_assert(missing != missing_member::target_shape,
                  "strata: this type is not a data set: its targets are values, but it does not declare their shape. "
                  "Add 'strata::shape target_shape() const'.");
    static_assert(
        missing != missing_member::read,
        "strata: this type is not a data set: its samples cannot be read. Add 'void read(std::size_t i, "
        "strata::data::key, std::span<float> sample, target_type& target) const', or the same with std::span<double>.");
};

/// The number of samples; of what is no data set 0, with the one error.
template <class Data>
[[nodiscard]] std::size_t explained_size(const Data& data) {
    if constexpr (data_set<Data> || ported_data<Data>) {
        return static_cast<std::size_t>(data.size());
    } else {
        [[maybe_unused]] const explained_data_set<Data> said_once;
        return 0;
    }
}

/// What a view of a type that is no data set is: one error says what that type lacks, and no further one follows where
/// the view is used. A base of the views' primary templates; the working views are specialisations for data sets.
template <class Data>
class explained_view : explained_data_set<Data> {
  public:
    using explained_already = void;

    [[nodiscard]] std::size_t size() const { return 0; }
    [[nodiscard]] shape sample_shape() const { return {}; }
    [[nodiscard]] int classes() const { return 0; }
};

} // namespace strata::inline STRATA_ABI::data
