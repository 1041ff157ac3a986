// A new end for a network, from a layer that is not there.
// expect: strata: the network has no layer "heat". Did you mean "head"? Its outermost layers are 0 to 3; the named ones are "stem", "body", "head". Use one of these, or give a layer a name: named<"head", ...>.
// expect-types: network_mistake<strata::core::the_input, part, strata::core::mistake_kind::layer_is_not_there, strata::core::the_name<'h', 'e', 'a', 't'>, strata::core::layers_with_a_name<
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
struct part : strata::replaced<net, strata::from<"heat">, strata::dense<5>> {};
#else
struct part : strata::replaced<net, strata::from<"head">, strata::dense<5>> {};
#endif

std::vector<float> use(const std::vector<float>& samples) {
    strata::model<part> model{strata::seed{1}};
    auto space = model.make_workspace();
    static_assert(strata::parameter_count<part> > 0);
    std::puts(strata::summary<part>().c_str());
    return model(samples);
}
// [/snippet]
