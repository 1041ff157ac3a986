#pragma once
/// losses — a loss for each of a network's outputs, and their weighted sum.
///   loss = sum_i weight_i · loss_i,  each the mean over its positions of the batch
///
///   strata::trainer trainer{net, strata::losses{strata::on<"class">(strata::cross_entropy{}),
///                                               strata::on<"age">(strata::mean_squared_error{}, 0.1)},
///                           strata::adam{}};
///
/// An output without a loss is not trained for. Each loss is as it is alone: options, targets, smoothing.
/// Rules    each name is that of an output, and stands once         (tests/compile_fail/loss/losses_*.cpp)
/// Over several batches, an evaluation weighs each batch's loss by its samples.
/// Errors   error for a weight that is negative or not finite, when the trainer is made
#include <strata/base/fixed_string.hpp>
#include <strata/base/type_list.hpp>
#include <strata/plan/graph.hpp>
#include <strata/plan/operations/add.hpp>
#include <strata/train/metrics/metric_on.hpp>
#include <strata/train/optimisers/option_check.hpp>

#include <tuple>

namespace strata::inline STRATA_ABI {

/// One loss of several, what it counts, and the name of its output.
template <fixed_string Name, class Loss>
struct loss_on {
    using loss_type = Loss;
    static constexpr const char* output = Name.c_str();

    Loss loss;
    double weight;
};
template <fixed_string Name, class Loss>
    requires(!metric<Loss>)
[[nodiscard]] loss_on<Name, Loss> on(Loss loss, double weight = 1) {
    return {std::move(loss), weight};
}

template <class... On>
struct losses {
    using layers = type_list<typename On::loss_type...>; // where kernels find their functions
    static constexpr bool is_of_outputs = true;
    static constexpr const char* name = "losses";
    static constexpr bool takes_class_index = (On::loss_type::takes_class_index || ...);
    static constexpr int count = static_cast<int>(sizeof...(On));

    std::tuple<On...> all;

    explicit losses(On... of) : all(std::move(of)...) {}

    static constexpr void build(graph& g) {
        if (sizeof...(On) == 0) {
            g.mistaken(mistake_kind::port_is_not_there, {}, {},
                       "losses{} holds no loss. Name an output: losses{on<\"x\">(cross_entropy{})}.");
            return;
        }
        const value first = g.output;
        int in_order[] = {(one<On>(g), 0)..., 0};
        (void)in_order;
        g.output = first;
        if (g.failed()) return;
        const core::loss_part& begin = g.loss_parts[0];
        g.target = begin.target, g.loss = begin.loss;
        g.differentiated = begin.differentiated, g.output_gradient = begin.output_gradient;
        for (int i = 1; i < g.loss_parts.size(); ++i) {
            core::key k;
            k.x = k.w = k.y = shape(1);
            k.batched = false;
            g.loss = g.apply<operations::add>(k, {g.loss, g.loss_parts[i].loss}, shape(1), core::storage::fixed);
        }
    }

    /// Raises `error` for a weight that makes no sense.
    [[gnu::cold]] void check_weights() const {
        std::apply(
            [](const On&... part) {
                (detail::option_check{sentence({"losses{on<\"", On::output, "\">}"}).c_str()}.at_most_a_float(
                     "weight", part.weight, "on<\"x\">(cross_entropy{}, 0.5)"),
                 ...);
            },
            all);
    }

  private:
    template <class Part>
    static constexpr void one(graph& g) {
        if (g.failed()) return;
        text known;
        value y;
        for (const core::named_value& port : g.output_ports) {
            known.add(known.size() == 0 ? "\"" : ", \"", port.name, "\"");
            if (same_text(port.name, Part::output)) y = port.what;
        }
        if (!y.exists()) {
            if (known.size() <= 2) known = text().add("one output without a name: give its loss alone");
            g.mistaken(mistake_kind::port_is_not_there, shape(g.output_ports.size()), {}, "there is no output \"",
                       Part::output, "\" for the loss on<\"", Part::output, "\">. The network has ", known, ".");
            return;
        }
        for (const core::loss_part& other : g.loss_parts)
            if (same_text(other.output, Part::output)) {
                g.mistaken(mistake_kind::port_is_given_twice, {}, {}, "the output \"", Part::output,
                           "\" has two losses. Give each output one.");
                return;
            }
        g.output = y;
        Part::loss_type::build(g);
        if (g.failed()) return;
        const int i = g.loss_parts.size();
        g.values[g.target.index].where = core::target_port(i, g.input_ports.size(), g.output_ports.size());
        g.loss_parts.push({Part::output, g.target, g.loss, g.differentiated, g.output_gradient});
    }
};
template <class... On>
losses(On...) -> losses<On...>;

} // namespace strata::inline STRATA_ABI
