#pragma once
/// reference — the policy of readable definitions: scalar loops over conventional layouts. It is slow on purpose, and
/// every other policy is tested against it. It is itself tested against finite differences and PyTorch.
#include <strata/plan/request.hpp>
#include <strata/reference/kernels.hpp>
#include <strata/run/host.hpp>

namespace strata::inline STRATA_ABI {

struct reference {
    int threads = 1; ///< of training; so that programs can swap policies

    template <class T>
    static constexpr core::target_numbers numbers() {
        return {.lanes = 1, .chunk = 8, .channels_last = false, .packed_weights = false, .number_bytes = sizeof(T)};
    }
    template <core::key K, class Function, class T>
    using kernel = on_reference::kernel<K.kind, K, Function, T>;
    using machine = core::host;
    static constexpr const char* name = "reference";
};

} // namespace strata::inline STRATA_ABI
