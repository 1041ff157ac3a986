/// conv1d: values by hand, and networks on signals under the laws of the operations that they are made of.
#include "laws/operation_laws.hpp"

#include <strata/inference.hpp>

using namespace strata_tests;

namespace {

struct plain : strata::network<strata::time_series<1, 4>, strata::conv1d<1, 2, strata::no_bias>> {};
struct late : strata::network<strata::time_series<1, 4>, strata::conv1d<1, 2, strata::causal, strata::no_bias>> {};
struct dilated : strata::network<strata::time_series<1, 5>,
                                 strata::conv1d<1, 2, strata::causal, strata::dilation<3>, strata::no_bias>> {};
struct every_second : strata::network<strata::time_series<1, 5>,
                                      strata::conv1d<1, 3, strata::causal, strata::stride<2>, strata::no_bias>> {};
struct padded : strata::network<strata::time_series<1, 3>, strata::conv1d<1, 2, strata::padding<1>, strata::no_bias>> {
};
struct kept : strata::network<strata::time_series<1, 3>, strata::conv1d<1, 2, strata::same, strata::no_bias>> {};
struct two_channels : strata::network<strata::time_series<2, 3>, strata::conv1d<1, 2>> {};

template <class Net>
std::vector<double> filtered(const std::vector<double>& weight, const std::vector<double>& x) {
    strata::model<Net, strata::reference, strata::fp64> net;
    net.set("0.weight", weight);
    return net(x);
}

/// More filters than a register has lanes, taps that are apart, outputs that leave times out.
struct causal_ones
    : strata::network<strata::time_series<3, 9>, strata::conv1d<17, 3, strata::causal, strata::dilation<2>>,
                      strata::relu, strata::conv1d<4, 2, strata::stride<2>>> {};
struct in_groups
    : strata::network<strata::time_series<4, 7>,
                      strata::conv1d<6, 3, strata::groups<2>, strata::padding<2>, strata::stride<2>, strata::no_bias>,
                      strata::tanh_activation, strata::conv1d<6, 2, strata::groups<6>, strata::same>> {};
/// What works on channels or on each number, on a signal.
struct other_layers : strata::network<strata::time_series<2, 5>, strata::normalise, strata::tag<"x">,
                                      strata::conv1d<3, 3, strata::same, strata::no_bias>, strata::batch_norm,
                                      strata::residual<strata::sequence<strata::conv1d<3, 1>, strata::leaky_relu<>>>,
                                      strata::concat<"x">, strata::softmax,
                                      strata::parallel<strata::add_all, strata::pass, strata::sigmoid>, strata::flatten,
                                      strata::dense<2>> {};
/// Channels that fill registers, whose input gradient goes by flipped filters.
struct full_registers : strata::network<strata::time_series<16, 6>, strata::conv1d<16, 3, strata::causal>,
                                        strata::conv1d<16, 3, strata::padding<1>>, strata::dropout<0.25>> {};

} // namespace

TEST_CASE("conv1d by hand") {
    using numbers = std::vector<double>;
    CHECK(filtered<plain>({10, 1}, {1, 2, 3, 4}) == numbers{12, 23, 34});
    CHECK(filtered<late>({10, 1}, {1, 2, 3, 4}) == numbers{1, 12, 23, 34});
    CHECK(filtered<dilated>({10, 1}, {1, 2, 3, 4, 5}) == numbers{1, 2, 3, 14, 25});
    CHECK(filtered<every_second>({100, 10, 1}, {1, 2, 3, 4, 5}) == numbers{1, 123, 345});
    CHECK(filtered<padded>({10, 1}, {1, 2, 3}) == numbers{1, 12, 23, 30});
    CHECK(filtered<kept>({10, 1}, {1, 2, 3}) == numbers{12, 23, 30});
    strata::model<two_channels, strata::reference, strata::fp64> net;
    net.set("0.weight", numbers{1000, 100, 10, 1});
    net.set("0.bias", numbers{0.5});
    CHECK(net(numbers{1, 2, 3, 4, 5, 6}) == numbers{1245.5, 2356.5});
}

TEST_CASE("conv1d: its weight is PyTorch's, of three extents, and its output a signal") {
    STATIC_REQUIRE(strata::output_shape<causal_ones> == strata::shape::signal(4, 4));
    STATIC_REQUIRE(strata::parameter_count<causal_ones> == 17 * 3 * 3 + 17 + 4 * 17 * 2 + 4);
    const auto weight = strata::model<in_groups>::parameters()[0];
    CHECK(weight.extents.same_extents(strata::shape(6, 2, 3)));
    CHECK(weight.extents.axes == strata::role::none);
}

TEST_CASE("conv1d: each output has seen nothing later") {
    struct alone
        : strata::network<strata::time_series<2, 12>, strata::conv1d<5, 3, strata::causal, strata::dilation<2>>,
                          strata::relu, strata::conv1d<2, 2, strata::causal>> {};
    const strata::model<alone, strata::reference> net{strata::seed{4}};
    std::vector<float> x(24, 0.5f);
    const auto before = net(x);
    x[7] = 3, x[12 + 7] = -2;
    const auto after = net(x);
    for (std::size_t c = 0; c < 2; ++c)
        for (std::size_t t = 0; t < 12; ++t) {
            INFO("channel " << c << ", time " << t);
            if (t < 7 || t > 12) CHECK(after[c * 12 + t] == before[c * 12 + t]);
        }
    CHECK(after[7] != before[7]);
    CHECK(after[11] != before[11]);
}

TEST_CASE("conv1d and other layers on signals keep the laws") {
    check_laws<causal_ones, in_groups, other_layers>();
#if !defined(__CUDACC__)
    check_laws_of<cpu, full_registers>(); // central differences of this one would take minutes
#endif
}
