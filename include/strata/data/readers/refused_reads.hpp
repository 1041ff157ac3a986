#pragma once
/// What every data set says of a read that it cannot serve.
/// Errors   shape_error, always
#include <strata/base/error.hpp>
#include <strata/base/words/sentence.hpp>

#include <cstddef>

namespace strata::inline STRATA_ABI::data {

/// For an index beyond the last.
[[noreturn, gnu::cold, gnu::noinline]] inline void refuse_sample(std::size_t i, std::size_t size) {
    raise<shape_error>(
        sentence({"strata: sample ", i, " is out of range: the data set has ", size, " samples, numbered from 0."}));
}
/// For memory of another size than the sample or the target has.
[[noreturn, gnu::cold, gnu::noinline]] inline void refuse_memory(const char* what, std::size_t needed,
                                                                 std::size_t given) {
    raise<shape_error>(
        sentence({"strata: a ", what, " of ", needed, " elements does not fit a buffer of ", given, " elements."}));
}

/// A sample's weight in the loss is at least 0, and a float can hold it: then no sum of weights overflows.
[[nodiscard]] constexpr bool counts_as_weight(double weight) noexcept {
    return weight >= 0 && weight <= 3.4028234663852886e38;
}
[[noreturn, gnu::cold, gnu::noinline]] inline void refuse_weight(std::size_t i) {
    raise<shape_error>(sentence({"strata: the weight of sample ", i,
                                 " is negative, not a number, or out of range for a float. A weight scales how much a "
                                 "sample counts: use 0 to 3.4e38."}));
}

} // namespace strata::inline STRATA_ABI::data
