// pad1d of an image.
// expect: strata: layer 1 of 1, pad1d<1, 1>: needs a signal [C, T], but its input is [1, 3, 5], an image. Use pad.
// expect-types: strata::core::mistake_kind::input_is_not_a_signal, strata::core::got<1, 3, 5>, strata::core::needs<0, 0>
#include <strata/layers.hpp>
#include <strata/plan/facts.hpp>

// [snippet]
struct net : strata::network<
#ifdef STRATA_BROKEN
    strata::image<1, 3, 5>, strata::pad1d<1>> {};
#else
    strata::image<1, 3, 5>, strata::pad<1>> {};
#endif
// [/snippet]

static_assert(strata::output_shape<net> == strata::shape(1, 5, 7));
