// A name that was never tagged.
// expect: strata: layer 5 of 5, add<"strat">: no earlier value is tagged "strat". Tagged so far: "start", "middle".
// expect-types: network_mistake<strata::core::layer<5, 5>, strata::add<
// expect-types: strata::core::mistake_kind::name_was_never_tagged, strata::core::the_name<'s', 't', 'r', 'a', 't'>, strata::core::tagged_so_far<strata::core::the_name<'s', 't', 'a', 'r', 't'>, strata::core::the_name<'m', 'i', 'd', 'd', 'l', 'e'>>>
#include <strata/layers.hpp>
#include <strata/plan/facts.hpp>

// [snippet]
struct net : strata::network<
    strata::image<3, 32, 32>,
    strata::tag<"start">,
    strata::conv<3, 3, strata::same>,
    strata::tag<"middle">,
    strata::relu,
#ifdef STRATA_BROKEN
    strata::add<"strat">> {};
#else
    strata::add<"start">> {};
#endif
// [/snippet]

static_assert(strata::output_shape<net> == strata::shape(3, 32, 32));
