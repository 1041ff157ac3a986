// Two losses on one output.
// expect: strata: the output "class" has two losses. Give each output one.
// expect-types: strata::core::mistake_kind::port_is_given_twice
#include <strata/losses.hpp>
#include <strata/strata.hpp>

// [snippet]
struct net : strata::network<
    strata::features<4>, strata::dense<3>, strata::tag<"class">, strata::dense<1>, strata::tag<"age">,
    strata::outputs<"class", "age">> {};

void train(strata::model<net>& model) {
    strata::trainer trainer{model,
        strata::losses{strata::on<"class">(strata::cross_entropy{}),
#ifdef STRATA_BROKEN
                       strata::on<"class">(strata::cross_entropy{})},
#else
                       strata::on<"age">(strata::mean_squared_error{})},
#endif
        strata::adam{}};
}
// [/snippet]
