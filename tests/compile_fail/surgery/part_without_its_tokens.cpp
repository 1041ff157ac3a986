// A part of a network that begins behind the tokens and leaves out what is behind their end.
// expect: strata: layer 3 of 3, mean_over_positions: leaves out what is behind the end of padded samples, but this part of the network begins behind the tokens that say where that is. Begin the part with the tokens, or behind this layer.
// expect-types: network_mistake<strata::core::layer<3, 3>, strata::mean_over_positions, strata::core::mistake_kind::padding_is_unseen, strata::core::got<3, 4>, strata::core::needs<>>
#include <strata/sequences.hpp>
#include <strata/strata.hpp>
#include <strata/surgery.hpp>

#include <vector>

// [snippet]
struct net : strata::network<
    strata::tokens<3, 4, strata::padding<0>>,
    strata::embedding<4, 2>, strata::dense<4>, strata::mean_over_positions> {};

#ifdef STRATA_BROKEN
struct part : strata::layers_between<net, 1, 3> {};
#else
struct part : strata::layers_between<net, 1, 2> {};
#endif

std::vector<float> use(const std::vector<float>& samples) {
    const strata::model<part> model{strata::seed{1}};
    return model(samples);
}
// [/snippet]
