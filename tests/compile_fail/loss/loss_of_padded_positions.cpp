// A loss that counts every position, of samples that are padded.
// expect: strata: the loss counts every position of the output [12, 1], but samples are padded. Use cross_entropy or binary_cross_entropy, which leave out what is behind a sample's end, or an input without padding<...>.
// expect-types: network_mistake<strata::core::the_loss, strata::mean_squared_error, strata::core::mistake_kind::rule_of_the_loss, strata::core::got<12, 1>
#include <strata/losses.hpp>
#include <strata/sequences.hpp>
#include <strata/strata.hpp>

// [snippet]
#ifdef STRATA_BROKEN
struct net : strata::network<strata::tokens<12, 100, strata::padding<0>>,
#else
struct net : strata::network<strata::tokens<12, 100>,
#endif
    strata::embedding<100, 8>, strata::dense<1>> {};

void train(strata::model<net>& model) {
    strata::trainer trainer{model, strata::mean_squared_error{}, strata::adam{}};
}
// [/snippet]
