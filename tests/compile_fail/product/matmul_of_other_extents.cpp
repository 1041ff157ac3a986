// Queries and keys as rows of numbers, multiplied without transposing the keys.
// expect: strata: layer 4 of 4, matmul<"keys">: [20, 16] cannot be multiplied by [20, 16], the value tagged "keys": 16 columns meet 20 rows. matmul_transposed fits.
// expect-types: strata::core::mistake_kind::shapes_differ, strata::core::got<20, 16>, strata::core::needs<20, 16>>
#include <strata/layers.hpp>
#include <strata/plan/facts.hpp>

// [snippet]
struct net : strata::network<
    strata::vectors<20, 8>, strata::dense<16>, strata::tag<"keys">, strata::dense<16>,
#ifdef STRATA_BROKEN
    strata::matmul<"keys">> {};
#else
    strata::matmul_transposed<"keys">> {};
#endif
// [/snippet]

static_assert(strata::output_shape<net> == strata::shape::sequence(20, 20));
