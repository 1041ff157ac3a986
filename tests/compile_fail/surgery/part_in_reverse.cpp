// A part of a network whose end is before its beginning.
// expect: strata: a part of a network cannot end before "stem", at position 0, and begin with "head", at position 3. Name the layers in the order of the network.
// expect-types: network_mistake<strata::core::the_input, part, strata::core::mistake_kind::cuts_are_in_reverse, strata::core::got<3, 0>, strata::core::needs<>>
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
struct part : strata::layers_between<net, "head", "stem"> {};
#else
struct part : strata::layers_between<net, "stem", "head"> {};
#endif

std::vector<float> use(const std::vector<float>& samples) {
    strata::model<part> model{strata::seed{1}};
    auto space = model.make_workspace();
    static_assert(strata::parameter_count<part> > 0);
    std::puts(strata::summary<part>().c_str());
    return model(samples);
}
// [/snippet]
