#pragma once
/// A mistake in a network, as the plan records it: the first one only, as a sentence and as facts.
#include <strata/base/constexpr_vector.hpp>
#include <strata/base/shape.hpp>
#include <strata/base/words/text.hpp>

namespace strata::inline STRATA_ABI::core {

/// mistake_kind — why a network cannot be planned. Compilers that cannot print the sentence print this enumerator.
enum class mistake_kind : int {
    nothing,
    input_is_not_flat,
    input_is_not_an_image,
    input_is_tokens,
    input_is_not_tokens,
    input_is_not_a_signal,
    shape_has_no_role,
    size_is_not_positive,
    size_is_too_large,
    kernel_larger_than_its_input,
    padding_larger_than_half_its_kernel,
    padding_larger_than_its_input,
    padding_larger_than_its_output,
    output_padding_too_large,
    part_is_outside_its_input,
    channels_stand_last,
    channels_not_divisible_by_groups,
    channels_not_divisible,
    shapes_differ,
    branch_changes_the_shape,
    name_was_never_tagged,
    name_is_tagged_twice,
    name_is_not_possible,
    parameter_is_declared_twice,
    weight_has_two_layouts,
    operand_is_a_parameter,
    operand_is_not_a_parameter,
    position_is_taken,
    option_is_unknown,
    option_is_repeated,
    options_conflict,
    rate_is_out_of_range,
    target_does_not_fit_the_output,
    rule_of_the_loss,
    network_has_no_input,
    it_is_no_network,
    it_is_no_layer,
    port_is_not_there,
    port_is_given_twice,
    port_is_not_given,
    port_is_not_read,
    network_has_several_ports,
    outputs_are_not_last,
    result_is_dropped,
    extents_are_not_static,
    layer_is_not_there,
    layers_are_too_scattered,
    layer_is_in_a_block,
    cuts_are_in_reverse,
    part_is_empty,
    padding_is_unseen,
    policy_has_no_kernel,
    hooks_are_not_named,
    hook_is_unknown,
    hook_has_no_function,
    hook_is_not_named,
    layer_cannot_stream,
    rule_of_the_layer ///< for users' own layers
};

struct mistake {
    mistake_kind why = mistake_kind::nothing;
    shape got{}, needs{};
    constexpr_vector<int> path;          ///< layer indices from the outermost to the one at fault; empty: the input
    constexpr_vector<int> counts;        ///< how many layers each of these stands among
    constexpr_vector<const char*> names; ///< of a mistake in a name: that name, then the names there are
    text sentence;
};

} // namespace strata::inline STRATA_ABI::core

namespace strata::inline STRATA_ABI {
using core::mistake_kind;
} // namespace strata::inline STRATA_ABI
