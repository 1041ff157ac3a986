#pragma once
/// operation_rule, rule_of<Operation> — an operation's page as plain data. The operations of a graph point to their
/// rules, as to their functions, so a program compiles the rules that its networks use, and no list names them all.
///
/// Never compare the addresses of rules, nor a pointer in a rule with null: under -fsanitize=undefined g++ does not
/// take the comparison for a constant (PR 71962). Compare kinds, and ask the `has_` beside each pointer.
#include <strata/plan/key.hpp>
#include <strata/plan/operation_facts.hpp>

namespace strata::inline STRATA_ABI::operations {
class gradients;
} // namespace strata::inline STRATA_ABI::operations

namespace strata::inline STRATA_ABI::core {

class graph;
class lay_out_pass;
struct operation;

struct operation_rule {
    op kind{};
    const char* name = ""; ///< for messages
    division split = division::samples;
    operation_facts facts{};
    long long (*flops)(const key&) = nullptr; ///< of one sample; a multiply-add counts as two
    int (*rows)(const key&) = nullptr;        ///< of division::rows
    void (*differentiate)(graph&, operations::gradients&, const operation&) = nullptr;
    /// Changes an operation while it is laid out, where facts do not suffice.
    void (*lay_out)(lay_out_pass&, operation&) = nullptr;
    /// Does it make each position of the one at its place, where only the key tells?
    bool (*by_position)(const key&) = nullptr;
    bool has_rows = false, has_gradient = false, has_lay_out = false, has_by_position = false;
};

template <class Operation>
constexpr operation_rule describe_operation() {
    operation_rule rule;
    rule.kind = Operation::kind;
    rule.name = Operation::name;
    rule.split = Operation::split;
    rule.flops = &Operation::flops;
    if constexpr (requires { Operation::facts; }) rule.facts = Operation::facts;
    if constexpr (requires { &Operation::rows; }) rule.rows = &Operation::rows, rule.has_rows = true;
    if constexpr (requires { &Operation::differentiate; })
        rule.differentiate = &Operation::differentiate, rule.has_gradient = true;
    if constexpr (requires { &Operation::lay_out; }) rule.lay_out = &Operation::lay_out, rule.has_lay_out = true;
    if constexpr (requires { &Operation::by_position; })
        rule.by_position = &Operation::by_position, rule.has_by_position = true;
    return rule;
}
template <class Operation>
inline constexpr operation_rule rule_of = describe_operation<Operation>();

} // namespace strata::inline STRATA_ABI::core
