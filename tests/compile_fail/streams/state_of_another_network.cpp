// A step of a stream with the state of another network.
// expect: strata: this state is of a stream of another model: of another network, precision or policy. Use a state that make_state() of a model of this type has made.
// expect-types: strata: this state is of a stream of another model: of another network, precision or policy. Use a state that make_state() of a model of this type has made.
#include <strata/inference.hpp>

// [snippet]
struct filter : strata::network<strata::time_series<1, 64>, strata::conv1d<1, 3, strata::causal>> {};
struct longer : strata::network<strata::time_series<1, 64>, strata::conv1d<1, 9, strata::causal>> {};

void run(const strata::model<filter>& net, const strata::model<longer>& other, const float* x, float* y) {
    auto state = net.make_state();
    auto space = net.make_workspace(state);
#ifdef STRATA_BROKEN
    other.run(x, y, space, state);
#else
    net.run(x, y, space, state);
#endif
    (void)other;
}
// [/snippet]
