#pragma once
/// cpu — the policy of vectorised kernels: xsimd registers, channels-last images, packed weights, batch in chunks over
/// threads. An instance says how: `strata::cpu{.threads = 2}`.
#include <strata/cpu/header_with_kernel.hpp>
#include <strata/cpu/instruction_set.hpp>
#include <strata/cpu/kernels.hpp>
#include <strata/run/host.hpp>

namespace strata::inline STRATA_ABI {

/// The instruction set is a part of the type. So models, trainers and kernels of translation units that were compiled
/// for different machines are different types and do not mix.
template <class InstructionSet = xsimd::default_arch>
struct basic_cpu {
    int threads = 1; ///< of training and evaluation, the caller's included; results do not depend on it

    using instruction_set = InstructionSet;

    template <class T>
    static constexpr core::target_numbers numbers() {
        return {.lanes = on_cpu::lanes_of<T, instruction_set>,
                .chunk = 8,
                .channels_last = true,
                .depth_first = true,
                .packed_weights = true,
                .unrolled = true,
                .number_bytes = sizeof(T)};
    }
    template <core::key K, class Function, class T>
    using kernel = on_cpu::kernel<K.kind, K, Function, T, instruction_set>;
    using machine = core::host;
    static constexpr const char* name = "cpu";
    static constexpr const char* header_with_kernel(const char* operation) {
        return on_cpu::header_with_kernel(operation);
    }

    /// Raises device_error if this CPU lacks what the program was compiled for.
    static void require() { require_instruction_set<instruction_set>(); }
};
using cpu = basic_cpu<>;

} // namespace strata::inline STRATA_ABI
