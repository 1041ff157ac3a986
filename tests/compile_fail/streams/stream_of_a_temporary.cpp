// A stream of a temporary model.
// expect: strata: a stream needs a model that outlives it, but was asked of a temporary. Give the model a name.
// expect-types: strata: a stream needs a model that outlives it, but was asked of a temporary. Give the model a name.
#include <strata/inference.hpp>

// [snippet]
struct filter : strata::network<strata::time_series<1, 64>, strata::conv1d<1, 3, strata::causal>> {};
strata::model<filter> trained();

float first(float x) {
#ifdef STRATA_BROKEN
    auto stream = trained().stream();
#else
    const strata::model<filter> net = trained();
    auto stream = net.stream();
#endif
    return stream.step(x);
}
// [/snippet]
