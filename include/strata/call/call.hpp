#pragma once
/// call — what a kernel receives: its operands, and the part of the work that is its task. The one interface between
/// the executor and the kernels of every host policy.
#include <strata/base/host_device.hpp>
#include <strata/plan/key.hpp>

#include <cstdint>

namespace strata::inline STRATA_ABI::core {

/// The coordinates of a step's random numbers, next to the layer's ordinal, the sample and the element.
struct random_source {
    std::uint64_t seed = 0;
    std::uint64_t step = 0;
};

template <class T>
struct call {
    /// The step's inputs, then its outputs. A per-sample value begins with sample 0 of the batch, sample n lies n ·
    /// size behind it. In a task of samples a partial value is that of the task's own chunk; else it is the first
    /// chunk's, and chunk c lies c · padded_to(size, alignment_elements) behind it.
    T* at[max_operands]{};
    int batch = 0;
    int first = 0, last = 0; ///< the task: samples or rows [first, last)
    int chunk_size = 0;      ///< samples in a chunk; the last may have fewer
    int chunks = 0;
    random_source random{};
    T* scratch = nullptr; ///< the running thread's own: as many numbers as the kernel's member `scratch` says
    int ordinal = 0;      ///< of the random layer
    /// What each sample of the batch counts in the loss, in units of their mean; null: all count alike.
    const T* weights = nullptr;

    [[nodiscard]] STRATA_HD T weight(long long n) const noexcept { return weights == nullptr ? T(1) : weights[n]; }
};

template <class T>
using kernel_function = void (*)(const call<T>&) noexcept;

} // namespace strata::inline STRATA_ABI::core
