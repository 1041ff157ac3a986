// A product of two flat values.
// expect: strata: layer 3 of 3, matmul_transposed<"x">: multiplies sequences, but its input is [16], flat. Begin with vectors<T, D>, or with tokens and embedding.
// expect-types: strata::core::mistake_kind::shapes_differ, strata::core::got<16>, strata::core::needs<16>>
#include <strata/layers.hpp>
#include <strata/plan/facts.hpp>

// [snippet]
struct net : strata::network<
#ifdef STRATA_BROKEN
    strata::features<16>,
#else
    strata::vectors<1, 16>,
#endif
    strata::tag<"x">, strata::relu, strata::matmul_transposed<"x">> {};
// [/snippet]

static_assert(strata::output_shape<net> == strata::shape::sequence(1, 1));
