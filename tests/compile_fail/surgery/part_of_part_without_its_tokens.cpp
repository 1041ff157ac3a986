// A part of a part: the largest of all positions, two cuts behind the tokens that say which of them count.
// expect: strata: layer 4 of 4, max_over_positions: leaves out what is behind the end of padded samples, but this part of the network begins behind the tokens that say where that is. Begin the part with the tokens, or behind this layer.
// expect-types: network_mistake<strata::core::layer<4, 4>, strata::max_over_positions, strata::core::mistake_kind::padding_is_unseen, strata::core::got<3, 4>, strata::core::needs<>>
#include <strata/sequences.hpp>
#include <strata/strata.hpp>
#include <strata/surgery.hpp>

// [snippet]
struct net : strata::network<
    strata::tokens<3, 4, strata::padding<0>>,
    strata::embedding<4, 2>, strata::dense<4>, strata::relu, strata::max_over_positions> {};

struct trunk : strata::layers_between<net, 1, 3> {};
#ifdef STRATA_BROKEN
struct part : strata::replaced<trunk, strata::from<2>, strata::relu, strata::max_over_positions> {};
#else
struct part : strata::replaced<trunk, strata::from<2>, strata::relu, strata::flatten> {};
#endif

static_assert(strata::parameter_count<part> > 0);
// [/snippet]
