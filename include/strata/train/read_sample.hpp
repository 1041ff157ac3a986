#pragma once
/// read_sample — a sample of a data set and its target, as a trainer's numbers: a class is one-hot, or 0 and 1 for a
/// single output.
/// Errors   shape_error for a class that the network does not have; exceptions of the data set's read
#include <strata/base/error.hpp>
#include <strata/base/sentence.hpp>
#include <strata/data/data_set.hpp>

#include <concepts>
#include <cstddef>
#include <span>

namespace strata::inline STRATA_ABI::detail {

[[noreturn, gnu::cold, gnu::noinline]] inline void refuse_class(int given, int classes, std::size_t sample) {
    raise<shape_error>(sentence({"strata: sample ", sample, " of the data has class ", given,
                                 ", but the network's classes are 0 to ", classes - 1, "."}));
}

/// Sample `from` into x, its target into t; `classes` are the network's, where targets are class numbers.
template <class T, class Data>
void read_sample(const Data& data, std::size_t from, const data::key& random, int classes, std::span<T> x,
                 std::span<T> t) {
    if constexpr (std::same_as<typename Data::target_type, data::class_index>) {
        data::class_index c;
        data::read_as<T>(data, from, random, x, c);
        for (T& element : t) element = T(0);
        if (c.value < 0 || c.value >= classes) refuse_class(c.value, classes, from);
        if (t.size() == 1) t[0] = static_cast<T>(c.value); // no or yes
        else t[static_cast<std::size_t>(c.value)] = T(1);
    } else {
        data::target_for<data::values, T> target{t};
        data::read_as<T>(data, from, random, x, target);
    }
}

} // namespace strata::inline STRATA_ABI::detail
