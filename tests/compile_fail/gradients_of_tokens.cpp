// A gradient with respect to tokens.
// expect: strata: tokens are integers, which have no gradient. Take it with respect to the table of the embedding, a parameter: gradients<wrt<parameters>>.
// expect-types: strata: tokens are integers, which have no gradient. Take it with respect to the table of the embedding, a parameter: gradients<wrt<parameters>>.
#include <strata/gradients.hpp>
#include <strata/strata.hpp>

// [snippet]
struct net_type : strata::network<strata::tokens<8, 100>, strata::embedding<100, 4>, strata::flatten, strata::dense<2>> {};

void run() {
    strata::model<net_type> net;
#ifdef STRATA_BROKEN
    auto step = strata::gradients<strata::wrt<strata::input>>(net, strata::cross_entropy{});
#else
    auto step = strata::gradients<strata::wrt<strata::parameters>>(net, strata::cross_entropy{});
#endif
    static_cast<void>(step);
}
// [/snippet]
