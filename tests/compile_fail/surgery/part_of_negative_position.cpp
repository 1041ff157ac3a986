// A part of a network that begins at a negative position.
// expect: strata: the network has no layer -2. Its outermost layers are 0 to 3; the named ones are "stem", "body", "head".
// expect-types: network_mistake<strata::core::the_input, part, strata::core::mistake_kind::layer_is_not_there, strata::core::got<-2>, strata::core::needs<4>>
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
struct part : strata::layers_between<net, -2, 2> {};
#else
struct part : strata::layers_between<net, 0, 2> {};
#endif

std::vector<float> use(const std::vector<float>& samples) {
    strata::model<part> model{strata::seed{1}};
    auto space = model.make_workspace();
    static_assert(strata::parameter_count<part> > 0);
    std::puts(strata::summary<part>().c_str());
    return model(samples);
}
// [/snippet]
