// A step of a stream with too many numbers.
// expect: strata: a stream's step was given 2 input and 1 output elements, but has 1 inputs, [1, 1], and 1 outputs, [1, 1].
// expect-types: network_mistake<strata::core::the_call, filter, strata::core::mistake_kind::shapes_differ, strata::core::got<2, 1>, strata::core::needs<1, 1>>
#include <strata/inference.hpp>
#include <array>

struct filter : strata::network<strata::time_series<1, 64>, strata::conv1d<1, 3, strata::causal>> {};

// [snippet]
float next(const strata::model<filter>& net) {
    auto stream = net.stream();
    std::array<float, 1> y{};
#ifdef STRATA_BROKEN
    stream.step(std::array<float, 2>{1, 2}, y);
#else
    stream.step(std::array<float, 1>{1}, y);
#endif
    return y[0];
}
// [/snippet]
