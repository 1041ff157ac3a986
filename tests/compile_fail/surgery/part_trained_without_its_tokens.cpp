// A loss of a part of a network that begins behind the tokens, which say what the loss must not count.
// expect: strata: the loss must not count what is behind the end of padded samples, but this part of the network begins behind the tokens that say where that is. Begin the part with the tokens.
// expect-types: network_mistake<strata::core::the_loss, strata::cross_entropy, strata::core::mistake_kind::padding_is_unseen, strata::core::got<12, 3>
#include <strata/sequences.hpp>
#include <strata/strata.hpp>
#include <strata/surgery.hpp>

// [snippet]
struct net : strata::network<
    strata::tokens<12, 100, strata::padding<0>>,
    strata::embedding<100, 8>, strata::dense<3>> {};

#ifdef STRATA_BROKEN
struct part : strata::layers_between<net, 1, 2> {};
#else
struct part : strata::layers_between<net, 0, 2> {};
#endif

void train(strata::model<part>& model) {
    strata::trainer trainer{model, strata::cross_entropy{}, strata::adam{}};
}
// [/snippet]
