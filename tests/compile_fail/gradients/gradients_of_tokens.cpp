// A gradient with respect to tokens.
// expect: strata: tokens are integers, which have no gradient. Take it with respect to the table of the embedding, a parameter: gradients<wrt<parameters>>.
// expect-types: strata: tokens are integers, which have no gradient. Take it with respect to the table of the embedding, a parameter: gradients<wrt<parameters>>.
#include <strata/gradients.hpp>
#include <strata/sequences.hpp>
#include <strata/strata.hpp>

// [snippet]
struct net_type : strata::network<
#ifdef STRATA_BROKEN
    strata::tokens<8, 100>, strata::embedding<100, 4>,
#else
    strata::vectors<8, 4>,
#endif
    strata::flatten, strata::dense<2>> {};

void run() {
    strata::model<net_type> net;
    auto step = strata::gradients<strata::wrt<strata::input>>(net, strata::cross_entropy{});
    static_cast<void>(step);
}
// [/snippet]
