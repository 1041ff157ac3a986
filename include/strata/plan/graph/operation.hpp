#pragma once
/// operation — one step of a graph: its key, its page as data, and its operands.
#include <strata/plan/graph/value.hpp>
#include <strata/plan/key.hpp>
#include <strata/plan/operation_rule.hpp>

namespace strata::inline STRATA_ABI::core {

struct operation {
    key k{};
    const operation_rule* rule = nullptr;
    value in[max_inputs]{};
    value out[max_outputs]{};
    int inputs = 0, outputs = 0;
    int layer = -1;
    int ordinal = 0;   ///< random layers
    int positions = 1; ///< set by lay_out: how many rows of the key a sample has
    bool dead = false;

    /// Makes it one of that kind.
    constexpr void become(const operation_rule& of) { k.kind = of.kind, rule = &of; }
};

/// A copy of it costs a fraction of what default construction does, member by member, during constant evaluation.
inline constexpr operation blank_operation{};

} // namespace strata::inline STRATA_ABI::core
