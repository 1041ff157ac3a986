// A K of 0, which divides by zero where all channels are.
// expect: strata: layer 1 of 1, local_response_norm<5, 0.0001, 0.75, 0>: a K of 0 is not possible: it must be above 0 to prevent a division by zero. Use 1, or AlexNet's 2.
// expect-types: strata::core::mistake_kind::rate_is_out_of_range
#include <strata/layers.hpp>
#include <strata/plan/facts.hpp>

// [snippet]
struct net : strata::network<
    strata::image<16, 8, 8>,
#ifdef STRATA_BROKEN
    strata::local_response_norm<5, 1e-4, 0.75, 0>> {};
#else
    strata::local_response_norm<5, 1e-4, 0.75, 2>> {};
#endif
// [/snippet]

static_assert(strata::output_shape<net> == strata::shape(16, 8, 8));
