#pragma once
/// operations::gradients — the interface of the operations' gradient rules while the graph is differentiated in
/// reverse.
#include <strata/plan/graph.hpp>

namespace strata::inline STRATA_ABI::operations {

class gradients {
  public:
    /// It adds two operations itself, whose rules it is given: `add` and `sum_partials`.
    constexpr gradients(graph& g, const operation_rule& add, const operation_rule& sum_partials)
        : graph_(&g), add_(&add), sum_partials_(&sum_partials) {
        of_.resize(g.values.size());
        wanted_.resize(g.values.size(), false);
        // A value needs a gradient if something requested is upstream of it; nothing else is derived. Integers have
        // none.
        bool* const wanted = wanted_.begin();
        const value_info* const values = g.values.begin();
        for (const parameter_info& p : g.parameters)
            if (p.where == storage::parameter && p.trainable) wanted[p.used_as] = true;
        if (g.wanted().input_gradient) wanted[g.input.index] = values[g.input.index].element == element::number;
        for (const operation& o : g.operations) {
            bool any = false;
            for (int i = 0; i < o.inputs; ++i) any = any || wanted[o.in[i].index];
            for (int j = 0; any && j < o.outputs; ++j)
                wanted[o.out[j].index] = values[o.out[j].index].element == element::number;
        }
    }

    /// Is a gradient to `x` requested?
    [[nodiscard]] constexpr bool wanted(value x) const { return x.index < wanted_.size() && wanted_[x.index]; }
    /// The gradient that reached `x` so far (no value if none did).
    [[nodiscard]] constexpr value of(value x) const { return x.index < of_.size() ? of_[x.index] : value{}; }

    /// Adds `dx` to the gradient of `x`.
    constexpr void contribute(value x, value dx) {
        if (x.index >= of_.size()) of_.resize(graph_->values.size()); // a value that a rule added
        value& total = of_[x.index];
        if (!total.exists()) {
            total = dx;
            return;
        }
        const value_info like = graph_->values[dx.index];
        // The caller's values have one number per sample as well, but a sum needs memory of its own.
        const bool callers = is_of_caller(like.where);
        const storage where = callers ? storage::per_sample : like.where;
        key k;
        k.x = k.w = k.y = like.extents;
        k.batched = where == storage::per_sample;
        const value sum = graph_->apply(*add_, k, {total, dx}, like.extents, where);
        graph_->values[sum.index].parameter = like.parameter;
        total = sum;
    }

    /// A new value with the extents and the memory format of a parameter.
    constexpr value like_parameter(value parameter, storage where) {
        const int p = graph_->values[parameter.index].parameter;
        const value v = graph_->add_value(graph_->extents(parameter), where);
        graph_->values[v.index].parameter = p;
        return v;
    }

    /// Sums a parameter's partial gradients over the chunks, in a fixed order, and contributes the sum.
    constexpr void contribute_partials(value parameter, value partials) {
        const value sum = like_parameter(parameter, storage::fixed);
        key k;
        k.x = k.y = graph_->extents(parameter);
        k.batched = false;
        graph_->add_operation(*sum_partials_, k, &partials, 1, &sum, 1);
        contribute(parameter, sum);
    }

  private:
    graph* graph_;
    const operation_rule *add_, *sum_partials_;
    constexpr_vector<value> of_;
    constexpr_vector<bool> wanted_;
};

} // namespace strata::inline STRATA_ABI::operations
