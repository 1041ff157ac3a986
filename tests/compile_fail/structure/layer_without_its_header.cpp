// A layer that <strata/strata.hpp> declares, and another header defines.
// expect: global_max_pool: is declared, but its header is missing: layers of images need #include <strata/vision.hpp>, layers of sequences #include <strata/sequences.hpp>.
// expect-types: network_mistake<strata::core::layer<2, 3>, strata::global_max_pool, strata::core::mistake_kind::it_is_no_layer, strata::core::got<>, strata::core::needs<>>
#include <strata/strata.hpp>

// [snippet]
#ifndef STRATA_BROKEN
#include <strata/vision.hpp>
#endif

struct net : strata::network<
    strata::image<1, 8, 8>,
    strata::conv<4, 3>, strata::global_max_pool, strata::dense<2>> {};
// [/snippet]

static_assert(strata::output_shape<net> == strata::shape(2));
