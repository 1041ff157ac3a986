#pragma once
#include <cstddef>
#include <strata/data/data_set.hpp>
#include <strata/data/missing_member.hpp>
#include <string>
#include <utility>
#include <vector>

namespace strata::inline STRATA_ABI::data {

/// view<Data> — what every view of a data set passes on: all that is known of the data set and of its samples, but for
/// the numbers. A view with other samples, or in another order, says so itself.
template <data_set Data>
class view {
  public:
    using target_type = typename Data::target_type;
    static constexpr int augmentations = augmentations_of<Data>;

    explicit view(Data data) : data_(std::move(data)) {}

    [[nodiscard]] std::size_t size() const { return static_cast<std::size_t>(data_.size()); }
    [[nodiscard]] shape sample_shape() const { return data_.sample_shape(); }
    [[nodiscard]] int classes() const
        requires(labelled<Data> || labelled_positions<Data>)
    {
        return data_.classes();
    }
    [[nodiscard]] shape target_shape() const
        requires(dense_targets<Data> || labelled_positions<Data>)
    {
        return data_.target_shape();
    }
    [[nodiscard]] const std::string& origin() const
        requires requires(const Data& d) { d.origin(); }
    {
        return data_.origin();
    }
    [[nodiscard]] const std::vector<std::string>& class_names() const
        requires requires(const Data& d) { d.class_names(); }
    {
        return data_.class_names();
    }
    [[nodiscard]] decltype(auto) feature_names() const
        requires requires(const Data& d) { d.feature_names(); }
    {
        return data_.feature_names();
    }
    [[nodiscard]] decltype(auto) encoding() const
        requires requires(const Data& d) { d.encoding(); }
    {
        return data_.encoding();
    }
    [[nodiscard]] bool holds_doubles() const { return data::holds_doubles(data_); }
    [[nodiscard]] bool has_weights() const { return data::has_weights(data_); }
    [[nodiscard]] double weight(std::size_t i) const
        requires requires(const Data& d) { d.weight(std::size_t{}); }
    {
        return static_cast<double>(data_.weight(i));
    }
    /// The class of sample i alone, where the data set can tell it without reading the sample.
    [[nodiscard]] int label(std::size_t i) const
        requires requires(const Data& d) { d.label(std::size_t{}); }
    {
        return data_.label(i);
    }

  protected:
    /// Sample i of the data set as numbers T.
    template <class T>
    void read_data(std::size_t i, key k, std::span<T> x, target_for<target_type, T>& target) const {
        read_as<T>(data_, i, k, x, target);
    }

    Data data_;
};

} // namespace strata::inline STRATA_ABI::data
