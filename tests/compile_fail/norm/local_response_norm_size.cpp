// A window without a channel.
// expect: strata: layer 1 of 1, local_response_norm<0>: a window of 0 channels is not possible. Use at least 1.
// expect-types: strata::core::mistake_kind::size_is_not_positive
#include <strata/layers.hpp>
#include <strata/plan/facts.hpp>

// [snippet]
struct net : strata::network<
    strata::image<16, 8, 8>,
#ifdef STRATA_BROKEN
    strata::local_response_norm<0>> {};
#else
    strata::local_response_norm<5>> {};
#endif
// [/snippet]

static_assert(strata::output_shape<net> == strata::shape(16, 8, 8));
