// A dense layer on a signal.
// expect: strata: layer 1 of 1, dense<8>: needs a flat input, but gets a signal [6, 20]. Put flatten before it, or use conv1d<Units, 1> for each time alone.
// expect-types: network_mistake<strata::core::layer<1, 1>, strata::dense<8>, strata::core::mistake_kind::input_is_not_flat, strata::core::got<6, 20>, strata::core::needs<120>>
#include <strata/layers.hpp>
#include <strata/plan/facts.hpp>

// [snippet]
struct net : strata::network<
    strata::time_series<6, 20>,
#ifdef STRATA_BROKEN
    strata::dense<8>> {};
#else
    strata::conv1d<8, 1>> {};
#endif
// [/snippet]

static_assert(strata::output_shape<net> == strata::shape::signal(8, 20));
