#pragma once
/// frozen<Layers...> — layers and blocks that a trainer leaves unchanged; it follows the optimiser:
///
///   strata::trainer trainer{net, strata::cross_entropy{}, strata::adam{}, strata::frozen<"backbone">{}};
///   strata::trainer trainer{net, strata::cross_entropy{}, strata::adam{}, strata::frozen<0, 1, 2>{},
///                           strata::top_k<5>{}};
///   strata::trainer trainer{net, strata::cross_entropy{}, strata::adam{}, strata::frozen<"stem.conv1">{}};
///
/// A layer is given by its name or its position (see `<strata/plan/layer_id.hpp>`), a layer in a block by
/// its path. Its parameters keep their bits, even under weight decay. No operation of its gradient is in the plan,
/// nothing is differentiated below the lowest layer that is trained, and the optimiser has no memory for it. It runs as
/// in inference: batch_norm uses its running statistics and leaves them unchanged, dropout passes everything on. (In
/// PyTorch that is `requires_grad_(False)` and `eval()` of the module. With the first alone, PyTorch's running
/// statistics follow the new data, so the layer changes.)
/// Errors   a compile error for a layer that the network does not have, and where nothing is left to train
///          (tests/compile_fail/train/frozen_*.cpp)
#include <strata/plan/chosen_layers.hpp>

namespace strata::inline STRATA_ABI {

template <layer_id... Layers>
struct frozen {
    template <class Net>
    using diagnosis = detail::diagnosis_of_layers<Net, Layers...>;
    template <class Net>
    static constexpr core::layer_set layers = detail::chosen_layers<Net, Layers...>;
};

} // namespace strata::inline STRATA_ABI
