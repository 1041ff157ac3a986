#pragma once
/// sample_reader<Data, T> — reads samples of a data set without their targets, as numbers T, into its own memory.
#include <strata/data/missing_member.hpp>
#include <strata/data/target_memory.hpp>

#include <cstddef>
#include <span>
#include <vector>

namespace strata::inline STRATA_ABI::detail {

template <class Data, class T>
class sample_reader {
  public:
    sample_reader(const Data& data, const data::key& random)
        : data_(&data), random_(random), sample_(static_cast<std::size_t>(data.sample_shape().size())), target_(data) {}
    /// Sample i, until the next call.
    [[nodiscard]] std::span<const T> operator()(std::size_t i) {
        data::read_as<T>(*data_, i, random_, std::span<T>(sample_), target_.target);
        return sample_;
    }

  private:
    const Data* data_;
    data::key random_;
    std::vector<T> sample_;
    data::target_memory<Data, T> target_;
};

} // namespace strata::inline STRATA_ABI::detail
