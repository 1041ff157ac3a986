// A network without an input.
// expect: strata: a network must begin with its input, but its first entry is dense<128>. Put features<F>, image<C, H, W> or another input before it.
// expect-types: network_mistake<strata::core::the_input, net, strata::core::mistake_kind::network_has_no_input, strata::core::got<>, strata::core::needs<>>
#include <strata/layers.hpp>
#include <strata/plan/facts.hpp>

// [snippet]
struct net : strata::network<
#ifdef STRATA_BROKEN
    strata::dense<128>,
#else
    strata::features<784>, strata::dense<128>,
#endif
    strata::dense<10>> {};
// [/snippet]

static_assert(strata::output_shape<net> == strata::shape(10));
