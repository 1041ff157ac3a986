// Losses of outputs, but none is given.
// expect: strata: losses{} holds no loss. Name an output: losses{on<"x">(cross_entropy{})}.
// expect-types: strata::core::mistake_kind::port_is_not_there
#include <strata/losses.hpp>
#include <strata/strata.hpp>

// [snippet]
struct net : strata::network<
    strata::features<4>, strata::dense<3>, strata::tag<"class">, strata::dense<1>, strata::tag<"age">,
    strata::outputs<"class", "age">> {};

void train(strata::model<net>& model) {
    strata::trainer trainer{model,
#ifdef STRATA_BROKEN
        strata::losses{},
#else
        strata::losses{strata::on<"class">(strata::cross_entropy{})},
#endif
        strata::adam{}};
}
// [/snippet]
