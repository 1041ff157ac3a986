#pragma once
/// key — one primitive operation as a structural value of plain scalars: everything its kernel must know at compile
/// time and nothing else (no offsets, no names), so that equal operations share one kernel under every compiler.
#include <strata/base/shape.hpp>
#include <strata/base/words/exact_number.hpp>
#include <strata/plan/op.hpp>

namespace strata::inline STRATA_ABI::core {

/// The window of a convolution or a pooling, per axis (height, width). Padding may differ at the two ends.
struct window {
    int kernel_h = 1, kernel_w = 1;
    int stride_h = 1, stride_w = 1;
    int dilation_h = 1, dilation_w = 1;
    int top = 0, left = 0, bottom = 0, right = 0;
    friend constexpr bool operator==(const window&, const window&) = default;
};

struct key {
    op kind{};
    shape x{}, y{};          ///< principal input and output of one sample, always named conventionally: [C, H, W]
    shape w{};               ///< second input, where there is one (add, concat)
    window win{};            ///< conv and pooling; upsample: its factors are the strides
    int groups = 1;          ///< conv
    int begin = 0;           ///< slice: the first channel; mean_over_positions: the padding's token
    int function = -1;       ///< elementwise function, or fused activation: index into the network's functions; -1 none
    int lanes = 1;           ///< weights' rows are padded to a multiple of this
    exact_number real{};     ///< rate, epsilon
    exact_number momentum{}; ///< running statistics
    bool bias = false;       ///< affine, conv, layer_norm: a bias is added
    bool scaled = false;     ///< conv: y · scale + shift instead of a bias (a folded batch-norm);
                             ///< normalise: the inverse, x · deviation + mean
    bool gradient = false;   ///< losses: the gradient is wanted as well
    bool scale_only = false; ///< batch_norm_inference, normalise: without the shift, which a gradient does not see;
                             ///< layer_norm: without the mean
    bool from_channels_last = false;                 ///< reorder: to the conventional order
    bool transposed_x = false, transposed_w = false; ///< matmul: of x, of w
    bool flipped = false;                            ///< transpose_weight: flipped filters, see by_flipped_filters
    bool batched = true; ///< add, copy: extents are per sample; false for sum_partials and for an add of
                         ///< weights' gradients, which do not scale with the batch
    bool channels_last = false;
    bool excludes_padding = false; ///< avg_pool: the mean is of the positions inside the image
    bool integers = false;         ///< copy: of integers
    bool one_sample = false;       ///< conv: of a stream's step, so the batch is one sample
    friend constexpr bool operator==(const key&, const key&) = default;
};

/// Operands of an operation, at most.
inline constexpr int max_inputs = 6, max_outputs = 2, max_operands = max_inputs + max_outputs;

/// How an operation's work is divided into tasks. The division never depends on the number of threads.
enum class division : int {
    samples, ///< tasks are chunks of samples
    rows,    ///< tasks are ranges of `rows(key)` rows of a result that does not scale with the batch
    whole    ///< one task
};

} // namespace strata::inline STRATA_ABI::core
