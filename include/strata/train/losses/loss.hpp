#pragma once
/// The common part of losses: the operation per sample, its gradient in training, and the mean over the batch.
/// A loss is a type with `static constexpr void build(graph&)`, which sets the graph's target, loss, differentiated
/// value and its gradient, and with `takes_class_index`: whether a class number can be its target. It may have
///   using usual_metric = M;                   the metric of a trainer without metrics
///   void check(int outputs) const             raises an error for options that do not suit that many outputs
///   change_targets(from, to, batch, outputs)  its own form of a batch's targets: written to `to`, or none (false)
///   weight(targets, batch, outputs)           the weight of a batch's mean among others; by default its samples
/// A loss whose operation reads class numbers has instead of these two, of class targets:
///   class_values(classes, rows, is, is_not)   what the targets stand for, see call::class_values
/// A loss of numbers that ignores some of them has a member `ignore_index`, the user's number for these, and
///   static constexpr int ignored_target       the number for these at which its function and derivative are 0
/// The batch's mean is then over the others.
#include <strata/operations/loss/batch_mean.hpp>
#include <strata/operations/pointwise/dropout.hpp>
#include <strata/plan/operations/reshape.hpp>

namespace strata::inline STRATA_ABI::detail {

/// What the network's output was made from by its last operation, behind what changes no number in inference: dropout
/// and new shapes.
struct end_of_network {
    int made_by = -1;     ///< index of that operation; −1: there is none
    bool dropped = false; ///< a dropout stands behind it: in training the output is another
};
constexpr end_of_network end_of(const graph& g) {
    end_of_network end;
    value y = g.output;
    const auto passed_through_dropout = [&] {
        for (const value dropped : g.dropped_in_training) end.dropped = end.dropped || dropped == y;
    };
    passed_through_dropout();
    for (int i = g.operations.size(); i-- > 0;) {
        const operation& o = g.operations[i];
        if (!(o.out[0] == y)) continue;
        if (o.k.kind != operations::dropout::kind && o.k.kind != operations::reshape::kind) {
            end.made_by = i;
            break;
        }
        end.dropped = end.dropped || o.k.kind == operations::dropout::kind;
        y = o.in[0];
        passed_through_dropout();
    }
    return end;
}

/// `Operation`: x, target → losses, (gradient to x).  `function`: the index of its function, if it has one;
/// `constant`: a number of its key.
template <class Operation>
constexpr void add_loss(graph& g, value x, const shape& target, const shape& losses, int function = -1,
                        double constant = 0) {
    const shape extents = g.extents(x);
    if (g.padding_is_unseen(x)) {
        g.mistaken(mistake_kind::padding_is_unseen, extents, {},
                   "the loss must not count what is behind the end of padded samples, but this part of the network "
                   "begins behind the tokens that say where that is. Begin the part with the tokens.");
        return;
    }
    g.target = g.add_value(target, storage::target);
    key k;
    k.x = k.y = extents;
    k.function = function;
    k.real = constant;
    k.gradient = g.training();
    const value in[] = {x, g.target};
    const value out[] = {g.add_value(losses), g.training() ? g.add_value(extents) : value{}};
    g.add_operation<Operation>(k, in, 2, out, g.training() ? 2 : 1);
    key mean;
    mean.x = losses, mean.y = shape(1);
    g.loss = g.apply<operations::batch_mean>(mean, {out[0]}, shape(1), storage::fixed);
    g.differentiated = x;
    g.output_gradient = out[1];
}

} // namespace strata::inline STRATA_ABI::detail
