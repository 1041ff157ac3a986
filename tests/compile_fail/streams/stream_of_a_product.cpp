// A stream of a product of all positions with all others.
// expect: strata: layer 3 of 3, matmul<"rows">: multiplies all positions with each other, but a stream passes on 1 per step. Use layers that are causal, or that work on each position alone.
// expect-types: network_mistake<strata::core::layer<3, 3>, strata::matmul<
// expect-types: strata::core::mistake_kind::layer_cannot_stream, strata::core::got<1, 20>, strata::core::needs<>>
#include <strata/inference.hpp>
#include <strata/sequences.hpp>

// [snippet]
struct mixer : strata::network<
    strata::vectors<20, 8>, strata::tag<"rows">, strata::dense<20>
#ifdef STRATA_BROKEN
    , strata::matmul<"rows">> {};
#else
    > {};
#endif

void start(const strata::model<mixer>& net) {
    (void)net.stream();
}
// [/snippet]
