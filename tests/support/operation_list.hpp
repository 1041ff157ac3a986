#pragma once
/// All primitive operations, for tests that ask something of each of them. The library needs no such list;
/// tests/house/operations.cmake compares this one with the operations' pages.
#include "catch.hpp"

#include <strata/base/type_list.hpp>
#include <strata/operations/join/concat.hpp>
#include <strata/operations/join/multiply.hpp>
#include <strata/operations/join/scale_channels.hpp>
#include <strata/operations/loss/batch_mean.hpp>
#include <strata/operations/loss/elementwise_loss.hpp>
#include <strata/operations/loss/gaussian_divergence.hpp>
#include <strata/operations/loss/soft_dice.hpp>
#include <strata/operations/loss/softmax_cross_entropy.hpp>
#include <strata/operations/loss/weighted_cross_entropy.hpp>
#include <strata/operations/move/border_pad.hpp>
#include <strata/operations/move/embedding.hpp>
#include <strata/operations/move/pad.hpp>
#include <strata/operations/move/pixel_shuffle.hpp>
#include <strata/operations/move/stream_window.hpp>
#include <strata/operations/move/upsample.hpp>
#include <strata/operations/move/upsample_bilinear.hpp>
#include <strata/operations/norm/batch_norm.hpp>
#include <strata/operations/norm/group_norm.hpp>
#include <strata/operations/norm/layer_norm.hpp>
#include <strata/operations/norm/local_response_norm.hpp>
#include <strata/operations/norm/normalise.hpp>
#include <strata/operations/norm/scale_elements.hpp>
#include <strata/operations/norm/softmax.hpp>
#include <strata/operations/pointwise/dropout.hpp>
#include <strata/operations/pointwise/elementwise.hpp>
#include <strata/operations/pointwise/prelu.hpp>
#include <strata/operations/pointwise/shared_dropout.hpp>
#include <strata/operations/pool/adaptive_avg_pool.hpp>
#include <strata/operations/pool/adaptive_max_pool.hpp>
#include <strata/operations/pool/avg_pool.hpp>
#include <strata/operations/pool/max_pool.hpp>
#include <strata/operations/pool/over_positions.hpp>
#include <strata/operations/product/affine.hpp>
#include <strata/operations/product/conv.hpp>
#include <strata/operations/product/conv_transpose.hpp>
#include <strata/operations/product/depthwise_conv.hpp>
#include <strata/operations/product/matmul.hpp>
#include <strata/operations/product/transpose_weight.hpp>
#include <strata/plan/operation_rule.hpp>
#include <strata/plan/operations/add.hpp>
#include <strata/plan/operations/reshape.hpp>
#include <strata/plan/operations/sum_partials.hpp>

namespace strata_tests {

namespace operations = strata::operations;

/// Those whose test stands in tests/operations/, a file for each page, with all laws (operation_laws.hpp) over its
/// networks.
// clang-format off
using operations_under_laws = strata::type_list<
    operations::adaptive_avg_pool, operations::adaptive_avg_pool_gradient, operations::adaptive_max_pool,
    operations::adaptive_max_pool_gradient, operations::channel_products, operations::channel_sums,
    operations::conv_transpose, operations::crop,
    operations::depthwise_conv, operations::depthwise_input_gradient, operations::depthwise_weight_gradient,
    operations::embedding, operations::embedding_gradient, operations::gaussian_divergence, operations::group_norm,
    operations::group_norm_input_gradient, operations::group_norm_parameter_gradient, operations::group_norm_sums,
    operations::layer_norm, operations::layer_norm_input_gradient, operations::layer_norm_parameter_gradient,
    operations::local_response_norm, operations::local_response_norm_gradient, operations::matmul,
    operations::max_over_positions, operations::max_over_positions_gradient, operations::mean_over_positions,
    operations::mean_over_positions_gradient, operations::multiply, operations::pad, operations::pixel_shuffle,
    operations::pixel_unshuffle, operations::prelu, operations::prelu_input_gradient,
    operations::prelu_slope_gradient, operations::reflect_pad, operations::reflect_pad_gradient,
    operations::replicate_pad, operations::replicate_pad_gradient, operations::scale_channels,
    operations::scale_elements, operations::scale_elements_parameter_gradient, operations::shared_dropout,
    operations::soft_dice, operations::stream_window,
    operations::upsample, operations::upsample_bilinear, operations::upsample_bilinear_gradient,
    operations::upsample_gradient, operations::weighted_cross_entropy>;
// clang-format on

/// Those of which the policy cpu runs the definition, having no kernel: never by accident.
// clang-format off
using definitions_of_cpu = strata::type_list<
    operations::gaussian_divergence, operations::group_norm_parameter_gradient, operations::max_over_positions,
    operations::max_over_positions_gradient, operations::mean_over_positions,
    operations::mean_over_positions_gradient, operations::scale_elements,
    operations::scale_elements_parameter_gradient, operations::soft_dice>;
// clang-format on

/// Those whose networks stand in the lists of tests/reference, tests/support/comparisons and placement.hpp.
using operations_in_lists = strata::type_list<
    operations::add, operations::affine, operations::affine_input_gradient, operations::affine_weight_gradient,
    operations::avg_pool, operations::avg_pool_gradient, operations::batch_mean, operations::batch_moments,
    operations::batch_norm, operations::batch_norm_inference, operations::batch_norm_input_gradient,
    operations::batch_norm_parameter_gradient, operations::batch_norm_sums, operations::batch_statistics,
    operations::concat, operations::conv, operations::conv_input_gradient, operations::conv_weight_gradient,
    operations::copy, operations::dropout, operations::elementwise, operations::elementwise_gradient,
    operations::elementwise_loss, operations::fold_batch_norm, operations::max_pool, operations::max_pool_gradient,
    operations::normalise, operations::reorder, operations::reshape, operations::slice, operations::softmax,
    operations::softmax_cross_entropy, operations::softmax_gradient, operations::sum_partials,
    operations::transpose_weight>;

/// Those that a test defines for itself and holds to the laws.
inline constexpr strata::core::op operations_of_tests[] = {strata::core::op_named("steps_of"),
                                                           strata::core::op_named("times_steps")};

namespace detail {
template <class... A, class... B>
strata::type_list<A..., B...> joined(strata::type_list<A...>, strata::type_list<B...>);
}
using operation_list = decltype(detail::joined(operations_in_lists{}, operations_under_laws{}));

namespace detail {
template <class... Operations>
struct rules {
    strata::core::operation_rule rows[sizeof...(Operations)]{strata::core::rule_of<Operations>...};
};
template <class... Operations>
constexpr rules<Operations...> rules_of(strata::type_list<Operations...>) {
    return {};
}
inline constexpr auto all = rules_of(operation_list{});

/// The first rule whose kind another one has too, or −1.
constexpr int first_collision() {
    for (int i = 0; i < operation_list::size; ++i)
        for (int j = 0; j < i; ++j)
            if (all.rows[i].kind == all.rows[j].kind) return i;
    return -1;
}
} // namespace detail

/// Their rules, in the order of the list.
inline constexpr const auto& operation_rules = detail::all.rows;

static_assert(detail::first_collision() == -1, "two operations' names give the same number: rename one of them");

/// Whether the operation's test is the one in tests/operations/.
constexpr bool is_under_laws(strata::core::op kind) {
    for (int i = operations_in_lists::size; i < operation_list::size; ++i)
        if (operation_rules[i].kind == kind) return true;
    return false;
}

/// Marks of operations, by their kinds.
class marked_operations {
  public:
    /// Whether it is marked, to read or to change.
    bool& operator[](strata::core::op kind) {
        for (int i = 0; i < operation_list::size; ++i)
            if (operation_rules[i].kind == kind) return marks_[i];
        for (const strata::core::op own : operations_of_tests)
            if (own == kind) return of_a_test_;
        ++unlisted_;
        return marks_[0];
    }
    /// How often something was asked of an operation that is not in the list.
    [[nodiscard]] int unlisted() const { return unlisted_; }

  private:
    bool marks_[static_cast<std::size_t>(operation_list::size)]{};
    bool of_a_test_ = false;
    int unlisted_ = 0;
};

} // namespace strata_tests
