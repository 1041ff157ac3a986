#pragma once
/// batch_of(numbers, sample) — how many samples of so many numbers each there are, as kernels count them, in an int.
/// Errors   shape_error above most_samples
#include <strata/base/error.hpp>
#include <strata/base/words/sentence.hpp>

#include <cstddef>

namespace strata::inline STRATA_ABI::core {

/// The most samples of one batch. A kernel's counters are ints, and may add a chunk or a task to the batch.
inline constexpr long long most_samples = 1LL << 30;

[[noreturn, gnu::cold, gnu::noinline]] inline void refuse_batch(long long samples, long long most = most_samples) {
    raise<shape_error>(sentence({"strata: a batch of ", samples, " samples is too large: a batch has at most ", most,
                                 ". Split it into several."}));
}

inline int batch_of(std::size_t numbers, std::size_t sample) {
    const auto samples = static_cast<long long>(numbers / sample);
    if (samples > most_samples) refuse_batch(samples);
    return static_cast<int>(samples);
}

} // namespace strata::inline STRATA_ABI::core
