// A parameter where an operation reads other numbers for each sample.
// expect: strata: layer 1 of 1, table: the parameter "table" is an operand of the operation add, which reads other numbers for each sample. Use an operation that takes parameters, such as affine; a new one says in its facts which of its operands are parameters.
// expect-types: network_mistake<strata::core::layer<1, 1>, table, strata::core::mistake_kind::operand_is_a_parameter, strata::core::got<4>, strata::core::needs<>>
#include <strata/layers.hpp>
#include <strata/plan/facts.hpp>

// [snippet]
struct table {
    static constexpr strata::value build(strata::graph& g, strata::value x) {
#ifdef STRATA_BROKEN
        const strata::value sums = g.parameter("table", strata::shape(4), strata::init::zero);
        return strata::operations::add::append(g, x, sums);
#else
        const strata::value mean = g.buffer("mean", strata::shape(4), strata::init::zero);
        const strata::value deviation = g.buffer("one", strata::shape(4), strata::init::one);
        return strata::operations::normalise::append(g, x, mean, deviation);
#endif
    }
};

struct net : strata::network<strata::features<4>, table> {};
// [/snippet]

static_assert(strata::output_shape<net> == strata::shape(4));
