// A square kernel on a signal, which is an image of one row.
// expect: strata: layer 1 of 5, conv<8, 5>: a 5x5 kernel does not fit its 1x64 input (1 channel). Pad it (same) or use a smaller kernel. Here kernel(1, 5) fits.
// expect-types: network_mistake<strata::core::layer<1, 5>, strata::conv<8,
// expect-types: strata::core::mistake_kind::kernel_larger_than_its_input, strata::core::got<1, 1, 64>, strata::core::needs<5, 5>>
#include <strata/layers.hpp>
#include <strata/plan/facts.hpp>

// [snippet]
struct net : strata::network<
    strata::image<1, 1, 64>,
#ifdef STRATA_BROKEN
    strata::conv<8, 5>,
#else
    strata::conv<8, strata::kernel(1, 5)>,
#endif
    strata::relu, strata::max_pool<strata::kernel(1, 2)>, strata::flatten, strata::dense<2>> {};
// [/snippet]

static_assert(strata::output_shape<net> == strata::shape(2));
