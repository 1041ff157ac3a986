// A part of a network that reads a tag in front of it.
// expect: strata: layer 5 of 7, add<"x">: no earlier value is tagged "x". Tagged so far: none.
// expect-types: network_mistake<strata::core::layer<5, 7>, strata::add<
// expect-types: strata::core::mistake_kind::name_was_never_tagged, strata::core::the_name<'x'>, strata::core::tagged_so_far<>>
#include <strata/strata.hpp>
#include <strata/surgery.hpp>

#include <vector>

// [snippet]
struct net : strata::network<
    strata::image<1, 28, 28>,
    strata::named<"stem", strata::conv<8, 5>, strata::relu>,
    strata::tag<"x">,
    strata::named<"body", strata::conv<8, 5, strata::same>>,
    strata::relu,
    strata::add<"x">,
    strata::flatten,
    strata::named<"head", strata::dense<10>>> {};

#ifdef STRATA_BROKEN
struct part : strata::layers_between<net, "body", "head"> {};
#else
struct part : strata::layers_between<net, strata::after<"stem">, "head"> {};
#endif

std::vector<float> use(const std::vector<float>& samples) {
    strata::model<part> model{strata::seed{1}};
    return model(samples);
}
// [/snippet]
