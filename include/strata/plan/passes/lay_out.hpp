#pragma once
/// lay_out — the fourth pass: chooses the memory format of every value. Images inside the network are channels-last if
/// the policy wants it, unless they are of integers. The caller's samples, targets, results and input gradient are
/// conventional, with a reorder at the border. A reshape becomes an alias, or a reorder where the orders differ. What
/// else an operation needs, its page asks for, such as a transposed copy of packed filters.
#include <strata/plan/operations/reshape.hpp>
#include <strata/plan/weights/weight_layout.hpp>

namespace strata::inline STRATA_ABI::core {

class lay_out_pass {
  public:
    constexpr explicit lay_out_pass(graph& g) : g_(&g), numbers_(g.wanted().target) {
        inside_.resize(g.values.size());
        prepared_.resize(g.values.size(), -1);
    }

    constexpr void run() {
        const int n = g_->operations.size(), forward = g_->forward;
        const operation* const operations = g_->operations.begin(); // this pass adds to a list of its own
        for (parameter_info *p = g_->parameters.begin(), *end = g_->parameters.end(); p != end; ++p) pack(*p);
        for (value_info *v = g_->values.begin(), *end = g_->values.end(); v != end; ++v)
            v->channels_last =
                v->where == storage::per_sample && v->element == element::number && reordered(v->extents);
        if (g_->input_gradient.exists()) keep_flattened_gradient();
        for (int i = 0; i < n; ++i) {
            if (i == forward) finish_outputs();
            if (operations[i].dead) continue;
            g_->current_layer = operations[i].layer;
            if (operations[i].k.kind == operations::reshape::kind) reshape(operations[i]);
            else keep(operations[i]);
        }
        if (forward == n) finish_outputs();
        if (g_->input_gradient.exists()) finish_input_gradient();
        g_->operations = static_cast<constexpr_vector<operation>&&>(laid_out_);
        size_values();
    }

    // ---- what an operation's own `lay_out` uses -------------------------------------------------------------------

    [[nodiscard]] constexpr const target_numbers& numbers() const { return numbers_; }
    [[nodiscard]] constexpr const parameter_info& parameter_of(value weight) const {
        return g_->parameters[g_->values[weight.index].parameter];
    }
    /// Another form of a weight, of so many elements in memory, made by an operation: one for each weight and key.
    /// Operations that share a weight may need different forms of it.
    template <class Operation>
    constexpr value prepare(value weight, const key& k, long long elements) {
        prepared_.resize(g_->values.size(), -1);
        for (int i = prepared_[weight.index]; i >= 0; i = forms_[i].before)
            if (forms_[i].made_by == Operation::kind && forms_[i].k == k) return forms_[i].made;
        const value made = g_->add_value(g_->extents(weight), storage::fixed);
        g_->values[made.index].elements = elements;
        add<Operation>(k, weight, made);
        forms_.push(form{Operation::kind, k, made, prepared_[weight.index]});
        prepared_[weight.index] = forms_.size() - 1;
        return made;
    }

  private:
    /// A form of a weight, and the one that was made before it.
    struct form {
        op made_by;
        key k;
        value made;
        int before;
    };

    [[nodiscard]] constexpr bool reordered(const shape& s) const {
        return numbers_.channels_last && (s.axes == role::image || s.axes == role::signal) && s.channels() > 1
               && s.positions() > 1;
    }
    /// Its format is that of the operations that use it as a weight.
    constexpr void pack(parameter_info& p) const {
        if (p.format == weight_format::conventional) return;
        if (!numbers_.packed_weights) p.format = weight_format::conventional;
        p.lanes = numbers_.lanes;
    }

    /// Values may have been added since: the side tables grow with them.
    constexpr value& entry(constexpr_vector<value>& table, value x) {
        table.resize(g_->values.size());
        return table[x.index];
    }

    /// An operation of one operand and one result.
    template <class Operation>
    constexpr void add(const key& k, value x, value y) {
        operation o = blank_operation;
        o.k = k;
        o.become(rule_of<Operation>);
        o.in[0] = x, o.inputs = 1;
        o.out[0] = y, o.outputs = 1;
        o.layer = g_->current_layer;
        laid_out_.push(o);
    }

    constexpr value reordered_copy(value x, bool from_channels_last, storage where) {
        const shape s = g_->extents(x);
        const value y = g_->add_value(s, where);
        g_->values[y.index].channels_last = !from_channels_last;
        key k;
        k.x = k.y = as_kernels_see(s);
        k.from_channels_last = from_channels_last;
        add<operations::reorder>(k, x, y);
        return y;
    }

    /// The form of `x` that operations inside the network read.
    constexpr value inside(value x) {
        const auto where = g_->values[x.index].where;
        const bool outside = is_of_caller(where) && where != storage::output && g_->values[x.index].root < 0;
        if (!outside || !reordered(g_->extents(x)) || g_->values[x.index].element != element::number) return x;
        if (!entry(inside_, x).exists()) {
            const value y = reordered_copy(x, false, storage::per_sample);
            entry(inside_, x) = y;
        }
        return entry(inside_, x);
    }

    constexpr void reshape(const operation& o) {
        const value x = o.in[0], y = o.out[0];
        const bool from = g_->values[x.index].channels_last, to = g_->values[y.index].channels_last;
        if (from == to && (!from || g_->extents(x) == g_->extents(y))) {
            g_->values[y.index].root = g_->values[x.index].root >= 0 ? g_->values[x.index].root : x.index;
            return;
        }
        operation r = o;
        r.k = key{};
        r.become(rule_of<operations::reorder>);
        r.k.x = r.k.y = as_kernels_see(from ? g_->extents(x) : g_->extents(y));
        r.k.from_channels_last = from;
        laid_out_.push(r);
    }

    constexpr void keep(const operation& from) {
        operation o = from;
        for (int i = 0; i < from.inputs; ++i)
            if (const storage w = g_->values.begin()[from.in[i].index].where;
                w <= storage::target || w >= storage::ports)
                o.in[i] = inside(from.in[i]);
        const operation_facts& facts = from.rule->facts;
        o.k.x = as_kernels_see(o.k.x), o.k.y = as_kernels_see(o.k.y), o.k.w = as_kernels_see(o.k.w);
        if (facts.on_rows) count_positions(o);
        if (from.rule->has_lay_out) from.rule->lay_out(*this, o);
        if (facts.meets_weights) o.k.lanes = numbers_.lanes;
        o.k.channels_last = numbers_.channels_last && (o.k.x.rank == 3 || o.k.y.rank == 3);
        if (facts.count_only) { // equal counts share one kernel
            set_count(o.k, static_cast<int>(o.k.x.size()));
            o.k.channels_last = false;
        }
        laid_out_.push(o);
    }

    /// For kernels a signal is an image of one row.
    static constexpr shape as_kernels_see(const shape& s) { return s.axes == role::signal ? shape(s.d0, 1, s.d1) : s; }
    /// The key shows one position of a sequence, so sequences of any length share kernels.
    static constexpr void count_positions(operation& o) {
        const shape& longer = o.k.x.axes == role::sequence ? o.k.x : o.k.y;
        if (longer.axes != role::sequence) return;
        o.positions = longer.positions();
        for (shape* s : {&o.k.x, &o.k.y, &o.k.w})
            if (s->axes == role::sequence || s->axes == role::tokens) *s = shape(s->channels());
    }

    /// A network that begins with flatten: the gradient that comes to its input is conventional already.
    constexpr void keep_flattened_gradient() {
        for (const operation& o : g_->operations)
            if (o.k.kind == operations::reshape::kind && o.out[0] == g_->input_gradient)
                g_->values[o.out[0].index].channels_last = false;
    }

    /// The gradient to the input is also for the caller; it stays in the arena.
    constexpr void finish_input_gradient() {
        g_->current_layer = -1;
        const value dx = g_->input_gradient;
        const int root = g_->values[dx.index].root >= 0 ? g_->values[dx.index].root : dx.index;
        if (g_->values[dx.index].channels_last) g_->input_gradient = reordered_copy(dx, true, storage::per_sample);
        else if (g_->values[root].where != storage::per_sample) g_->input_gradient = copied(dx, storage::per_sample);
    }
    [[nodiscard]] constexpr int root_of(value x) const {
        return g_->values[x.index].root >= 0 ? g_->values[x.index].root : x.index;
    }
    constexpr value copied(value x, storage where) {
        const element of = g_->values[x.index].element;
        const value y = g_->add_value(g_->extents(x), where, of);
        key k;
        k.x = k.y = shape(static_cast<int>(g_->extents(x).size()));
        k.integers = of == element::int32;
        add<operations::copy>(k, x, y);
        return y;
    }

    /// The results go to the caller, before anything of the gradient: directly where the order is the conventional
    /// one, else through a reorder.
    constexpr void finish_outputs() {
        for (int i = 0; i < g_->output_ports.size(); ++i) {
            named_value& port = g_->output_ports[i];
            if (!port.what.exists()) continue;
            port.what = handed_over(port.what, output_port(i, g_->input_ports.size()));
            if (i == 0) g_->output = port.what;
        }
        g_->forward = laid_out_.size();
    }
    constexpr value handed_over(value y, storage where) {
        g_->current_layer = -1;
        if (g_->values[y.index].channels_last) return reordered_copy(y, true, where);
        const int root = root_of(y);
        const bool produced = g_->values[root].where == storage::per_sample;
        if (produced && g_->values[root].extents.size() == g_->extents(y).size()) {
            g_->values[root].where = where;
            return y;
        }
        return copied(y, where);
    }

    constexpr void size_values() {
        parameter_info* const parameters = g_->parameters.begin();
        value_info* const values = g_->values.begin();
        for (int i = 0, n = g_->parameters.size(); i < n; ++i) parameters[i].elements = memory_elements(parameters[i]);
        for (int v = 0, n = g_->values.size(); v < n; ++v)
            if (values[v].elements == 0)
                values[v].elements =
                    values[v].parameter >= 0 ? parameters[values[v].parameter].elements : values[v].extents.size();
        for (operation& o : g_->operations)
            if (o.rule->facts.count_only && !o.k.batched) // padding included
                set_count(o.k, static_cast<int>(values[o.out[0].index].elements));
    }
    static constexpr void set_count(key& k, int count) {
        k.x = k.y = shape(count);
        if (k.w.rank > 0) k.w = k.x;
    }

    graph* g_;
    target_numbers numbers_;
    constexpr_vector<operation> laid_out_;
    constexpr_vector<value> inside_;
    constexpr_vector<form> forms_;
    constexpr_vector<int> prepared_; ///< for each value, the last of its forms, or −1
};

constexpr void lay_out(graph& g) { lay_out_pass(g).run(); }

} // namespace strata::inline STRATA_ABI::core
