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
    const std::int64_t* counter =
        nullptr; ///< the step's number in the memory of the machine, which is then the right one

    /// With the number that the machine's own counter gives.
    [[nodiscard]] STRATA_HD constexpr random_source counted() const noexcept {
        return counter == nullptr ? *this : random_source{seed, static_cast<std::uint64_t>(*counter)};
    }
};

/// Where a loss's targets are class numbers: what the class of a position counts in its target, and what each of the
/// others does (null: nothing), by class. Without `is` the targets are numbers.
template <class T>
struct class_values {
    const T *is = nullptr, *is_not = nullptr;
};

/// What a loss is told of a batch besides its targets.
template <class T>
struct loss_terms {
    const T* weights = nullptr; ///< see call
    class_values<T> classes{};
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
    std::uint64_t steps = 0; ///< of a stream: how many came before this one
    T* scratch = nullptr;    ///< the running thread's own: as many numbers as the kernel's member `scratch` says
    int ordinal = 0;         ///< of the random layer
    int positions = 1;       ///< of an operation on rows: how many of its rows are one sample of the network
    /// What each sample of the batch counts in the loss, in units of their mean; null: all count alike.
    const T* weights = nullptr;
    class_values<T> classes{};

    [[nodiscard]] STRATA_HD T weight(long long row) const noexcept {
        return weights == nullptr ? T(1) : weights[row / positions];
    }
    /// Operand i where its elements are integers.
    [[nodiscard]] STRATA_HD std::int32_t* integers(int i) const noexcept {
        return static_cast<std::int32_t*>(static_cast<void*>(at[i]));
    }
};

template <class T>
using kernel_function = void (*)(const call<T>&) noexcept;

} // namespace strata::inline STRATA_ABI::core
