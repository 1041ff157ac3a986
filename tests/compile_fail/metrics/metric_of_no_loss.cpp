// A metric on an output without a loss.
// expect: strata: a metric is on an output that has no loss, so there is nothing to compare the output with. Give on<"x">(accuracy{}) the name of an output in losses{on<"x">(...), ...}.
// expect-types: strata: a metric is on an output that has no loss, so there is nothing to compare the output with. Give on<"x">(accuracy{}) the name of an output in losses{on<"x">(...), ...}.
#include <strata/losses.hpp>
#include <strata/strata.hpp>

// [snippet]
struct net : strata::network<
    strata::features<4>, strata::dense<8>, strata::relu, strata::tag<"seen">,
    strata::dense<3>, strata::tag<"class">,
    strata::use<"seen">, strata::dense<2>, strata::tag<"kind">,
    strata::outputs<"class", "kind">> {};

void train(strata::model<net>& model) {
    strata::trainer trainer{model, strata::losses{strata::on<"class">(strata::cross_entropy{})}, strata::adam{},
#ifdef STRATA_BROKEN
                            strata::on<"kind">(strata::accuracy{})};
#else
                            strata::on<"class">(strata::accuracy{})};
#endif
    (void)trainer;
}
// [/snippet]
