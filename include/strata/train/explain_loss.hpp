#pragma once
/// Checking mode: a step whose loss is not finite is repeated operation by operation, and the error names the first
/// that broke, with its layer.
#include <strata/base/error.hpp>
#include <strata/base/needs_exceptions.hpp>
#include <strata/base/words/sentence.hpp>
#include <strata/plan/description.hpp>
#include <strata/run/executor.hpp>

#include <cstdlib>

namespace strata::inline STRATA_ABI::detail {

/// The first of n numbers of the machine's memory that is not finite, or −1.
template <class Machine, class T>
long long first_not_finite(Machine& machine, const T* there, long long n) {
    const T* const x = machine.read_back(there, n);
    for (long long i = 0; i < n; ++i)
        if (!(x[i] - x[i] == 0)) return i;
    return -1;
}

/// "layer 2 of 5, sublayer 1 of 3, conv<8, 3>,", and where one of these has a name, what files call the layer:
/// "stage1.0, which is layer 2 of 5, sublayer 1 of 3, conv<8, 3>,".
template <class Net>
[[gnu::cold, gnu::noinline]] std::string position_of_layer(int row) {
    if (row < 0) return "the loss";
    std::string position = sentence({", ", description<Net>::spelling(row), ","}), path;
    bool named = false;
    // Outwards: the row before it that is one level less deep is what a layer stands in.
    for (int depth = description<Net>::layer(row).depth; row >= 0; --row) {
        const described_layer& layer = description<Net>::layer(row);
        if (layer.depth != depth) continue;
        position = sentence({depth > 0 ? ", sublayer " : "layer ", layer.index + 1, " of ", layer.count, position});
        if (!layer.transparent) {
            const sentence_part part = layer.name[0] != 0 ? sentence_part(layer.name) : sentence_part(layer.index);
            path = sentence({part, path.empty() ? "" : ".", path});
            named = named || layer.name[0] != 0;
        }
        --depth;
    }
    return named ? sentence({path, ", which is ", position}) : position;
}

/// Raises the error. The frame is that of the step, and the model as before it; `hint` is what the optimiser knows of
/// parameters that are not finite.
template <class Plan, class T, class Machine>
[[gnu::cold, gnu::noinline]] [[noreturn]] void explain_loss(const frame<T>& f, long long step_number, Machine& machine,
                                                            const std::string& hint = {}) {
    using network = typename Plan::network;
    const auto blame = [step_number](std::initializer_list<sentence_part> what) {
        raise<not_finite_error>(sentence({"strata: the loss of step ", step_number, " is not finite: ", sentence(what),
                                          " Check the data, or lower the learning rate."}));
    };
    const auto given = [&](storage where, long long size, const char* what) {
        const auto i = first_not_finite(machine, f.numbers(where), f.batch * size);
        if (i >= 0) blame({what, i / size, " of the batch contains a number that is not finite."});
    };
    for (int i = 0; i < Plan::inputs; ++i)
        if (const core::port_info& in = Plan::data.inputs[i]; in.element == core::element::number)
            given(in.where, in.extents.size(), "sample ");
    for (int i = 0; i < Plan::targets; ++i)
        if (f.losses == nullptr || f.losses[i].classes.is == nullptr)
            given(Plan::data.targets[i].where, Plan::data.targets[i].extents.size(), "the target of sample ");
    for (int p = 0; p < Plan::parameters; ++p) {
        const parameter_info& info = Plan::data.parameters[p];
        if (info.where != storage::parameter) continue;
        if (first_not_finite(machine, f.numbers(storage::parameter) + info.offset, info.elements) >= 0)
            blame({"the parameter ", description<network>::name(p), " contains a number that is not finite.",
                   hint.empty() ? "" : " ", hint});
    }
    for (int t = 0; t < Plan::steps; ++t) {
        const step& s = Plan::data.steps[t];
        machine.template run_one<Plan>(t, f);
        for (int i = s.inputs; i < s.inputs + s.outputs; ++i) {
            const operand& o = s.at[i];
            if (o.element != element::number) continue;
            const bool partial = o.where == storage::partial;
            const long long many = o.where == storage::per_sample || is_of_caller(o.where) ? f.batch : 1;
            bool broken = false;
            for (int chunk = 0; chunk < (partial ? f.chunks : 1); ++chunk)
                broken = broken || first_not_finite(machine, chunk_of(f.address(o), o, chunk), o.elements * many) >= 0;
            if (broken)
                blame({"the operation ", Plan::data.names[s.kernel], " of ", position_of_layer<network>(s.layer),
                       " is the first to produce such a number."});
        }
    }
    blame({"no single operation is the cause."});
    std::abort(); // blame has thrown
}

} // namespace strata::inline STRATA_ABI::detail
