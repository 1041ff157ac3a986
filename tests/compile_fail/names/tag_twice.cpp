// A name that is tagged twice.
// expect: strata: layer 3 of 4, tag<"start">: the tag "start" is already used. Choose another name.
// expect-types: network_mistake<strata::core::layer<3, 4>, strata::tag<
// expect-types: strata::core::mistake_kind::name_is_tagged_twice, strata::core::the_name<'s', 't', 'a', 'r', 't'>, strata::core::tagged_so_far<strata::core::the_name<'s', 't', 'a', 'r', 't'>>>
#include <strata/layers.hpp>
#include <strata/plan/facts.hpp>

// [snippet]
struct net : strata::network<
    strata::features<8>,
    strata::tag<"start">,
    strata::relu,
#ifdef STRATA_BROKEN
    strata::tag<"start">,
#else
    strata::tag<"middle">,
#endif
    strata::add<"start">> {};
// [/snippet]

static_assert(strata::output_shape<net> == strata::shape(8));
