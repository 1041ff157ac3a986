// A metric of classes on an output whose loss takes values.
// expect: strata: a classification metric was given to a trainer whose loss takes values. Use cross_entropy, or a regression metric such as mean_absolute_error.
// expect-types: strata: a classification metric was given to a trainer whose loss takes values. Use cross_entropy, or a regression metric such as mean_absolute_error.
#include <strata/losses.hpp>
#include <strata/strata.hpp>

// [snippet]
struct net : strata::network<
    strata::features<4>, strata::dense<8>, strata::relu, strata::tag<"seen">,
    strata::dense<3>, strata::tag<"class">,
    strata::use<"seen">, strata::dense<2>, strata::tag<"sums">,
    strata::outputs<"class", "sums">> {};

void train(strata::model<net>& model) {
    strata::trainer trainer{model,
                            strata::losses{strata::on<"class">(strata::cross_entropy{}),
                                           strata::on<"sums">(strata::mean_squared_error{})},
                            strata::adam{},
#ifdef STRATA_BROKEN
                            strata::on<"sums">(strata::accuracy{})};
#else
                            strata::on<"class">(strata::accuracy{})};
#endif
    (void)trainer;
}
// [/snippet]
