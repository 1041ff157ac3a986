#pragma once
/// request — what is wanted of a plan: a structural value, a template parameter of `plan`.
namespace strata::inline v0_1 {

enum class mode : int { inference, train };

/// A half-open range of the network's outermost layers.
struct layer_range {
    int first = 0, last = 1 << 30;
    [[nodiscard]] constexpr bool contains(int layer) const { return layer >= first && layer < last; }
    friend constexpr bool operator==(const layer_range&, const layer_range&) = default;
};

/// Numbers a policy hands down. The plan knows no policy, only these.
struct target_numbers {
    int lanes = 1;              ///< elements of one vector register: weights' rows are padded to it
    int chunk = 8;              ///< samples in a chunk; bits depend on it, threads do not change it
    bool channels_last = false; ///< images inside the network lie as [H, W, C]
    bool packed_weights = false; ///< weights lie with their outputs innermost; input gradients take a transposed copy
    friend constexpr bool operator==(const target_numbers&, const target_numbers&) = default;
};

struct request {
    strata::mode mode = strata::mode::inference;
    layer_range trainable{};     ///< parameters of other layers are frozen: no gradient is derived for them
    bool input_gradient = false; ///< is a gradient to the network's input wanted
    target_numbers target{};
    friend constexpr bool operator==(const request&, const request&) = default;
};

} // namespace strata::inline v0_1
