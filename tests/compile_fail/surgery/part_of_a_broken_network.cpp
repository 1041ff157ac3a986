// A broken network and parts of it are one error.
// expect: strata: layer 2 of 2, sublayer 1 of 1, dense<10>: needs a flat input, but gets an image [8, 24, 24]. Put flatten before it.
// expect-types: strata::core::mistake_kind::input_is_not_flat, strata::core::got<8, 24, 24>, strata::core::needs<4608>>
#include <strata/strata.hpp>
#include <strata/surgery.hpp>

#include <vector>

// [snippet]
struct net : strata::network<
    strata::image<1, 28, 28>,
    strata::named<"stem", strata::conv<8, 5>, strata::relu>,
#ifndef STRATA_BROKEN
    strata::flatten,
#endif
    strata::named<"head", strata::dense<10>>> {};
struct other : strata::replaced<net, strata::from<"head">, strata::dense<5>> {};

std::vector<float> use(const std::vector<float>& samples) {
    strata::model<net> whole{strata::seed{1}};
    strata::model<other> model{strata::seed{1}};
    const auto stem = strata::first_layers<"head">(whole);
    static_assert(strata::parameter_count<other> > 0);
    return stem(samples).empty() ? model(samples) : whole(samples);
}
// [/snippet]
