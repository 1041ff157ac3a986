/// stream_window: the law of streams over networks that hold it, in watched memory too.
#include "laws/operation_laws.hpp"
#include "laws/stream_law.hpp"

using namespace strata_tests;

namespace {

struct one : network<time_series<2, 20>, conv1d<3, 3, causal, dilation<2>>> {};
struct one_of_one : network<time_series<1, 16>, conv1d<1, 4, causal>> {};
struct three : network<time_series<2, 24>, conv1d<17, 2, causal>, relu, conv1d<8, 3, causal, dilation<2>>, relu,
                       conv1d<3, 2, causal, dilation<4>, no_bias>> {};
struct in_groups : network<time_series<4, 12>, conv1d<6, 3, causal, groups<2>>, tanh_activation,
                           conv1d<6, 2, causal, groups<6>, dilation<3>>> {};

struct halved_twice : network<time_series<2, 24>, conv1d<5, 3, causal, stride<2>>, relu,
                              conv1d<3, 2, causal, stride<2>, dilation<3>>, conv1d<4, 1>> {};
struct every_third : network<time_series<2, 12>, conv1d<3, 1, stride<3>>> {};

/// The network's stream under a policy: its numbers, and that no step touches memory but its operands.
template <class Net, class Policy, int... Hops>
void check_streams_of() {
    (check_stream_of<Net, Hops, Policy, fp64>(), ...);
    (check_stream_of<Net, Hops, Policy, fp32>(), ...);
    const auto watched = [](auto hop) {
        using streamed = plan<Net, request{.hop = hop, .target = Policy::template numbers<float>()}>;
        INFO(Policy::name << ", " << hop << " per step");
        CHECK(noted<streamed>);
        find_overlaps<Net, no_loss>(streamed::wanted);
        measure(facts_of<streamed>(1), 1);
        watch(facts_of<streamed>(1), 1, stepper<streamed, Policy>());
    };
    (watched(std::integral_constant<int, Hops>{}), ...);
}
template <class Net, int... Hops>
void check_streams() {
#if defined(__CUDACC__)
    STRATA_NEEDS_GPU();
    check_streams_of<Net, gpu, Hops...>();
#else
    check_streams_of<Net, strata::reference, Hops...>();
    check_streams_of<Net, cpu, Hops...>();
    check_streams_of<Net, gpu_on_host, Hops...>();
#endif
}

} // namespace

TEST_CASE("stream_window by hand: the taps of a step, and what is kept") {
    // Behind a window of 3 times that are 2 apart stands a convolution that adds them, with weights to tell them apart.
    struct sums : network<time_series<1, 1>, conv1d<1, 3, causal, dilation<2>, no_bias>> {};
    model<sums, strata::reference> net;
    net.set("0.weight", std::vector<float>{100, 10, 1});
    auto stream = net.stream();
    std::vector<float> y;
    for (int t = 1; t <= 7; ++t) y.push_back(stream.step(static_cast<float>(t)));
    CHECK(y == std::vector<float>{1, 2, 13, 24, 135, 246, 357});
}

TEST_CASE("stream_window keeps the law of streams: one convolution") {
    check_streams<one, 1, 5>(); // 5 times replace all 4 that were kept
    check_streams<one_of_one, 1, 8>();
}
TEST_CASE("stream_window keeps the law of streams: dilations 1, 2 and 4, and groups") {
    check_streams<three, 1, 4>();
    check_streams<in_groups, 1, 3>();
}
TEST_CASE("stream_window keeps the law of streams: strides that divide a step's times") {
    check_streams<halved_twice, 4>();
    check_streams<every_third, 3>();
}
