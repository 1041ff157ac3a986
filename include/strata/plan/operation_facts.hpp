#pragma once
/// operation_facts — what the passes ask of an operation, so that none of them names one. An operation says only what
/// is not the default:
///     static constexpr operation_facts facts{.takes_function = true, .weight = 1};
#include <strata/plan/weights/weight_format.hpp>

namespace strata::inline STRATA_ABI::core {

struct operation_rule;

struct operation_facts {
    // ---- asked by the graph
    int parameters = -1; ///< the first operand that is a parameter, as all behind it; -1: none, all are per sample
    // ---- asked by fuse
    bool is_function = false;    ///< y = f(x), f the function of its key
    bool takes_function = false; ///< its kernel applies the function of its key to a result before storing it
    bool is_derivative = false;  ///< dx = dy · f'(s), operands s, dy
    int takes_derivative = -1;   ///< its kernel multiplies its result by f'(s), s this operand; -1: it does not
    bool is_scale = false;       ///< y = scale · x + shift per channel, unless it scales a gradient; operands x, ...
    const operation_rule* as_scale = nullptr; ///< makes scale and shift of the operands behind x, and of a bias
    bool takes_scale = false;                 ///< its kernel scales and shifts a result per channel instead of a bias
    // ---- asked by lay_out
    int weight = -1;                                    ///< the operand that is a weight; -1: it has none
    weight_format packed = weight_format::conventional; ///< the weight's format where the policy packs weights
    bool meets_weights = false; ///< its key holds the number of lanes to which weights' rows are padded
    bool count_only = false;    ///< element by element: only the number of elements matters, in any layout
    bool on_rows = false; ///< it works on each position alone: of a sequence its key shows one, its step counts them
    bool takes_tokens = false; ///< it reads integers
    // ---- asked by the graph of a stream
    bool streams = false; ///< it makes a step's positions of those of the step and of a state that it moves on
    // ---- asked by plan_memory
    bool keeps_batch_whole = false; ///< its weights are read once for the whole batch, not once for each chunk
};

} // namespace strata::inline STRATA_ABI::core
