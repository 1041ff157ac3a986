// An ELU of negative alpha.
// expect: strata: layer 2 of 3, elu<-1>: an alpha of -1 is not possible. Use a number of at least 0, such as elu<1>.
// expect-types: strata::core::mistake_kind::rate_is_out_of_range
#include <strata/layers.hpp>
#include <strata/plan/facts.hpp>

// [snippet]
struct net : strata::network<
    strata::features<784>,
    strata::dense<128>,
#ifdef STRATA_BROKEN
    strata::elu<-1>,
#else
    strata::elu<>,
#endif
    strata::dense<10>> {};
// [/snippet]

static_assert(strata::output_shape<net> == strata::shape(10));
