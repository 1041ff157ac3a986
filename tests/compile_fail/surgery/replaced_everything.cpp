// A network of which nothing remains.
// expect: strata: a part of a network needs at least one layer, but there is none before "stem", which is the network's first. Cut after a later layer.
// expect-types: network_mistake<strata::core::the_input, part, strata::core::mistake_kind::part_is_empty, strata::core::got<0, 0>, strata::core::needs<>>
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
struct part : strata::replaced<net, strata::from<"stem">, strata::flatten, strata::dense<5>> {};
#else
struct part : strata::replaced<net, strata::after<"stem">, strata::flatten, strata::dense<5>> {};
#endif

std::vector<float> use(const std::vector<float>& samples) {
    strata::model<part> model{strata::seed{1}};
    auto space = model.make_workspace();
    static_assert(strata::parameter_count<part> > 0);
    std::puts(strata::summary<part>().c_str());
    return model(samples);
}
// [/snippet]
