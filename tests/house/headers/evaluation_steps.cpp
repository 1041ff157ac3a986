// The plans of a network of 500 layers, each layer a convolution and its function: no constant evaluation needs more
// than 0.6 of the steps that clang allows by default. CMakeLists.txt gives the limit.
#include "../../../bench/compile_time/equal_layers.hpp"

using namespace strata;
using namespace strata::core;

namespace {
using net = equal_layers<500>;
constexpr target_numbers numbers{
    .lanes = 8, .channels_last = true, .depth_first = true, .packed_weights = true, .unrolled = true};
using inference = plan<net, request{.target = numbers}>;
using training = plan<net, request{.mode = mode::train, .input_gradient = true, .target = numbers}, mean_squared_error>;

static_assert(inference::steps >= 500 && inference::data.sizes.per_sample == 4 * (2 * 8 * 8 * 8));
static_assert(training::steps >= 3 * 500 && training::data.forward_steps >= 500);
static_assert(trainable_runs<training>.size() == 1);
static_assert(parameter_count<net> == 500 * (8 * 8 * 3 * 3 + 8));
static_assert(description<net>::name(999) == "998.bias");
} // namespace
