// A new end that does not fit what remains: the layer is counted as in the new network.
// expect: strata: layer 3 of 3, dense<5>: needs a flat input, but gets an image [8, 8, 8]. Put flatten before it.
// expect-types: network_mistake<strata::core::layer<3, 3>, strata::dense<5>, strata::core::mistake_kind::input_is_not_flat, strata::core::got<8, 8, 8>, strata::core::needs<512>>
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
struct part : strata::replaced<net, strata::after<"body">, strata::dense<5>> {};
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
