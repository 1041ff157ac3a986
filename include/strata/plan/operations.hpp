#pragma once
/// The closed list of primitive operations, in one place: tests and passes iterate it.
#include <strata/base/type_list.hpp>
#include <strata/plan/operations/add.hpp>
#include <strata/plan/operations/affine.hpp>
#include <strata/plan/operations/avg_pool.hpp>
#include <strata/plan/operations/batch_mean.hpp>
#include <strata/plan/operations/batch_norm.hpp>
#include <strata/plan/operations/concat.hpp>
#include <strata/plan/operations/conv.hpp>
#include <strata/plan/operations/dropout.hpp>
#include <strata/plan/operations/elementwise.hpp>
#include <strata/plan/operations/elementwise_loss.hpp>
#include <strata/plan/operations/max_pool.hpp>
#include <strata/plan/operations/normalise.hpp>
#include <strata/plan/operations/reshape.hpp>
#include <strata/plan/operations/softmax.hpp>
#include <strata/plan/operations/softmax_cross_entropy.hpp>
#include <strata/plan/operations/sum_partials.hpp>
#include <strata/plan/operations/transpose_weight.hpp>

namespace strata::inline STRATA_ABI::core {

/// In the order of `enum class op`.
using operation_list = type_list<
    operations::affine, operations::affine_input_gradient, operations::affine_weight_gradient, operations::conv,
    operations::conv_input_gradient, operations::conv_weight_gradient, operations::sum_partials,
    operations::transpose_weight, operations::max_pool, operations::max_pool_gradient, operations::avg_pool,
    operations::avg_pool_gradient, operations::elementwise, operations::elementwise_gradient, operations::softmax,
    operations::softmax_gradient, operations::batch_moments, operations::batch_statistics, operations::batch_norm,
    operations::batch_norm_inference, operations::batch_norm_sums, operations::batch_norm_parameter_gradient,
    operations::batch_norm_input_gradient, operations::fold_batch_norm, operations::dropout, operations::add,
    operations::concat, operations::slice, operations::reshape, operations::reorder, operations::copy,
    operations::softmax_cross_entropy, operations::elementwise_loss, operations::batch_mean, operations::normalise>;

/// An operation's rule as plain data: a row per kind.
struct operation_rule {
    op kind = op::copy;
    const char* name = nullptr;
    division split = division::samples;
    long long (*flops)(const key&) = nullptr;
    int (*rows)(const key&) = nullptr;
    void (*differentiate)(graph&, operations::gradients&, const operation&) = nullptr;
    // Asked during constant evaluation instead of the pointers: under -fsanitize=undefined g++ calls the comparison of
    // an address with null no constant (PR 71962).
    bool has_rows = false, has_gradient = false;
};

namespace parts {
template <class Operation>
constexpr operation_rule rule_of() {
    operation_rule rule{Operation::kind, Operation::name, Operation::split, &Operation::flops};
    if constexpr (requires { &Operation::rows; }) rule.rows = &Operation::rows, rule.has_rows = true;
    if constexpr (requires { &Operation::differentiate; })
        rule.differentiate = &Operation::differentiate, rule.has_gradient = true;
    return rule;
}
template <class... Operations>
struct rule_table {
    operation_rule rows[sizeof...(Operations)]{};
    constexpr rule_table() {
        int i = 0;
        int in_order[] = {(rows[i++] = rule_of<Operations>(), 0)..., 0};
        (void)in_order;
    }
    [[nodiscard]] constexpr bool in_order_of_kinds() const {
        for (int i = 0; i < static_cast<int>(sizeof...(Operations)); ++i)
            if (static_cast<int>(rows[i].kind) != i) return false;
        return true;
    }
};
template <class... Operations>
constexpr rule_table<Operations...> make_rules(type_list<Operations...>) {
    return {};
}
} // namespace parts

inline constexpr auto rules = parts::make_rules(operation_list{});
static_assert(rules.in_order_of_kinds(), "operation_list must follow enum class op");

namespace parts {
template <class... Operations>
struct name_table {
    const char* names[sizeof...(Operations)]{Operations::name...};
};
template <class... Operations>
constexpr name_table<Operations...> make_names(type_list<Operations...>) {
    return {};
}
inline constexpr auto operation_names = make_names(operation_list{});
} // namespace parts

/// The name of a kind, for messages. Apart from `rules`, so that a program that needs a name at run time does not have
/// the gradient rules compiled into it.
constexpr const char* operation_name(op kind) { return parts::operation_names.names[static_cast<int>(kind)]; }

constexpr const operation_rule& rule(op kind) { return rules.rows[static_cast<int>(kind)]; }

} // namespace strata::inline STRATA_ABI::core
