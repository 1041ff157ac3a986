#pragma once
/// dropout_bits — the random numbers of dropout, the same for every policy and every number of threads: they
/// are a pure function of (seed, the layer's ordinal; training step, sample, element).
///   counter  step low, step high, sample in the batch, element / 4      key  seed low, seed high ^ ordinal ·
///   0x9E3779B9
/// The four words of a draw serve the elements 4q … 4q + 3. An element's number is its conventional one,
/// c · H · W + h · W + w, wherever it lies in memory.
#include <strata/base/random/random_key.hpp>
#include <strata/call/call.hpp>

namespace strata::inline STRATA_ABI::core {

/// The words of the elements 4 · quad … 4 · quad + 3 of a sample.
STRATA_HD constexpr philox::counter_type dropout_bits(const random_source& random, int ordinal, int sample, int quad) {
    return philox::draw({{static_cast<std::uint32_t>(random.step), static_cast<std::uint32_t>(random.step >> 32),
                          static_cast<std::uint32_t>(sample), static_cast<std::uint32_t>(quad)}},
                        random_key(random.seed, ordinal));
}

/// Does an element with these bits stay? It does with probability 1 − rate, the rate taken as a float in every
/// precision, so that all of them drop the same elements.
STRATA_HD constexpr bool dropout_keeps(std::uint32_t bits, double rate) {
    return philox::uniform_float(bits) >= static_cast<float>(rate);
}

} // namespace strata::inline STRATA_ABI::core
