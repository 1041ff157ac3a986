#pragma once
#include <strata/base/random/philox_stream.hpp>
#include <strata/base/shape.hpp>
#include <strata/data/changes/augmented_image.hpp>
#include <strata/data/changes/random_normal.hpp>

#include <span>

namespace strata::inline STRATA_ABI::data {

/// noise — adds a random number to each of a sample's: a change for `augmented`.
/// The numbers are normally distributed, of mean 0. Samples may have any shape.
///
///   auto more = data::augmented(train, data::noise{.deviation = 0.1});
///
/// Options  .deviation (0.05): in the units of the data at this point
/// Errors   error for a deviation that makes no sense
struct noise {
    static constexpr bool keeps_positions = true;
    double deviation = 0.05;

    template <class T>
    void operator()(std::span<T> x, shape, philox_stream& random) const {
        if (!(deviation >= 0 && deviation <= 3.4e38)) detail::refuse_limits("noise", "deviation", "0 on");
        for (T& v : x) v = static_cast<T>(static_cast<double>(v) + deviation * detail::random_normal(random));
    }
};

} // namespace strata::inline STRATA_ABI::data
