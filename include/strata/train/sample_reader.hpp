#pragma once
/// sample_reader<Data, T> — reads samples of a data set without their targets, as numbers T, into its own memory.
#include <strata/data/data_set.hpp>
#include <strata/data/missing_member.hpp>

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace strata::inline STRATA_ABI::detail {

template <class Data, class T>
class sample_reader {
  public:
    sample_reader(const Data& data, const data::key& random)
        : data_(&data), random_(random), sample_(static_cast<std::size_t>(data.sample_shape().size())) {
        if constexpr (data::dense_targets<Data>) target_.resize(static_cast<std::size_t>(data.target_shape().size()));
        if constexpr (data::labelled_positions<Data>)
            classes_.resize(static_cast<std::size_t>(data.target_shape().size()));
    }
    /// Sample i, until the next call.
    [[nodiscard]] std::span<const T> operator()(std::size_t i) {
        if constexpr (data::dense_targets<Data>) {
            data::target_for<data::values, T> target{target_};
            data::read_as<T>(*data_, i, random_, std::span<T>(sample_), target);
        } else if constexpr (data::labelled_positions<Data>) {
            data::class_indices target{classes_};
            data::read_as<T>(*data_, i, random_, std::span<T>(sample_), target);
        } else {
            data::class_index target;
            data::read_as<T>(*data_, i, random_, std::span<T>(sample_), target);
        }
        return sample_;
    }

  private:
    const Data* data_;
    data::key random_;
    std::vector<T> sample_, target_;
    std::vector<std::int32_t> classes_;
};

} // namespace strata::inline STRATA_ABI::detail
