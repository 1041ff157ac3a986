#pragma once
/// differentiate — the second pass: appends the operations of the gradient, in reverse, from the operations' own rules.
/// Only what the request asks for is derived: nothing for frozen layers, and nothing for the input unless requested.
#include <strata/plan/operations/add.hpp>
#include <strata/plan/operations/sum_partials.hpp>

namespace strata::inline STRATA_ABI::core {

/// Not constexpr: a gradient that reaches an operation without a rule stops the compiler here instead of vanishing.
inline void operation_without_a_gradient_rule() {}

constexpr void differentiate(graph& g) {
    g.forward = g.operations.size();
    if (!g.output_gradient.exists()) return;
    operations::gradients d(g, rule_of<operations::add>, rule_of<operations::sum_partials>);
    bool any = false;
    const auto begin = [&](value x, value dx) {
        if (d.wanted(x)) d.contribute(x, dx), any = true;
    };
    if (g.loss_parts.empty()) begin(g.differentiated, g.output_gradient);
    for (const loss_part& part : g.loss_parts) begin(part.differentiated, part.output_gradient);
    if (!any) return;
    for (int i = g.operations.size() - 1; i >= 0; --i) {
        const operation o = g.operations[i];
        bool reached = false;
        for (int y = 0; y < o.outputs; ++y) reached = reached || (d.wanted(o.out[y]) && d.of(o.out[y]).exists());
        if (!reached) continue;
        if (!o.rule->has_gradient) operation_without_a_gradient_rule();
        g.current_layer = o.layer;
        o.rule->differentiate(g, d, o);
    }
    for (int p = 0; p < g.parameters.size(); ++p) {
        const value dw = d.of({g.parameters[p].used_as});
        if (!dw.exists()) continue;
        g.values[dw.index].where = storage::gradient;
        g.values[dw.index].parameter = p;
    }
    if (g.wanted().input_gradient) g.input_gradient = d.of(g.input);
}

} // namespace strata::inline STRATA_ABI::core
