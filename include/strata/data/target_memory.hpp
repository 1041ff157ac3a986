#pragma once
/// target_memory<Data, T> — the target of one sample of a data set, of whatever kind, with memory of its own: what a
/// read of numbers T fills.
#include <strata/data/data_set.hpp>

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <type_traits>
#include <vector>

namespace strata::inline STRATA_ABI::data {

template <class Data, class T>
class target_memory {
    using kind = typename Data::target_type;

  public:
    explicit target_memory(const Data& data) {
        if constexpr (!std::same_as<kind, class_index>) {
            memory_.resize(static_cast<std::size_t>(data.target_shape().size()));
            target.into = memory_;
        }
    }
    target_memory(const target_memory&) = delete;
    target_memory& operator=(const target_memory&) = delete;

    target_for<kind, T> target{};

  private:
    std::vector<std::conditional_t<std::same_as<kind, values>, T, std::int32_t>> memory_;
};

} // namespace strata::inline STRATA_ABI::data
