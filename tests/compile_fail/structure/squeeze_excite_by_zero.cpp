// Squeeze-and-excitation by nothing.
// expect: strata: layer 1 of 1, squeeze_excite<0>: a reduction by 0 is not possible. Use at least 1, such as squeeze_excite<16>.
// expect-types: strata::core::mistake_kind::size_is_not_positive
#include <strata/layers.hpp>
#include <strata/plan/facts.hpp>

// [snippet]
struct net : strata::network<
    strata::image<64, 4, 4>,
#ifdef STRATA_BROKEN
    strata::squeeze_excite<0>> {};
#else
    strata::squeeze_excite<16>> {};
#endif
// [/snippet]

static_assert(strata::output_shape<net> == strata::shape(64, 4, 4));
