#pragma once
/// snapshot — a graph between two passes as a constexpr variable. Compilers limit the steps of one constant evaluation,
/// not the number of evaluations: with a snapshot between the passes, networks of five hundred layers compile at every
/// compiler's default limits. Its arrays may be longer than the graph; `complete` says whether they were long enough.
#include <strata/plan/graph.hpp>

namespace strata::inline STRATA_ABI::core::parts {

struct snapshot_counts {
    int operations = 0, values = 0, parameters = 0, functions = 0, inputs = 0, outputs = 0, losses = 0;
};
constexpr snapshot_counts counts_of(const graph& g) {
    return {g.operations.size(),  g.values.size(),       g.parameters.size(), g.functions.size(),
            g.input_ports.size(), g.output_ports.size(), g.loss_parts.size()};
}
constexpr bool has_room(const snapshot_counts& room, const snapshot_counts& n) {
    return n.operations <= room.operations && n.values <= room.values && n.parameters <= room.parameters
           && n.functions <= room.functions && n.inputs <= room.inputs && n.outputs <= room.outputs
           && n.losses <= room.losses;
}

template <snapshot_counts Room>
struct snapshot {
    operation operations[unsigned(Room.operations + 1)]{};
    value_info values[unsigned(Room.values + 1)]{};
    parameter_info parameters[unsigned(Room.parameters + 1)]{};
    const function_info* functions[unsigned(Room.functions + 1)]{};
    named_value input_ports[unsigned(Room.inputs + 1)]{}, output_ports[unsigned(Room.outputs + 1)]{};
    loss_part loss_parts[unsigned(Room.losses + 1)]{};
    value input{}, output{}, target{}, loss{}, differentiated{}, output_gradient{}, input_gradient{};
    int forward = -1;
    bool failed = false;
    snapshot_counts counts{}; ///< how many there are
    bool complete = false;

    constexpr explicit snapshot(const graph& g)
        : input(g.input), output(g.output), target(g.target), loss(g.loss), differentiated(g.differentiated),
          output_gradient(g.output_gradient), input_gradient(g.input_gradient), forward(g.forward), failed(g.failed()),
          counts(counts_of(g)), complete(has_room(Room, counts)) {
        if (!complete) return;
        const operation* const o = g.operations.begin();
        const value_info* const v = g.values.begin();
        for (int i = 0; i < counts.operations; ++i) operations[i] = o[i];
        for (int i = 0; i < counts.values; ++i) values[i] = v[i];
        for (int i = 0; i < counts.parameters; ++i) parameters[i] = g.parameters.begin()[i];
        for (int i = 0; i < counts.functions; ++i) functions[i] = g.functions[i];
        for (int i = 0; i < counts.inputs; ++i) input_ports[i] = g.input_ports[i];
        for (int i = 0; i < counts.outputs; ++i) output_ports[i] = g.output_ports[i];
        for (int i = 0; i < counts.losses; ++i) loss_parts[i] = g.loss_parts[i];
    }

    /// The graph again, for the next pass, without words (names, layers).
    [[nodiscard]] constexpr graph restored(const request& wanted) const {
        graph g(wanted);
        g.operations.assign(operations, counts.operations);
        g.values.assign(values, counts.values);
        g.parameters.assign(parameters, counts.parameters);
        g.functions.assign(functions, counts.functions);
        g.input_ports.assign(input_ports, counts.inputs);
        g.output_ports.assign(output_ports, counts.outputs);
        g.loss_parts.assign(loss_parts, counts.losses);
        g.input = input, g.output = output, g.target = target, g.loss = loss;
        g.differentiated = differentiated, g.output_gradient = output_gradient, g.input_gradient = input_gradient;
        g.forward = forward;
        return g;
    }
};

} // namespace strata::inline STRATA_ABI::core::parts
