#pragma once
/// frozen<Layers...> — outermost layers that a trainer leaves as they are, behind its optimiser:
///
///   strata::trainer trainer{net, strata::cross_entropy{}, strata::adam{}, strata::frozen<"backbone">{}};
///   strata::trainer trainer{net, strata::cross_entropy{}, strata::adam{}, strata::frozen<0, 1, 2>{},
///       strata::top_k<5>{}};
///
/// A layer is called by its name or its position (see layer_id.hpp). Its parameters keep their bits, under weight decay
/// too; no operation of its gradient is in the plan, and nothing at all is derived below the lowest layer that is
/// trained. It runs as in inference: batch_norm takes its running statistics and leaves them as they are, dropout
/// passes everything on. (In PyTorch: `requires_grad_(False)` and `eval()` of that module. PyTorch's first alone would
/// let the running statistics follow the new data, and the layer would not stay as it is.)
#include <strata/train/chosen_layers.hpp>

namespace strata::inline STRATA_ABI {

template <layer_id... Layers>
struct frozen {
    template <class Net>
    using diagnosis = detail::diagnosis_of_layers<Net, Layers...>;
    template <class Net>
    static constexpr layer_set layers = detail::chosen_layers<Net, Layers...>;
};

} // namespace strata::inline STRATA_ABI
