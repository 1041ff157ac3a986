#pragma once
/// plan<Net, Request, Loss> — the network as constexpr data in plain arrays: steps, distinct operation keys, parameters,
/// block sizes. Everything a policy needs, and nothing of any policy.
#include <strata/plan/build.hpp>
#include <strata/plan/differentiate.hpp>
#include <strata/plan/fuse.hpp>
#include <strata/plan/lay_out.hpp>
#include <strata/plan/place.hpp>

namespace strata::inline v0_1 {

/// A value as a step sees it.
struct operand {
    storage where = storage::fixed;
    long long offset = 0;   ///< in elements; within per_sample and partial, before scaling
    long long elements = 0; ///< per sample, per chunk, or in all
};

inline constexpr int max_operands = max_inputs + max_outputs;

/// One operation of the schedule.
struct step {
    int kernel = -1;  ///< row of the distinct keys
    int inputs = 0, outputs = 0;
    operand at[max_operands]{}; ///< inputs, then outputs
    op kind = op::copy;
    division split = division::samples;
    int rows = 1;     ///< for division::rows
    int layer = -1;   ///< row of the description
    int ordinal = 0;  ///< random layers
};

struct plan_sizes {
    int steps = 0, keys = 0, parameters = 0, functions = 0;
};

template <int Steps, int Keys, int Parameters, int Functions>
struct plan_data {
    step steps[Steps > 0 ? Steps : 1]{};
    key keys[Keys > 0 ? Keys : 1]{};
    parameter_info parameters[Parameters > 0 ? Parameters : 1]{};
    const function_info* functions[Functions > 0 ? Functions : 1]{};
    block_sizes sizes{};
    shape input{}, output{}, target{};
    operand loss{}, input_gradient{};
    bool has_loss = false;
    long long parameter_count = 0; ///< logical elements of all parameters, frozen ones included
    long long flops = 0;           ///< per sample; a multiply-add counts as two
};

namespace detail {

constexpr unsigned hash_of(const key& k) {
    unsigned h = 2166136261u;
    for (int part : {static_cast<int>(k.kind), k.x.d0, k.x.d1, k.x.d2, k.y.d0, k.y.d1, k.y.d2, k.w.d0, k.function,
                     k.groups, k.begin, k.win.kernel_h, k.win.kernel_w, k.win.stride_h, k.win.top, k.win.left})
        h = (h ^ static_cast<unsigned>(part)) * 16777619u;
    return h ^ (h >> 15);
}

/// Finds equal keys in constant time: ten thousand comparisons would meet clang's default limit of evaluation steps.
class key_table {
  public:
    constexpr explicit key_table(int operations) {
        int slots = 64;
        while (slots < 2 * operations) slots *= 2;
        slot_.resize(slots, -1);
    }
    constexpr int index_of(const key& k) {
        unsigned at = hash_of(k) & static_cast<unsigned>(slot_.size() - 1);
        while (slot_[static_cast<int>(at)] >= 0) {
            if (keys[slot_[static_cast<int>(at)]] == k) return slot_[static_cast<int>(at)];
            at = (at + 1) & static_cast<unsigned>(slot_.size() - 1);
        }
        slot_[static_cast<int>(at)] = keys.size();
        keys.push(k);
        return keys.size() - 1;
    }
    growing<key> keys;

  private:
    growing<int> slot_;
};

struct drafted {
    graph g;
    block_sizes sizes;
    key_table keys;
    growing<int> kernel_of_step;
};

/// All passes, in their order.
template <class Net, class Loss>
constexpr drafted draft(const request& wanted) {
    graph g = build<Net, Loss>(wanted);
    if (!g.failed()) {
        differentiate(g);
        fuse(g);
        lay_out(g);
    }
    const block_sizes sizes = g.failed() ? block_sizes{} : place(g);
    drafted d{static_cast<graph&&>(g), sizes, key_table(g.operations.size()), {}};
    if (!d.g.failed())
        for (const operation& o : d.g.operations) d.kernel_of_step.push(d.keys.index_of(o.k));
    return d;
}

constexpr plan_sizes sizes_of(const drafted& d) {
    return {d.kernel_of_step.size(), d.keys.keys.size(), d.g.parameters.size(), d.g.functions.size()};
}

template <class Net, request R, class Loss>
inline constexpr plan_sizes plan_sizes_of = sizes_of(draft<Net, Loss>(R));

constexpr operand operand_of(const graph& g, value v) {
    if (!v.exists()) return {};
    const value_info& info = g.values[v.index];
    return {info.where, info.offset, info.elements};
}

template <plan_sizes S>
constexpr auto frozen(const drafted& d) {
    plan_data<S.steps, S.keys, S.parameters, S.functions> data;
    const graph& g = d.g;
    for (int t = 0; t < S.steps; ++t) {
        const operation& o = g.operations[t];
        step& s = data.steps[t];
        s.kernel = d.kernel_of_step[t];
        s.inputs = o.inputs, s.outputs = o.outputs;
        for (int i = 0; i < o.inputs; ++i) s.at[i] = operand_of(g, o.in[i]);
        for (int i = 0; i < o.outputs; ++i) s.at[o.inputs + i] = operand_of(g, o.out[i]);
        s.kind = o.k.kind;
        s.split = o.k.batched || rule(o.k.kind).split != division::samples ? rule(o.k.kind).split : division::whole;
        if (rule(o.k.kind).rows != nullptr) s.rows = rule(o.k.kind).rows(o.k);
        s.layer = o.layer;
        s.ordinal = o.ordinal;
        data.flops += rule(o.k.kind).flops(o.k);
    }
    for (int i = 0; i < S.keys; ++i) data.keys[i] = d.keys.keys[i];
    for (int i = 0; i < S.parameters; ++i) {
        data.parameters[i] = g.parameters[i];
        if (g.parameters[i].where == storage::parameter) data.parameter_count += g.parameters[i].extents.size();
    }
    for (int i = 0; i < S.functions; ++i) data.functions[i] = g.functions[i];
    data.sizes = d.sizes;
    data.input = g.extents(g.input);
    data.output = g.extents(g.output);
    data.target = g.extents(g.target);
    data.has_loss = g.loss.exists();
    data.loss = operand_of(g, g.loss);
    data.input_gradient = operand_of(g, g.input_gradient);
    return data;
}

} // namespace detail

template <class Net, request R, class Loss = no_loss>
struct plan {
    using network = Net;
    using loss = Loss;
    static constexpr request wanted = R;
    static constexpr auto data = detail::frozen<detail::plan_sizes_of<Net, R, Loss>>(detail::draft<Net, Loss>(R));
    static constexpr int steps = detail::plan_sizes_of<Net, R, Loss>.steps;
    static constexpr int keys = detail::plan_sizes_of<Net, R, Loss>.keys;
    static constexpr int parameters = detail::plan_sizes_of<Net, R, Loss>.parameters;

    /// How many chunks a batch is divided into.
    static constexpr int chunks(int batch) { return (batch + R.target.chunk - 1) / R.target.chunk; }
    /// Elements of the arena for a batch.
    static constexpr long long arena_elements(int batch) {
        return data.sizes.fixed + batch * data.sizes.per_sample + chunks(batch) * data.sizes.partial;
    }
};

/// The distinct keys in pieces of 32: nvcc copies a whole constexpr table at each use of one of its elements.
struct key_chunk {
    key keys[32]{};
};
template <class Plan, int Chunk>
inline constexpr key_chunk key_chunk_of = [] {
    key_chunk piece;
    for (int i = 0; i < 32 && Chunk * 32 + i < Plan::keys; ++i) piece.keys[i] = Plan::data.keys[Chunk * 32 + i];
    return piece;
}();

} // namespace strata::inline v0_1
