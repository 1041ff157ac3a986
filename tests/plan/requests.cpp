/// What a request asks for is in the plan, and nothing else: steps are counted by kind.
#include "catch.hpp"
#include "nets.hpp"

#include <strata/plan/plan.hpp>
#include <strata/plan/weights/trainable_runs.hpp>
#include <strata/train/gradients/given_gradient.hpp>
#include <strata/train/losses/cross_entropy.hpp>
#include <strata/train/losses/mean_squared_error.hpp>

#include <vector>

using namespace strata;
using namespace strata::core;
using strata_tests::lenet5;

namespace {

template <class Plan>
constexpr int count(op kind) {
    int n = 0;
    for (int t = 0; t < Plan::steps; ++t) n += Plan::data.steps[t].kind == kind ? 1 : 0;
    return n;
}
/// Steps with a fused elementwise function.
template <class Plan>
constexpr int count_fused() {
    int n = 0;
    for (int t = 0; t < Plan::steps; ++t) {
        const key& k = Plan::data.keys[Plan::data.steps[t].kernel];
        n += (k.kind == operations::affine::kind || k.kind == operations::conv::kind) && k.function >= 0 ? 1 : 0;
    }
    return n;
}
template <class Plan>
constexpr int count_gradients() {
    int n = 0;
    for (int t = 0; t < Plan::steps; ++t)
        for (op kind :
             {operations::affine_input_gradient::kind, operations::affine_weight_gradient::kind,
              operations::conv_input_gradient::kind, operations::conv_weight_gradient::kind,
              operations::max_pool_gradient::kind, operations::avg_pool_gradient::kind,
              operations::elementwise_gradient::kind, operations::softmax_gradient::kind,
              operations::batch_norm_sums::kind, operations::batch_norm_parameter_gradient::kind,
              operations::batch_norm_input_gradient::kind, operations::sum_partials::kind, operations::slice::kind})
            n += Plan::data.steps[t].kind == kind ? 1 : 0;
    return n;
}

constexpr target_numbers packed{
    .lanes = 16, .chunk = 8, .channels_last = true, .packed_weights = true}; // as `cpu` has it

template <class... Layers>
struct flat : network<features<5>, Layers...> {};
template <class... Layers>
struct on_image : network<image<3, 6, 6>, Layers...> {};

template <class Net>
using inference = plan<Net, request{}>;
template <class Net, class Loss = mean_squared_error>
using training = plan<Net, request{.mode = mode::train}, Loss>;
template <class Net, int First, int Last, bool Input = false>
using training_of =
    plan<Net, request{.mode = mode::train, .trainable = {First, Last}, .input_gradient = Input}, cross_entropy>;

} // namespace

// ---- differentiate: only what is asked ------------------------------------------------------------------------------

TEST_CASE("no gradient is derived in inference") { STATIC_REQUIRE(count_gradients<inference<lenet5>>() == 0); }

TEST_CASE("no gradient to the input is derived unless asked for") {
    using unasked = training<lenet5, cross_entropy>;
    STATIC_REQUIRE(count<unasked>(operations::conv_weight_gradient::kind) == 2);
    STATIC_REQUIRE(count<unasked>(operations::conv_input_gradient::kind) == 1);
    STATIC_REQUIRE(count<unasked>(operations::affine_weight_gradient::kind) == 3);
    STATIC_REQUIRE(count<unasked>(operations::affine_input_gradient::kind) == 3);
    STATIC_REQUIRE(count<unasked>(operations::elementwise_gradient::kind) == 2); // and two in the gradients of max_pool
    STATIC_REQUIRE(count<unasked>(operations::max_pool_gradient::kind) == 2);
    STATIC_REQUIRE(count<unasked>(operations::sum_partials::kind) == 4);
    STATIC_REQUIRE(unasked::data.input_gradient.elements == 0);

    using asked = plan<lenet5, request{.mode = mode::train, .input_gradient = true}, cross_entropy>;
    STATIC_REQUIRE(count<asked>(operations::conv_input_gradient::kind) == 2);
    STATIC_REQUIRE(count_gradients<asked>() == count_gradients<unasked>() + 1);
    STATIC_REQUIRE(asked::data.input_gradient.elements == 28 * 28);

    // A layer without parameters at the beginning: nothing flows back into it.
    STATIC_REQUIRE(count_gradients<training<flat<sigmoid, dense<3>, relu, softmax>>>() == 3);
    STATIC_REQUIRE(count_gradients<training<flat<sigmoid, relu, softmax>>>() == 0);
}

TEST_CASE("nothing is derived for frozen layers, nor below the lowest trainable one") {
    // Layers 7, 9 and 11 are dense; the convolutions are 0 and 3.
    using head = training_of<lenet5, 7, 12>;
    STATIC_REQUIRE(count<head>(operations::affine_weight_gradient::kind) == 3);
    STATIC_REQUIRE(count<head>(operations::affine_input_gradient::kind) == 2);
    STATIC_REQUIRE(count<head>(operations::elementwise_gradient::kind) == 2);
    STATIC_REQUIRE(count_gradients<head>() == 7);

    using last = training_of<lenet5, 11, 12>;
    STATIC_REQUIRE(count<last>(operations::affine_weight_gradient::kind) == 1);
    STATIC_REQUIRE(count_gradients<last>() == 1);

    using first = training_of<lenet5, 0, 1>;
    STATIC_REQUIRE(count<first>(operations::conv_weight_gradient::kind) == 1);
    STATIC_REQUIRE(count<first>(operations::affine_weight_gradient::kind) == 0);
    STATIC_REQUIRE(count<first>(operations::affine_input_gradient::kind) == 3);
    STATIC_REQUIRE(count<first>(operations::conv_input_gradient::kind) == 1);

    using middle = training_of<lenet5, 3, 8>;
    STATIC_REQUIRE(count<middle>(operations::conv_weight_gradient::kind) == 1);
    STATIC_REQUIRE(count<middle>(operations::affine_weight_gradient::kind) == 1);
    STATIC_REQUIRE(count<middle>(operations::conv_input_gradient::kind) == 0);
    STATIC_REQUIRE(count<middle>(operations::affine_input_gradient::kind) == 3);

    STATIC_REQUIRE(count_gradients<training_of<lenet5, 0, 0>>() == 0);
    using to_the_input_only = training_of<lenet5, 0, 0, true>;
    STATIC_REQUIRE(count<to_the_input_only>(operations::conv_weight_gradient::kind) == 0);
    STATIC_REQUIRE(count<to_the_input_only>(operations::affine_weight_gradient::kind) == 0);
    STATIC_REQUIRE(count<to_the_input_only>(operations::sum_partials::kind) == 0);
    STATIC_REQUIRE(count<to_the_input_only>(operations::conv_input_gradient::kind) == 2);
    STATIC_REQUIRE(count<to_the_input_only>(operations::affine_input_gradient::kind) == 3);
}

TEST_CASE("the plan says which parameters are trainable, by the layer or block they stand in") {
    // Rows: the sequence 0 and its layers 1, 2; the repeat 3 and its layers 4, 5; dense 6.
    struct blocks : network<features<5>, sequence<dense<4>, dense<4>>, repeat<2, dense<4>>, dense<2>> {};
    using one = plan<blocks, request{.mode = mode::train, .trainable = {2, 3}}, cross_entropy>;
    for (int p = 0; p < one::parameters; ++p) CHECK(one::data.parameters[p].trainable == (p == 2 || p == 3));
    using only_repeated = plan<blocks, request{.mode = mode::train, .trainable = {3, 6}}, cross_entropy>;
    int trainable = 0;
    for (int p = 0; p < only_repeated::parameters; ++p) {
        INFO("parameter " << p);
        CHECK(only_repeated::data.parameters[p].trainable == (p >= 4 && p < 8));
        trainable += only_repeated::data.parameters[p].trainable ? 1 : 0;
    }
    CHECK(trainable == 4);
    STATIC_REQUIRE(count<only_repeated>(operations::affine_weight_gradient::kind) == 2);
    STATIC_REQUIRE(count<only_repeated>(operations::affine_input_gradient::kind) == 2);
}

TEST_CASE("layers that are not neighbours may be the trainable ones") {
    using two = plan<lenet5, request{.mode = mode::train, .trainable = {{{3, 4}, {11, 12}}}}, cross_entropy>;
    STATIC_REQUIRE(count<two>(operations::conv_weight_gradient::kind) == 1);
    STATIC_REQUIRE(count<two>(operations::affine_weight_gradient::kind) == 1);
    STATIC_REQUIRE(count<two>(operations::affine_input_gradient::kind) == 3);
    STATIC_REQUIRE(count<two>(operations::conv_input_gradient::kind) == 0);
    STATIC_REQUIRE(trainable_runs<two>.size() == 2);
    STATIC_REQUIRE(trainable_runs<training<lenet5>>.size() == 1);
    STATIC_REQUIRE(*trainable_runs<training<lenet5>>.begin()
                   == element_run{0, training<lenet5>::data.sizes.parameters});
    // The first run is the second convolution's, weight and bias, wherever they lie.
    const parameter_info* const p = two::data.parameters;
    CHECK(*trainable_runs<two>.begin() == element_run{p[2].offset, p[4].offset - p[2].offset});
    STATIC_REQUIRE(trainable_runs<training_of<lenet5, 0, 0>>.size() == 0);
}

TEST_CASE("frozen layers have no gradients of their own and run as in inference") {
    using net = on_image<conv<4, 3>, batch_norm, relu, dropout<0.5>, flatten, dense<4>, dropout<0.5>, dense<2>>;
    using all = training<net, cross_entropy>;
    STATIC_REQUIRE(count<all>(operations::batch_moments::kind) == 1);
    STATIC_REQUIRE(count<all>(operations::dropout::kind) == 4);
    using head = plan<net, request{.mode = mode::train, .frozen = {{{0, 4}}}}, cross_entropy>;
    STATIC_REQUIRE(count<head>(operations::batch_moments::kind) == 0);
    STATIC_REQUIRE(count<head>(operations::fold_batch_norm::kind) == 1);
    STATIC_REQUIRE(count<head>(operations::conv::kind) == 1);
    STATIC_REQUIRE(count<head>(operations::dropout::kind) == 2); // the one that is not frozen, there and back
    STATIC_REQUIRE(count<head>(operations::affine_weight_gradient::kind) == 2);
    STATIC_REQUIRE(count<head>(operations::affine_input_gradient::kind) == 1);
    STATIC_REQUIRE(count_gradients<head>() == 3);
    // A frozen layer above one that trains passes the gradient on.
    using middle = plan<net, request{.mode = mode::train, .frozen = {{{1, 2}, {5, 6}}}}, cross_entropy>;
    STATIC_REQUIRE(count<middle>(operations::batch_norm_inference::kind)
                   == 1); // the gradient's; the network's own is folded
    STATIC_REQUIRE(count<middle>(operations::conv_weight_gradient::kind) == 1);
    STATIC_REQUIRE(count<middle>(operations::affine_weight_gradient::kind) == 1);
    STATIC_REQUIRE(count<middle>(operations::affine_input_gradient::kind) == 2);
    STATIC_REQUIRE(count<middle>(operations::batch_norm_parameter_gradient::kind) == 0);
}

TEST_CASE("in inference the gradient goes to the input only") {
    using net = on_image<conv<4, 3>, batch_norm, relu, flatten, dropout<0.5>, dense<2>>;
    using attribution = plan<net, request{.input_gradient = true}, cross_entropy>;
    STATIC_REQUIRE(attribution::data.input_gradient.elements == 3 * 6 * 6);
    STATIC_REQUIRE(count<attribution>(operations::batch_moments::kind) == 0);
    STATIC_REQUIRE(count<attribution>(operations::dropout::kind) == 0);
    STATIC_REQUIRE(count<attribution>(operations::conv_weight_gradient::kind) == 0);
    STATIC_REQUIRE(count<attribution>(operations::affine_weight_gradient::kind) == 0);
    STATIC_REQUIRE(count<attribution>(operations::conv_input_gradient::kind) == 1);
    STATIC_REQUIRE(trainable_runs<attribution>.size() == 0);
}

namespace {
/// The results are written by then, and nothing so far reads a target.
template <class Plan>
void check_forward_steps() {
    bool results = false;
    for (int t = 0; t < Plan::steps; ++t) {
        const step& s = Plan::data.steps[t];
        for (int i = 0; i < s.inputs; ++i) CHECK((t >= Plan::data.forward_steps || s.at[i].where != storage::target));
        for (int i = s.inputs; i < s.inputs + s.outputs; ++i)
            if (s.at[i].where == storage::output) {
                results = true;
                CHECK(t < Plan::data.forward_steps);
            }
    }
    CHECK(results);
    CHECK(Plan::data.forward_steps > 0);
    CHECK(Plan::data.forward_steps < Plan::steps);
}
} // namespace

TEST_CASE("the network's steps come first, its results included; then the gradient's") {
    check_forward_steps<plan<lenet5, request{.mode = mode::train}, given_gradient>>();
    check_forward_steps<plan<on_image<conv<4, 3>, relu, conv<2, 1>>,
                             request{.mode = mode::train, .input_gradient = true, .target = packed}, given_gradient>>();
    check_forward_steps<plan<on_image<pass>, request{.input_gradient = true}, given_gradient>>();
    STATIC_REQUIRE(inference<lenet5>::data.forward_steps == inference<lenet5>::steps);
}

TEST_CASE("a value used twice has its gradients added, once per additional use") {
    struct skipping : network<features<5>, dense<5>, tag<"x">, relu, add<"x">, concat<"x">, dense<2>> {};
    // Forward: one add. Backward: "x" is read by relu, add and concat: two additions.
    STATIC_REQUIRE(count<training<skipping>>(operations::add::kind) == 3);
    STATIC_REQUIRE(count<training<skipping>>(operations::slice::kind) == 2);
    STATIC_REQUIRE(count<inference<skipping>>(operations::add::kind) == 1);
}

TEST_CASE("batch_norm in inference has no statistics to compute, in training no running ones to use") {
    using net = flat<batch_norm, dense<2>>;
    STATIC_REQUIRE(count<inference<net>>(operations::batch_norm_inference::kind) == 1);
    STATIC_REQUIRE(inference<net>::steps == 2);
    STATIC_REQUIRE(count<training<net>>(operations::batch_norm_inference::kind) == 0);
    STATIC_REQUIRE(count<training<net>>(operations::batch_moments::kind) == 1);
    STATIC_REQUIRE(count<training<net>>(operations::batch_norm_sums::kind) == 1);
    STATIC_REQUIRE(count<training<net>>(operations::batch_norm_input_gradient::kind) == 0);
}

TEST_CASE("dropout is in the training plan only") {
    STATIC_REQUIRE(count<training<flat<dense<4>, dropout<0.5>>>>(operations::dropout::kind)
                   == 2); // once forward, once back
    STATIC_REQUIRE(count<training<flat<dense<4>, dropout<0>>>>(operations::dropout::kind) == 0);
    STATIC_REQUIRE(inference<flat<dense<4>, dropout<0.5>>>::steps == 1);
}

// ---- fuse -----------------------------------------------------------------------------------------------------------

TEST_CASE("affine and conv take the function behind them") {
    STATIC_REQUIRE(inference<flat<dense<4>, relu>>::steps == 1);
    STATIC_REQUIRE(inference<on_image<conv<4, 3>, sigmoid>>::steps == 1);
    STATIC_REQUIRE(count_fused<inference<flat<dense<4>, relu>>>() == 1);
    STATIC_REQUIRE(count<inference<flat<dense<4>, relu>>>(operations::elementwise::kind) == 0);
    // One function each.
    STATIC_REQUIRE(inference<flat<dense<4>, relu, tanh_activation>>::steps == 2);
    // conv, pool, conv, pool, dense, dense, dense
    STATIC_REQUIRE(inference<lenet5>::steps == 7);
    STATIC_REQUIRE(count_fused<inference<lenet5>>() == 4);
    // In training as well, where the derivative can be told from the result.
    STATIC_REQUIRE(count_fused<training<flat<dense<4>, relu, dense<2>>>>() == 1);
}

TEST_CASE("a function stays apart where somebody else needs what stands before it") {
    STATIC_REQUIRE(count<inference<flat<dense<4>, tag<"x">, relu, add<"x">>>>(operations::elementwise::kind) == 1);
    // leaky_relu's derivative needs its input.
    STATIC_REQUIRE(count<training<flat<dense<4>, leaky_relu<>, dense<2>>>>(operations::elementwise::kind) == 1);
    STATIC_REQUIRE(count<inference<flat<dense<4>, leaky_relu<>, dense<2>>>>(operations::elementwise::kind) == 0);
    // Not everything has an epilogue.
    STATIC_REQUIRE(count<inference<on_image<max_pool<2>, relu>>>(operations::elementwise::kind) == 1);
}

TEST_CASE("in inference batch_norm becomes a scale and a shift of the convolution before it") {
    using folded = inference<on_image<conv<4, 3>, batch_norm, relu>>;
    STATIC_REQUIRE(folded::steps == 2);
    STATIC_REQUIRE(count<folded>(operations::fold_batch_norm::kind) == 1);
    STATIC_REQUIRE(count<folded>(operations::conv::kind) == 1);
    STATIC_REQUIRE(count_fused<folded>() == 1);

    using read_twice = inference<on_image<conv<4, 3>, tag<"x">, batch_norm, add<"x">>>;
    STATIC_REQUIRE(count<read_twice>(operations::fold_batch_norm::kind) == 0);
    STATIC_REQUIRE(count<read_twice>(operations::batch_norm_inference::kind) == 1);
    STATIC_REQUIRE(count<inference<on_image<conv<4, 3>, relu, batch_norm>>>(operations::fold_batch_norm::kind) == 0);
    STATIC_REQUIRE(count<inference<flat<dense<4>, batch_norm>>>(operations::fold_batch_norm::kind) == 0);
    STATIC_REQUIRE(count<training<on_image<conv<4, 3>, batch_norm, relu>>>(operations::fold_batch_norm::kind) == 0);
}

TEST_CASE("cross_entropy takes over a softmax at the network's end") {
    using net = flat<dense<4>, softmax>;
    STATIC_REQUIRE(count<training<net, cross_entropy>>(operations::softmax_gradient::kind) == 0);
    STATIC_REQUIRE(count<training<net, mean_squared_error>>(operations::softmax_gradient::kind) == 1);
}

// ---- lay out --------------------------------------------------------------------------------------------------------

namespace {
template <class Plan>
constexpr const step& first(op kind) {
    for (int t = 0; t < Plan::steps; ++t)
        if (Plan::data.steps[t].kind == kind) return Plan::data.steps[t];
    return Plan::data.steps[0];
}
} // namespace

TEST_CASE("flatten moves nothing where it need not") {
    using net = on_image<max_pool<2>, flatten, dense<2>>;
    using as_it_is = inference<net>;
    STATIC_REQUIRE(as_it_is::steps == 2);
    STATIC_REQUIRE(first<as_it_is>(operations::affine::kind).at[0].where
                   == first<as_it_is>(operations::max_pool::kind).at[1].where);
    STATIC_REQUIRE(first<as_it_is>(operations::affine::kind).at[0].offset
                   == first<as_it_is>(operations::max_pool::kind).at[1].offset);
    STATIC_REQUIRE(first<as_it_is>(operations::affine::kind).at[0].elements == 27);
    // Of an image that lies channels-last the order differs, unless it has one channel or one pixel.
    using reordered = plan<net, request{.target = packed}>;
    STATIC_REQUIRE(count<reordered>(operations::reorder::kind) == 2); // the samples come in, the features go out
    using one_pixel = plan<on_image<global_avg_pool, dense<2>>, request{.target = packed}>;
    STATIC_REQUIRE(count<one_pixel>(operations::reorder::kind) == 1);
    using one_channel = plan<network<image<1, 4, 4>, max_pool<2>, flatten, dense<2>>, request{.target = packed}>;
    STATIC_REQUIRE(one_channel::steps == 2);
}

TEST_CASE("the gradient to the input comes back as the samples came") {
    using image_gradient = plan<on_image<conv<4, 3>>,
                                request{.mode = mode::train, .input_gradient = true, .target = packed}, given_gradient>;
    // The samples in, the results out, their gradient in, the samples' out.
    STATIC_REQUIRE(count<image_gradient>(operations::reorder::kind) == 4);
    constexpr step last = image_gradient::data.steps[image_gradient::steps - 1];
    STATIC_REQUIRE(last.kind == operations::reorder::kind);
    STATIC_REQUIRE(last.at[1].offset == image_gradient::data.input_gradient.offset);
    // Laid flat it is conventional already.
    using flattened = plan<on_image<flatten, dense<2>>,
                           request{.mode = mode::train, .input_gradient = true, .target = packed}, given_gradient>;
    STATIC_REQUIRE(count<flattened>(operations::reorder::kind) == 0);
    STATIC_REQUIRE(flattened::data.input_gradient.where == storage::per_sample);
    // What comes in as it goes out is copied: the caller's own numbers are none of the plan's.
    using untouched = plan<flat<pass>, request{.mode = mode::train, .input_gradient = true}, given_gradient>;
    STATIC_REQUIRE(untouched::data.input_gradient.where == storage::per_sample);
}

TEST_CASE("a network of nothing copies its samples") {
    STATIC_REQUIRE(inference<flat<pass>>::steps == 1);
    STATIC_REQUIRE(count<inference<flat<pass>>>(operations::copy::kind) == 1);
}

TEST_CASE("packed filters are transposed once, for the gradient to the input, where there is one") {
    using net = on_image<conv<4, 3>, conv<4, 3>, flatten, dense<3>>;
    using train = plan<net, request{.mode = mode::train, .target = packed}, cross_entropy>;
    STATIC_REQUIRE(count<train>(operations::transpose_weight::kind) == 1);
    STATIC_REQUIRE(count<training<net>>(operations::transpose_weight::kind) == 0);
    STATIC_REQUIRE(count<plan<net, request{.target = packed}>>(operations::transpose_weight::kind) == 0);
}

/// Are the filters of the gradient to the second layer's input flipped?
template <class Layer, int Channels>
constexpr bool flips() {
    constexpr target_numbers narrow{.lanes = 4, .chunk = 8, .channels_last = true, .packed_weights = true};
    using train = plan<on_image<conv<Channels, 1>, Layer, flatten, dense<3>>,
                       request{.mode = mode::train, .target = narrow}, cross_entropy>;
    for (int i = 0; i < train::steps; ++i) {
        const key& k = train::data.keys[train::data.steps[i].kernel];
        if (k.kind == operations::transpose_weight::kind) return k.flipped;
    }
    return false;
}
TEST_CASE("filters are flipped where the stride is 1 and the channels fill their registers") {
    STATIC_REQUIRE(flips<conv<4, 3>, 4>());
    STATIC_REQUIRE(flips<conv<4, 3, same>, 11>()); // 11 of 12 numbers
    STATIC_REQUIRE(!flips<conv<4, 3>, 3>());
    STATIC_REQUIRE(!flips<conv<4, 3>, 5>());
    STATIC_REQUIRE(!flips<conv<4, 3, stride<2>>, 4>());
    STATIC_REQUIRE(!flips<conv<4, 2, dilation<2>>, 4>());
    STATIC_REQUIRE(!flips<conv<4, 3, groups<2>>, 4>());
}

// ---- depth first ----------------------------------------------------------------------------------------------------

TEST_CASE(
    "the gradient of max_pool takes the derivative of the function whose result is pooled, if nobody else wants it") {
    STATIC_REQUIRE(count<training<on_image<conv<4, 3>, relu, max_pool<2>>>>(operations::elementwise_gradient::kind)
                   == 0);
    STATIC_REQUIRE(
        count<training<on_image<conv<4, 3>, tanh_activation, max_pool<2>>>>(operations::elementwise_gradient::kind)
        == 0);
    STATIC_REQUIRE(
        count<training<on_image<conv<4, 3>, leaky_relu<>, max_pool<2>>>>(operations::elementwise_gradient::kind)
        == 1); // told from x
    STATIC_REQUIRE(count<training<on_image<conv<4, 3>, relu, avg_pool<2>>>>(operations::elementwise_gradient::kind)
                   == 1);
    STATIC_REQUIRE(count<training<on_image<conv<4, 3>, relu, tag<"r">, max_pool<3, stride<1>, padding<1>>, add<"r">>>>(
                       operations::elementwise_gradient::kind)
                   == 1);
}

constexpr target_numbers depth_first{
    .lanes = 16, .chunk = 8, .channels_last = true, .depth_first = true, .packed_weights = true};

TEST_CASE("neighbouring steps over samples run together, up to a product of flat values") {
    using net = on_image<conv<4, 3>, relu, max_pool<2>, flatten, dense<3>>;
    using deep = plan<net, request{.mode = mode::train, .target = depth_first}, cross_entropy>;
    constexpr auto& steps = deep::data.steps;
    // the samples come in, conv with relu, max_pool, the features go out; affine
    STATIC_REQUIRE(steps[0].together == 4);
    STATIC_REQUIRE(steps[3].together == 1);
    STATIC_REQUIRE(steps[4].kind == operations::affine::kind);
    STATIC_REQUIRE(steps[4].together == 1);
    // not where it is not asked for, nor in inference, whose values are fewer if they make room for each other
    STATIC_REQUIRE(plan<net, request{.mode = mode::train, .target = packed}, cross_entropy>::data.steps[0].together
                   == 1);
    STATIC_REQUIRE(plan<net, request{.target = depth_first}>::data.steps[0].together == 1);
    STATIC_REQUIRE(plan<net, request{.target = depth_first}>::data.sizes.per_sample
                   == plan<net, request{.target = packed}>::data.sizes.per_sample);
}

TEST_CASE("what steps that run together meet shares no memory") {
    using net = on_image<conv<4, 3, same>, relu, conv<4, 3, same>, relu, conv<4, 3, same>, relu, flatten, dense<3>>;
    using deep = plan<net, request{.mode = mode::train, .input_gradient = true, .target = depth_first}, cross_entropy>;
    int pairs = 0, overlaps = 0;
    for (int first = 0; first < deep::steps; first += deep::data.steps[first].together) {
        std::vector<operand> met;
        for (int t = first; t < first + deep::data.steps[first].together; ++t)
            for (int i = 0; i < deep::data.steps[t].inputs + deep::data.steps[t].outputs; ++i) {
                const operand& o = deep::data.steps[t].at[i];
                if (o.where == storage::per_sample) met.push_back(o);
            }
        for (std::size_t a = 0; a < met.size(); ++a)
            for (std::size_t b = 0; b < a; ++b) {
                if (met[a].offset == met[b].offset && met[a].elements == met[b].elements) continue; // the same value
                ++pairs;
                overlaps += met[a].offset < met[b].offset + 4 * met[b].elements
                            && met[b].offset < met[a].offset + 4 * met[a].elements;
            }
    }
    CHECK(pairs > 10);
    CHECK(overlaps == 0);
}

// ---- distinct keys --------------------------------------------------------------------------------------------------

TEST_CASE("equal operations share a key, however often they stand in a network") {
    struct three : network<image<3, 8, 8>, conv<6, 1>, repeat<3, conv<6, 3, same>, relu>, conv<2, 1>> {};
    struct eight : network<image<3, 8, 8>, conv<6, 1>, repeat<8, conv<6, 3, same>, relu>, conv<2, 1>> {};
    for (const bool trains : {false, true}) {
        constexpr request inference_request{.target = packed}, train_request{.mode = mode::train, .target = packed};
        const int keys_of_3 =
            trains ? plan<three, train_request, mean_squared_error>::keys : plan<three, inference_request>::keys;
        const int keys_of_8 =
            trains ? plan<eight, train_request, mean_squared_error>::keys : plan<eight, inference_request>::keys;
        CHECK(keys_of_3 == keys_of_8);
    }
    STATIC_REQUIRE(plan<eight, request{.target = packed}>::steps == plan<three, request{.target = packed}>::steps + 5);
    // conv, conv + relu, conv; the samples in, the results out
    STATIC_REQUIRE(plan<three, request{}>::keys == 3);
    STATIC_REQUIRE(plan<three, request{.target = packed}>::keys == 5);
}

TEST_CASE("keys differ where the operations do") {
    STATIC_REQUIRE(inference<flat<dense<5>, relu, dense<5>>>::keys == 2);          // with a function and without
    STATIC_REQUIRE(inference<flat<dense<5>, relu, dense<5>, sigmoid>>::keys == 2); // of different functions
    STATIC_REQUIRE(inference<flat<dense<5>, dense<5, no_bias>>>::keys == 2);
    STATIC_REQUIRE(inference<on_image<conv<3, 3, same>, conv<3, 3, padding<1>>>>::keys
                   == 1); // the same window, spelt twice
    STATIC_REQUIRE(inference<on_image<conv<3, 3, same>, conv<3, 3, same, groups<3>>>>::keys == 2);
}

TEST_CASE("a network may have more than 64 distinct operations") {
    struct wide : network<features<1>, dense<2>, dense<3>, dense<4>, dense<5>, dense<6>, dense<7>, dense<8>, dense<9>,
                          dense<10>, dense<11>, dense<12>, dense<13>, dense<14>, dense<15>, dense<16>, dense<17>,
                          dense<18>, dense<19>, dense<20>, dense<21>, dense<22>, dense<23>> {};
    // 22 products, 22 gradients of weights, 21 to inputs, the loss and its mean
    STATIC_REQUIRE(training<wide>::keys == 67);
}
