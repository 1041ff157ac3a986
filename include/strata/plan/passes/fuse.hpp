#pragma once
/// fuse — the third pass, by the operations' facts: a product takes the elementwise function behind it into its
/// epilogue, the gradient of a pooling takes the derivative of the function before the pooling, and in inference a
/// convolution takes the batch-norm behind it as a scale and a shift.
#include <strata/plan/graph.hpp>

namespace strata::inline STRATA_ABI::core {

class fuse_pass {
  public:
    constexpr explicit fuse_pass(graph& g) : g_(&g) {
        producer_.resize(g.values.size(), -1);
        readers_.resize(g.values.size(), 0);
        // Plain pointers: every call of an operator counts towards the compiler's evaluation steps.
        const operation* const operations = g.operations.begin();
        int* const producer = producer_.begin();
        int* const readers = readers_.begin();
        for (int i = 0, n = g.operations.size(); i < n; ++i) {
            for (int j = 0; j < operations[i].inputs; ++j) ++readers[operations[i].in[j].index];
            for (int j = 0; j < operations[i].outputs; ++j) producer[operations[i].out[j].index] = i;
        }
        for (const named_value& y : g.output_ports)
            if (y.what.exists()) ++readers[y.what.index];
    }
    constexpr void run() {
        const int n = g_->operations.size();
        const operation* const operations = g_->operations.begin();
        for (int i = 0; i < n; ++i)
            if (const operation_facts& facts = operations[i].rule->facts; facts.is_function) absorb(i);
            else if (facts.is_derivative) absorb_derivative(i);
            else if (facts.is_scale && !operations[i].k.scale_only) fold(i);
    }

  private:
    /// The operation that alone feeds operation `i`, or −1.
    [[nodiscard]] constexpr int sole_source(int i) const {
        const value x = g_->operations[i].in[0];
        return readers_[x.index] == 1 ? producer_[x.index] : -1;
    }
    constexpr void take_over_output(int source, int i) {
        operation& o = g_->operations[i];
        g_->operations[source].out[0] = o.out[0];
        producer_[o.out[0].index] = source;
        o.dead = true;
    }
    constexpr void absorb(int i) {
        const int source = sole_source(i);
        if (source < 0) return;
        operation& s = g_->operations[source];
        if (!s.rule->facts.takes_function || s.k.function >= 0) return;
        s.k.function = g_->operations[i].k.function;
        take_over_output(source, i);
    }
    /// dx = dy · f'(y) of the function whose result y was pooled: the pooling's gradient reads y as well.
    constexpr void absorb_derivative(int i) {
        const operation& o = g_->operations[i];
        const value dy = o.in[1];
        const int source = readers_[dy.index] == 1 ? producer_[dy.index] : -1;
        if (source < 0) return;
        operation& s = g_->operations[source];
        const int from = s.rule->facts.takes_derivative;
        if (from < 0 || !(s.in[from] == o.in[0]) || s.k.function >= 0) return;
        s.k.function = o.k.function;
        take_over_output(source, i);
    }
    constexpr void fold(int i) {
        const int source = sole_source(i);
        if (source < 0) return;
        const key& before = g_->operations[source].k;
        if (!g_->operations[source].rule->facts.takes_scale || before.function >= 0 || before.scaled) return;
        const operation norm = g_->operations[i];
        // The source takes over the scale and moves to its place in the order, behind the operation that feeds it.
        operation moved = g_->operations[source];
        const shape per_channel(moved.k.y.channels());
        const value folded[] = {g_->add_value(per_channel, storage::fixed), g_->add_value(per_channel, storage::fixed)};
        operation fold_in;
        fold_in.become(*norm.rule->facts.as_scale);
        fold_in.k.x = per_channel;
        fold_in.k.real = norm.k.real;
        fold_in.k.bias = moved.k.bias;
        fold_in.layer = norm.layer;
        fold_in.inputs = norm.inputs - 1;
        for (int j = 0; j < fold_in.inputs; ++j) fold_in.in[j] = norm.in[j + 1];
        if (moved.k.bias) fold_in.in[fold_in.inputs++] = moved.in[2];
        fold_in.out[0] = folded[0], fold_in.out[1] = folded[1];
        fold_in.outputs = 2;
        moved.k.bias = false;
        moved.k.scaled = true;
        moved.in[2] = folded[0], moved.in[3] = folded[1];
        moved.inputs = 4;
        moved.out[0] = norm.out[0];
        g_->operations[source] = fold_in;
        g_->operations[i] = moved;
        producer_[norm.out[0].index] = i;
        producer_.resize(g_->values.size(), source);
        readers_.resize(g_->values.size(), 1);
    }

    graph* g_;
    constexpr_vector<int> producer_, readers_;
};

constexpr void fuse(graph& g) { fuse_pass(g).run(); }

} // namespace strata::inline STRATA_ABI::core
