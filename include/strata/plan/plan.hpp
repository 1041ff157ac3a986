#pragma once
/// plan<Net, Request, Loss> — the network as constexpr data in plain arrays: steps, distinct operation keys,
/// parameters, block sizes. It has everything that a policy needs, and nothing that belongs to one policy.
#include <strata/plan/diagnosis.hpp>
#include <strata/plan/passes/build.hpp>
#include <strata/plan/passes/differentiate.hpp>
#include <strata/plan/passes/fuse.hpp>
#include <strata/plan/passes/lay_out.hpp>
#include <strata/plan/passes/plan_memory.hpp>
#include <strata/plan/passes/snapshot.hpp>
#include <strata/plan/ports/port_info.hpp>

namespace strata::inline STRATA_ABI::core {

/// A value as a step sees it.
struct operand {
    storage where = storage::fixed;
    core::element element = core::element::number;
    long long offset = 0;   ///< in bytes; within per_sample and partial, before scaling
    long long elements = 0; ///< per sample, per chunk, or in all
};

/// One operation of the schedule.
struct step {
    int kernel = -1; ///< row of the distinct keys
    int inputs = 0, outputs = 0;
    operand at[max_operands]{}; ///< inputs, then outputs
    op kind{};
    division split = division::samples;
    int rows = 1; ///< for division::rows
    long long work =
        0;           ///< a measure of its cost, per sample or in all: operations, and sixteen for each number it meets
    int layer = -1;  ///< row of the description
    int ordinal = 0; ///< random layers
    int positions = 1; ///< rows of its key in a sample: kernels take them for so many samples
    int target = 0;    ///< of a loss: which of the targets it reads
    int together = 1;  ///< steps from this one on that a chunk goes through before the next chunk begins
};

struct plan_sizes {
    int steps = 0, keys = 0, parameters = 0, functions = 0, inputs = 0, outputs = 0, targets = 0;
};

template <int Steps, int Keys, int Parameters, int Functions, int Inputs, int Outputs, int Targets>
struct plan_data {
    step steps[unsigned(Steps > 0 ? Steps : 1)]{};
    key keys[unsigned(Keys > 0 ? Keys : 1)]{};
    const char* names[unsigned(Keys > 0 ? Keys : 1)]{}; ///< of the keys' operations, for messages
    parameter_info parameters[unsigned(Parameters > 0 ? Parameters : 1)]{};
    const function_info* functions[unsigned(Functions > 0 ? Functions : 1)]{};
    block_sizes sizes{};
    shape input{}, output{}, target{}; ///< of one sample; input and output: the first ones
    port_info inputs[unsigned(Inputs > 0 ? Inputs : 1)]{}, outputs[unsigned(Outputs > 0 ? Outputs : 1)]{};
    port_info targets[unsigned(Targets > 0 ? Targets : 1)]{}; ///< by the names of their outputs
    operand loss{}, input_gradient{};
    bool has_loss = false;
    int forward_steps =
        0; ///< the network, its results for the caller, and the loss; the steps behind them are the gradient's
    long long parameter_count = 0; ///< logical elements of all parameters, frozen ones included
    long long flops = 0;           ///< per sample; a multiply-add counts as two
    int chunk = 1;                 ///< samples in a chunk
    int positions = 1;             ///< the most of a step
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

/// Which steps share a kernel: the distinct keys as rows, by their first step. A hash table finds equal keys in
/// constant time: ten thousand comparisons would exceed clang's default limit of evaluation steps.
template <int Operations>
struct key_rows {
    int count = 0;
    int of_step[unsigned(Operations + 1)]{};
    int first_step[unsigned(Operations + 1)]{}; ///< of each row

    constexpr explicit key_rows(const operation* operations) {
        constexpr unsigned places = places_for(Operations);
        int row_at[places]{}; // plus one: 0 is an empty place
        for (int t = 0; t < Operations; ++t) {
            const key& k = operations[t].k;
            unsigned at = hash_of(k) & (places - 1);
            while (row_at[at] > 0 && !(operations[first_step[row_at[at] - 1]].k == k)) at = (at + 1) & (places - 1);
            if (row_at[at] == 0) first_step[count] = t, row_at[at] = ++count;
            of_step[t] = row_at[at] - 1;
        }
    }

  private:
    static constexpr unsigned places_for(int operations) {
        unsigned places = 64;
        while (places < 2 * static_cast<unsigned>(operations)) places *= 2;
        return places;
    }
};

/// What `plan_memory` decides: every value as the steps that meet it see it, and every parameter's offset.
template <snapshot_counts N>
struct placement {
    operand values[unsigned(N.values + 1)]{};
    long long parameter_offsets[unsigned(N.parameters + 1)]{};
    block_sizes sizes{};

    constexpr explicit placement(graph g) : sizes(plan_memory(g)) {
        const value_info* const v = g.values.begin();
        const parameter_info* const p = g.parameters.begin();
        for (int i = 0; i < N.values; ++i)
            values[i].where = v[i].where, values[i].element = v[i].element, values[i].offset = v[i].offset,
            values[i].elements = v[i].elements;
        for (int i = 0; i < N.parameters; ++i) parameter_offsets[i] = p[i].offset;
    }
    [[nodiscard]] constexpr operand operator[](value v) const { return v.exists() ? values[v.index] : operand{}; }
};

// The passes in their order, each in evaluations of its own (see snapshot.hpp): run() gives the graph, and `room` is
// how many of everything a snapshot of it is made for.

template <class Pass, snapshot_counts Room>
inline constexpr snapshot<Room> snapshot_of{Pass::run()};
/// What a pass makes. It runs once if there was room, else twice.
template <class Pass>
constexpr const auto& kept() {
    if constexpr (snapshot_of<Pass, Pass::room>.complete) return snapshot_of<Pass, Pass::room>;
    else return snapshot_of<Pass, snapshot_of<Pass, Pass::room>.counts>;
}
/// g++ evaluates an array's unused rest once, so it is cheaper to guess than to run a pass for its counts; with clang a
/// guess costs memory.
template <class Pass>
constexpr snapshot_counts counted_or(const snapshot_counts& before, int more) {
#if defined(__clang__) || defined(__CUDACC__)
    static_cast<void>(before), static_cast<void>(more);
    return counts_of(Pass::run());
#else
    snapshot_counts room = before;
    room.operations = more * before.operations + 16, room.values = more * before.values + 32;
    return room;
#endif
}

template <class Net, request R, class Loss>
struct build_pass {
    static constexpr snapshot_counts room = state_of<Net, Loss>.counts; // mostly the same in every mode
    static constexpr graph run() { return build<Net, Loss>(R); }
};
template <class Net, request R, class Loss>
inline constexpr const auto& built_graph = kept<build_pass<Net, R, Loss>>();

template <class Net, request R, class Loss>
struct differentiate_pass {
    static constexpr const auto& before = built_graph<Net, R, Loss>;
    static constexpr graph run() {
        graph g = before.restored(R);
        if (!before.failed) differentiate(g);
        return g;
    }
    static constexpr snapshot_counts room = counted_or<differentiate_pass>(before.counts, 5);
};
/// Where there is nothing to derive, it is the graph as it was built: a snapshot would be memory for nothing.
template <class Net, request R, class Loss>
constexpr const auto& differentiated() {
    if constexpr (built_graph<Net, R, Loss>.output_gradient.exists()) return kept<differentiate_pass<Net, R, Loss>>();
    else return built_graph<Net, R, Loss>;
}
template <class Net, request R, class Loss>
struct lay_out_passes {
    static constexpr const auto& before = differentiated<Net, R, Loss>();
    static constexpr graph run() {
        graph g = before.restored(R);
        if (g.forward < 0 && !before.failed) g.forward = g.operations.size();
        fuse(g);
        lay_out(g);
        return g;
    }
    static constexpr snapshot_counts room = counted_or<lay_out_passes>(before.counts, 2);
};
template <class Net, request R, class Loss>
inline constexpr const auto& laid_out_graph = kept<lay_out_passes<Net, R, Loss>>();
template <class Net, request R, class Loss>
inline constexpr snapshot_counts counts_laid_out = laid_out_graph<Net, R, Loss>.counts;

template <class Net, request R, class Loss>
inline constexpr placement<counts_laid_out<Net, R, Loss>> placed{laid_out_graph<Net, R, Loss>.restored(R)};
template <class Net, request R, class Loss>
inline constexpr key_rows<counts_laid_out<Net, R, Loss>.operations> key_rows_of{
    laid_out_graph<Net, R, Loss>.operations};

template <class Net, request R, class Loss>
constexpr plan_sizes count_plan() {
    constexpr snapshot_counts n = counts_laid_out<Net, R, Loss>;
    return {n.operations, key_rows_of<Net, R, Loss>.count, n.parameters, n.functions, n.inputs,
            n.outputs,    n.losses > 0 ? n.losses : 1};
}
template <class Net, request R, class Loss>
inline constexpr plan_sizes plan_sizes_of = count_plan<Net, R, Loss>();

/// Of sequences, where a sample has fewer.
inline constexpr int rows_of_a_chunk = 32;

template <class Net, request R, class Loss>
constexpr auto frozen() {
    constexpr plan_sizes S = plan_sizes_of<Net, R, Loss>;
    constexpr auto& g = laid_out_graph<Net, R, Loss>;
    constexpr auto& places = placed<Net, R, Loss>;
    constexpr auto& rows = key_rows_of<Net, R, Loss>;
    plan_data<S.steps, S.keys, S.parameters, S.functions, S.inputs, S.outputs, S.targets> data;
    data.sizes = places.sizes;
    int together = 1;
    for (int t = 0; t < S.steps; ++t) {
        const operation& o = g.operations[t];
        const operation_rule& r = *o.rule;
        step& s = data.steps[t];
        s.kernel = rows.of_step[t], s.inputs = o.inputs, s.outputs = o.outputs;
        s.positions = o.positions;
        if (o.positions > data.positions) data.positions = o.positions;
        s.work = o.positions * r.flops(o.k);
        data.flops += s.work;
        for (int i = 0; i < o.inputs + o.outputs; ++i) {
            s.at[i] = places.values[i < o.inputs ? o.in[i].index : o.out[i - o.inputs].index];
            s.work += 16 * s.at[i].elements;
            if (const int further =
                    static_cast<int>(s.at[i].where) - static_cast<int>(target_port(1, S.inputs, S.outputs));
                S.targets > 1 && further >= 0)
                s.target = 1 + further;
        }
        s.kind = o.k.kind, s.layer = o.layer, s.ordinal = o.ordinal;
        s.split = o.k.batched || r.split != division::samples ? r.split : division::whole;
        if (r.has_rows) s.rows = r.rows(o.k);
        s.together = together = together > 1 ? together - 1 : steps_together(R, g.operations, t, g.forward, S.steps);
    }
    // Chunks are counted in rows, so that eight long sequences are more than one task.
    data.chunk = data.positions == 1 ? R.target.chunk : rows_of_a_chunk / data.positions;
    if (data.chunk > R.target.chunk) data.chunk = R.target.chunk;
    if (data.chunk < 1) data.chunk = 1;
    for (int i = 0; i < S.keys; ++i) {
        const operation& o = g.operations[rows.first_step[i]];
        data.keys[i] = o.k, data.names[i] = o.rule->name;
    }
    for (int i = 0; i < S.parameters; ++i) {
        data.parameters[i] = g.parameters[i];
        data.parameters[i].offset = places.parameter_offsets[i];
        if (g.parameters[i].where == storage::parameter) data.parameter_count += g.parameters[i].extents.size();
    }
    for (int i = 0; i < S.functions; ++i) data.functions[i] = g.functions[i];
    const auto extents = [](value v) { return v.exists() ? g.values[v.index].extents : shape{}; };
    const auto port = [&](const named_value& p, storage where) {
        const value_info& v = g.values[p.what.exists() ? p.what.index : 0]; // a broken network has no such values
        return port_info{p.name, extents(p.what), v.element, v.vocabulary, v.padding, p.padded_like, where};
    };
    for (int i = 0; i < S.inputs; ++i) data.inputs[i] = port(g.input_ports[i], input_port(i));
    for (int i = 0; i < S.outputs; ++i) data.outputs[i] = port(g.output_ports[i], output_port(i, S.inputs));
    for (int i = 0; i < S.targets; ++i)
        data.targets[i] =
            counts_laid_out<Net, R, Loss>.losses == 0
                ? port({S.outputs == 1 ? g.output_ports[0].name : "", g.target}, storage::target)
                : port({g.loss_parts[i].output, g.loss_parts[i].target}, target_port(i, S.inputs, S.outputs));
    data.input = extents(g.input);
    data.output = extents(g.output);
    data.target = extents(g.target);
    data.has_loss = g.loss.exists();
    data.forward_steps = g.forward;
    data.loss = places[g.loss];
    data.input_gradient = places[g.input_gradient];
    return data;
}

/// The most steps, and the most operations per sample (a multiply-add is two), of a plan that runs unrolled.
inline constexpr int most_unrolled_steps = 16, most_unrolled_steps_of_a_stream = 64;
inline constexpr long long most_unrolled_flops = 16384;

template <class Data>
constexpr bool is_unrolled(const Data& data, int steps, const request& wanted) {
    if (!wanted.target.unrolled || wanted.mode != mode::inference
        || steps > (wanted.hop > 0 ? most_unrolled_steps_of_a_stream : most_unrolled_steps)
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
    static constexpr int chunk = data.chunk;                        ///< samples in a chunk
    static constexpr int most_samples = (1 << 30) / data.positions; ///< of a batch: see most_samples
    static constexpr int inputs = parts::plan_sizes_of<Net, R, Loss>.inputs;
    static constexpr int outputs = parts::plan_sizes_of<Net, R, Loss>.outputs;
    static constexpr int targets = parts::plan_sizes_of<Net, R, Loss>.targets;

    /// Do the steps run as straight-line code? They do where there are few and each does so little that calling it
    /// would cost as much.
    static constexpr bool unrolled = parts::is_unrolled(data, steps, R);

    /// How many chunks a batch is divided into.
    static constexpr int chunks(int batch) { return (batch + chunk - 1) / chunk; }
    /// Bytes of the arena for a batch.
    static constexpr long long arena_bytes(int batch) {
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
