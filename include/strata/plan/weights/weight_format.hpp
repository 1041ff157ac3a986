#pragma once
/// weight_format — the memory layout of a weight (see weight_layout.hpp). Files and users always see the conventional
/// order.
#include <strata/base/abi.hpp>

namespace strata::inline STRATA_ABI::core {

enum class weight_format : int {
    conventional,  ///< as in PyTorch: affine [U, F], conv [F, C/G, KH, KW]
    affine_panels, ///< [F, U], in panels of U
    conv_panels    ///< [G, KH·KW·C/G, F/G], each group in panels of F/G
};

} // namespace strata::inline STRATA_ABI::core
