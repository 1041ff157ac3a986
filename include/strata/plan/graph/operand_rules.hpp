#pragma once
/// operand_rules — what an operation of a graph may read: numbers unless it takes integers, parameters where its facts
/// say so, in one layout, and in a stream the positions of one step.
#include <strata/plan/graph.hpp>

namespace strata::inline STRATA_ABI::core {

constexpr void graph::refuse_integers(value x) {
    mistaken(mistake_kind::input_is_tokens, extents(x), {}, "works on numbers, but gets the ",
             extents(x).axes == role::tokens ? "tokens " : "integers ", extents(x),
             ". Put embedding<Vocabulary, Features> before it.");
}
/// A stream's operation sees the positions of one step, so it must need no others.
constexpr void graph::require_positions(const operation_rule& of, const key& k, value x) {
    const operation_facts& facts = of.facts;
    if (facts.on_rows || facts.count_only || facts.streams || (of.has_by_position && of.by_position(k))) return;
    if (values.begin()[x.index].extents.has_order())
        mistaken(mistake_kind::layer_cannot_stream, extents(x), {}, "needs all positions at once, by its operation ",
                 of.name, ", but a stream passes on ", wanted_.hop,
                 " per step. Use layers that are causal, or that work on each position alone.");
}
/// Kernels read an operand per sample or, where facts say so, as a parameter that all samples share.
constexpr void graph::check_operands(const operation_rule& of, const key& k, const value* in, int inputs) {
    const int shared = of.facts.parameters < 0 ? inputs : of.facts.parameters;
    for (int i = 0; i < inputs && !failed(); ++i) {
        if (in[i].index < 0) continue;
        const value_info& v = values[in[i].index];
        if (v.where == storage::state) continue;
        if (v.parameter >= 0 && i < shared)
            mistaken(mistake_kind::operand_is_a_parameter, v.extents, {}, "the parameter \"",
                     names_of_parameters[v.parameter], "\" is an operand of the operation ", of.name,
                     ", which reads other numbers for each sample. Use an operation that takes parameters, such as "
                     "affine; a new one says in its facts which of its operands are parameters.");
        else if (v.parameter >= 0) use_parameter(of, k, in[i], i == of.facts.weight);
        else if (i >= shared && (v.where == storage::per_sample || is_of_caller(v.where)))
            mistaken(mistake_kind::operand_is_not_a_parameter, v.extents, {}, "the operation ", of.name,
                     " takes a parameter as its operand ", i + 1,
                     ", but gets a computed value. Use g.parameter or g.buffer.");
    }
}
/// A parameter is stored once: all operations that use it must need the same layout.
constexpr void graph::use_parameter(const operation_rule& of, const key& k, value x, bool is_weight) {
    parameter_info& p = parameters[values[x.index].parameter];
    const weight_format format = is_weight ? of.facts.packed : weight_format::conventional;
    const bool is_new = p.format == weight_format::conventional && !p.read_as_it_is;
    if (is_new && format == weight_format::conventional) p.read_as_it_is = true;
    else if (is_new) p.format = format, p.groups = k.groups;
    else if (p.format != format || (is_weight && p.groups != k.groups)) two_layouts(of, k, x);
}
constexpr void graph::two_layouts(const operation_rule& of, const key& k, value x) {
    const operation* first = operations.begin();
    const auto uses = [&](const operation& o) {
        for (int i = 0; i < o.inputs; ++i)
            if (o.in[i] == x) return true;
        return false;
    };
    while (!uses(*first)) ++first;
    const parameter_info& p = parameters[values[x.index].parameter];
    const auto named = [&](const operation_rule& rule, int groups) {
        text words;
        words.add(rule.name);
        if (first->k.kind == of.kind) words.add(" with ", groups, groups == 1 ? " group" : " groups");
        return words;
    };
    mistaken(mistake_kind::weight_has_two_layouts, shape(p.groups), shape(k.groups), "the operations ",
             named(*first->rule, p.groups), " and ", named(of, k.groups), " share the weight \"",
             names_of_parameters[values[x.index].parameter],
             "\", but need it in different layouts. Give each a parameter of its own.");
}

} // namespace strata::inline STRATA_ABI::core
