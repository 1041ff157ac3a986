// A part of a network that ends within a block.
// expect: strata: "body.0" is in the block "body", but a network can only be cut between its outermost layers. Cut it at "body", or end the block there and begin another.
// expect-types: network_mistake<strata::core::the_input, part, strata::core::mistake_kind::layer_is_in_a_block, strata::core::the_name<'b', 'o', 'd', 'y', '.', '0'>, strata::core::layers_with_a_name<strata::core::the_name<'b', 'o', 'd', 'y'>>>
#include <strata/strata.hpp>
#include <strata/surgery.hpp>

#include <cstdio>
#include <vector>

// [snippet]
struct net : strata::network<
    strata::image<1, 28, 28>,
    strata::named<"stem", strata::conv<8, 5>, strata::relu, strata::max_pool<2>>,
    strata::named<"body", strata::conv<8, 5>, strata::relu>,
    strata::flatten,
    strata::named<"head", strata::dense<10>>> {};

#ifdef STRATA_BROKEN
struct part : strata::first_layers_of<net, strata::until<"body.0">> {};
#else
struct part : strata::first_layers_of<net, strata::until<"body">> {};
#endif

std::vector<float> use(const std::vector<float>& samples) {
    strata::model<part> model{strata::seed{1}};
    auto space = model.make_workspace();
    static_assert(strata::parameter_count<part> > 0);
    std::puts(strata::summary<part>().c_str());
    return model(samples);
}
// [/snippet]
