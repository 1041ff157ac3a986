// A metric on an output that has no loss.
// expect: strata: a metric is on an output that has no loss, or that the network does not have. Metrics are measured on outputs with a loss: on<"x">(accuracy{}) beside losses{on<"x">(...)}.
// expect-types: strata: a metric is on an output that has no loss, or that the network does not have.
#include <strata/losses.hpp>
#include <strata/metrics.hpp>
#include <strata/strata.hpp>

// [snippet]
struct net : strata::network<
    strata::features<4>, strata::dense<3>, strata::tag<"class">, strata::dense<1>, strata::tag<"age">,
    strata::outputs<"class", "age">> {};

void train(strata::model<net>& model) {
    strata::trainer trainer{model, strata::losses{strata::on<"class">(strata::cross_entropy{})}, strata::adam{},
#ifdef STRATA_BROKEN
                            strata::on<"age">(strata::accuracy{})};
#else
                            strata::on<"class">(strata::accuracy{})};
#endif
}
// [/snippet]
