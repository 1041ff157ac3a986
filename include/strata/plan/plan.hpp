#pragma once
/// plan<Net, Request, Loss> — the network as constexpr data in plain arrays: steps, distinct operation keys,
/// parameters, block sizes. It has everything that a policy needs, and nothing that belongs to one policy.
#include <strata/plan/build.hpp>
#include <strata/plan/differentiate.hpp>
#include <strata/plan/fuse.hpp>
#include <strata/plan/lay_out.hpp>
#include <strata/plan/place.hpp>
#include <strata/plan/snapshot.hpp>

namespace strata::inline STRATA_ABI::core {

/// A value as a step sees it.
struct operand {
    storage where = storage::fixed;
    long long offset = 0;   ///< in elements; within per_sample and partial, before scaling
    long long elements = 0; ///< per sample, per chunk, or in all
};

inline constexpr int max_operands = max_inputs + max_outputs;

/// One operation of the schedule.
struct step {
    int kernel = -1; ///< row of the distinct keys
    int inputs = 0, outputs = 0;
    operand at[max_operands]{}; ///< inputs, then outputs
    op kind = op::copy;
    division split = division::samples;
    int rows = 1; ///< for division::rows
    long long work =
        0;            ///< a measure of its cost, per sample or in all: operations, and sixteen for each number it meets
    int layer = -1;   ///< row of the description
    int ordinal = 0;  ///< random layers
    int together = 1; ///< steps from this one on that a chunk goes through before the next chunk begins
};

struct plan_sizes {
    int steps = 0, keys = 0, parameters = 0, functions = 0;
};

template <int Steps, int Keys, int Parameters, int Functions>
struct plan_data {
    step steps[unsigned(Steps > 0 ? Steps : 1)]{};
    key keys[unsigned(Keys > 0 ? Keys : 1)]{};
    parameter_info parameters[unsigned(Parameters > 0 ? Parameters : 1)]{};
    const function_info* functions[unsigned(Functions > 0 ? Functions : 1)]{};
    block_sizes sizes{};
    shape input{}, output{}, target{};
    operand loss{}, input_gradient{};
    bool has_loss = false;
    int forward_steps =
        0; ///< the network, its results for the caller, and the loss; the steps behind them are the gradient's
    long long parameter_count = 0; ///< logical elements of all parameters, frozen ones included
    long long flops = 0;           ///< per sample; a multiply-add counts as two
};

namespace parts {

constexpr unsigned hash_of(const key& k) {
    // one expression: loops count against the compiler's evaluation steps
    const unsigned h = (((((((static_cast<unsigned>(k.kind) * 31u + static_cast<unsigned>(k.x.d0)) * 31u
                             + static_cast<unsigned>(k.x.d1))
                                * 31u
                            + static_cast<unsigned>(k.x.d2))
                               * 31u
                           + static_cast<unsigned>(k.y.d0))
                              * 31u
                          + static_cast<unsigned>(k.y.d1))
                             * 31u
                         + static_cast<unsigned>(k.w.d0 + k.function))
                            * 31u
                        + static_cast<unsigned>(k.win.kernel_h * 7 + k.win.kernel_w * 5 + k.win.stride_h * 3 + k.win.top
                                                + k.groups + k.begin));
    return (h ^ (h >> 15)) * 2654435761u >> 7;
}

/// Finds equal keys in constant time: ten thousand comparisons would exceed clang's default limit of evaluation steps.
class key_table {
  public:
    constexpr explicit key_table(int operations) {
        int places = 64;
        while (places < 2 * operations) places *= 2;
        slot_.resize(places, -1);
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

// The passes in their order, in three evaluations (see snapshot.hpp).
template <class Net, class Loss>
constexpr graph differentiated(const request& wanted) {
    graph g = build<Net, Loss>(wanted);
    if (!g.failed()) differentiate(g);
    return g;
}
template <class Net, request R, class Loss>
inline constexpr snapshot_counts counts_differentiated = counts_of(differentiated<Net, Loss>(R));
template <class Net, request R, class Loss>
inline constexpr snapshot<counts_differentiated<Net, R, Loss>> differentiated_graph{differentiated<Net, Loss>(R)};

template <class Net, request R, class Loss>
constexpr graph laid_out() {
    graph g = differentiated_graph<Net, R, Loss>.restored(R);
    fuse(g);
    lay_out(g);
    return g;
}
template <class Net, request R, class Loss>
inline constexpr snapshot_counts counts_laid_out = counts_of(laid_out<Net, R, Loss>());
template <class Net, request R, class Loss>
inline constexpr snapshot<counts_laid_out<Net, R, Loss>> laid_out_graph{laid_out<Net, R, Loss>()};

template <class Net, request R, class Loss>
constexpr key_table distinct_keys(growing<int>* kernel_of_step = nullptr) {
    constexpr int count = counts_laid_out<Net, R, Loss>.operations;
    const operation* const operations = laid_out_graph<Net, R, Loss>.operations;
    key_table table(count);
    for (int i = 0; i < count; ++i) {
        const int kernel = table.index_of(operations[i].k);
        if (kernel_of_step != nullptr) kernel_of_step->push(kernel);
    }
    return table;
}

template <class Net, request R, class Loss>
constexpr plan_sizes count_plan() {
    constexpr snapshot_counts n = counts_laid_out<Net, R, Loss>;
    return {n.operations, distinct_keys<Net, R, Loss>().keys.size(), n.parameters, n.functions};
}
template <class Net, request R, class Loss>
inline constexpr plan_sizes plan_sizes_of = count_plan<Net, R, Loss>();

constexpr operand operand_of(const graph& g, value v) {
    if (!v.exists()) return {};
    const value_info& info = g.values[v.index];
    return {info.where, info.offset, info.elements};
}

template <class Net, request R, class Loss>
constexpr auto frozen() {
    constexpr plan_sizes S = plan_sizes_of<Net, R, Loss>;
    plan_data<S.steps, S.keys, S.parameters, S.functions> data;
    graph g = laid_out_graph<Net, R, Loss>.restored(R);
    data.sizes = place(g);
    growing<int> kernel_of_step;
    const key_table table = distinct_keys<Net, R, Loss>(&kernel_of_step);
    const operation* const operations = g.operations.begin();
    const value_info* const values = g.values.begin();
    for (int t = 0; t < S.steps; ++t) {
        const operation& o = operations[t];
        const operation_rule& r = rules.rows[static_cast<int>(o.k.kind)];
        step& s = data.steps[t];
        s.kernel = kernel_of_step.begin()[t], s.inputs = o.inputs, s.outputs = o.outputs;
        for (int i = 0; i < o.inputs + o.outputs; ++i) {
            const value_info& info = values[i < o.inputs ? o.in[i].index : o.out[i - o.inputs].index];
            s.at[i].where = info.where, s.at[i].offset = info.offset, s.at[i].elements = info.elements;
        }
        s.kind = o.k.kind, s.layer = o.layer, s.ordinal = o.ordinal;
        s.split = o.k.batched || r.split != division::samples ? r.split : division::whole;
        if (r.has_rows) s.rows = r.rows(o.k);
        s.together = t > 0 && data.steps[t - 1].together > 1 ? data.steps[t - 1].together - 1 : steps_together(g, t);
        s.work = r.flops(o.k);
        for (int i = 0; i < o.inputs + o.outputs; ++i) s.work += 16 * s.at[i].elements;
        data.flops += r.flops(o.k);
    }
    for (int i = 0; i < S.keys; ++i) data.keys[i] = table.keys[i];
    for (int i = 0; i < S.parameters; ++i) {
        data.parameters[i] = g.parameters[i];
        if (g.parameters[i].where == storage::parameter) data.parameter_count += g.parameters[i].extents.size();
    }
    for (int i = 0; i < S.functions; ++i) data.functions[i] = g.functions[i];
    data.input = g.extents(g.input);
    data.output = g.extents(g.output);
    data.target = g.extents(g.target);
    data.has_loss = g.loss.exists();
    data.forward_steps = g.forward;
    data.loss = operand_of(g, g.loss);
    data.input_gradient = operand_of(g, g.input_gradient);
    return data;
}

/// The most steps, and the most operations per sample (a multiply-add is two), of a plan that runs unrolled.
inline constexpr int most_unrolled_steps = 16;
inline constexpr long long most_unrolled_flops = 16384;

template <class Data>
constexpr bool is_unrolled(const Data& data, int steps, const request& wanted) {
    if (!wanted.target.unrolled || wanted.mode != mode::inference || steps > most_unrolled_steps
        || data.flops > most_unrolled_flops)
        return false;
    for (const step& s : data.steps) // what is summed over chunks is a matter of tasks
        for (const operand& o : s.at)
            if (o.where == storage::partial) return false;
    return true;
}

} // namespace parts

template <class Net, request R, class Loss = no_loss>
struct plan {
    using network = Net;
    using loss = Loss;
    static constexpr request wanted = R;
    static constexpr auto data = parts::frozen<Net, R, Loss>();
    static constexpr int steps = parts::plan_sizes_of<Net, R, Loss>.steps;
    static constexpr int keys = parts::plan_sizes_of<Net, R, Loss>.keys;
    static constexpr int parameters = parts::plan_sizes_of<Net, R, Loss>.parameters;
    static constexpr int chunk =
        R.target.chunk; ///< samples in a chunk (clang 19 crashes where code reads R at run time)

    /// Do the steps run as straight-line code? They do where there are few and each does so little that calling it
    /// would cost as much.
    static constexpr bool unrolled = parts::is_unrolled(data, steps, R);

    /// How many chunks a batch is divided into.
    static constexpr int chunks(int batch) { return (batch + chunk - 1) / chunk; }
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

} // namespace strata::inline STRATA_ABI::core
