#pragma once
/// request — what a plan is asked for: a structural value, a template parameter of `plan`.
#include <strata/base/abi.hpp>

namespace strata::inline STRATA_ABI::core {

enum class mode : int { inference, train };

/// A half-open range of rows of the graph's list of layers, in which a block stands before the layers in it; empty by
/// default. (Of a network without blocks, a row is a layer's position.)
struct layer_range {
    int first = 0, last = 0;
    [[nodiscard]] constexpr bool contains(int layer) const { return layer >= first && layer < last; }
    friend constexpr bool operator==(const layer_range&, const layer_range&) = default;
};

/// A set of such rows: a bounded number of ranges, those that are not empty first.
struct layer_set {
    static constexpr int most = 8;
    layer_range ranges[most]{};

    static constexpr layer_set all() { return {{{0, 1 << 30}}}; }
    [[nodiscard]] constexpr bool contains(int layer) const {
        for (int i = 0; i < most && ranges[i].last > 0; ++i)
            if (ranges[i].contains(layer)) return true;
        return false;
    }
    [[nodiscard]] constexpr bool empty() const { return ranges[0].last == 0; }
    friend constexpr bool operator==(const layer_set&, const layer_set&) = default;
};

/// The numbers that a policy passes to the plan. The plan knows no policy, only these.
struct target_numbers {
    int lanes = 1;              ///< elements of one vector register: weights' rows are padded to it
    int chunk = 8;              ///< samples in a chunk; bits depend on it, threads do not change it
    bool channels_last = false; ///< images inside the network are [H, W, C]
    bool depth_first = false;   ///< in training, a chunk goes through several steps before the next one begins
    bool packed_weights =
        false;             ///< weights have their outputs innermost; filters get a transposed copy for input gradients
    bool unrolled = false; ///< inference of a network of little work runs as straight code
    int number_bytes = 4;  ///< of one of the model's numbers
    friend constexpr bool operator==(const target_numbers&, const target_numbers&) = default;
};

struct request {
    core::mode mode = core::mode::inference;
    layer_set trainable = layer_set::all(); ///< for parameters of other layers no gradient is derived
    layer_set frozen{}; ///< these stay as they are: no gradient for their parameters, and they run as in inference
    bool input_gradient = false; ///< is a gradient to the network's input wanted
    int hop = 0;                 ///< of a stream: the times or positions of one step; 0: a sample has all of its own
    target_numbers target{};
    friend constexpr bool operator==(const request&, const request&) = default;
};

} // namespace strata::inline STRATA_ABI::core
