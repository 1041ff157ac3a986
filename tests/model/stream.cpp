/// Streams: independence, copies, threads, models that move, tokens, and that a step does not allocate. Their law is
/// checked in tests/layers/streams.cpp and tests/operations/stream_window.cpp.
#include "allocations.hpp"
#include "laws/stream_law.hpp"

#include <strata/sequences.hpp>

#include <array>
#include <thread>

using namespace strata;
using namespace strata_tests;

namespace {

/// A block of a WaveNet, whose dilation doubles from one to the next.
template <int Dilation>
using wave = residual<sequence<conv1d<6, 2, causal, dilation<Dilation>>, tanh_activation, conv1d<6, 1>>>;
struct wavenet : network<time_series<1, 24>, conv1d<6, 2, causal>, tag<"first">, wave<1>, wave<2>, wave<4>, wave<8>,
                         add<"first">, relu, conv1d<4, 1>, relu, conv1d<1, 1>> {};

struct joined : network<time_series<2, 12>, tag<"x">, parallel<concat_all, conv1d<3, 3, causal>, conv1d<2, 1, same>>,
                        sigmoid, concat<"x">, repeat<2, conv1d<5, 2, causal>, softplus>> {};
struct halved_twice : network<time_series<2, 24>, conv1d<5, 3, causal, stride<2>>, relu,
                              conv1d<3, 2, causal, stride<2>, dilation<3>>, conv1d<4, 1>> {};

struct echo : network<time_series<1, 8>, conv1d<4, 3, causal>, tanh_activation, conv1d<1, 3, causal, dilation<4>>> {};

// [network]
struct effect : strata::network<strata::time_series<1, 4096>, strata::conv1d<8, 3, strata::causal>,
                                strata::tanh_activation, strata::conv1d<8, 3, strata::causal, strata::dilation<3>>,
                                strata::tanh_activation, strata::conv1d<1, 1>> {};
// [/network]

/// Of floats that are around 1, to rounding.
bool near(float a, float b) { return std::abs(a - b) <= 1e-6f; }

} // namespace

TEST_CASE("a stream takes tokens one by one") {
    struct words : network<tokens<6, 9>, embedding<9, 4>, dense<5>, tanh_activation, layer_norm, dense<3>> {};
    const model<words> net{seed{2}};
    const std::array<std::int32_t, 6> x{3, 0, 8, 8, 1, 5};
    const auto whole = net(x);
    auto stream = net.stream();
    auto by_two = net.stream<2>();
    for (std::size_t t = 0; t < 6; ++t) {
        std::array<float, 3> y{};
        stream.step(std::array<std::int32_t, 1>{x[t]}, y);
        for (std::size_t i = 0; i < 3; ++i) CHECK(near(y[i], whole[3 * t + i]));
    }
    for (std::size_t t = 0; t < 6; t += 2) {
        std::array<float, 6> y{};
        by_two.step(std::span<const std::int32_t, 2>(&x[t], 2), y);
        for (std::size_t i = 0; i < 6; ++i) CHECK(near(y[i], whole[3 * t + i]));
    }
}

TEST_CASE("a stream by hand: what the earlier inputs are") {
    struct sums : network<time_series<1, 1>, conv1d<1, 3, causal, dilation<2>, no_bias>> {};
    model<sums> net;
    net.set("0.weight", std::vector<float>{100, 10, 1});
    auto stream = net.stream();
    std::vector<float> y;
    for (int t = 1; t <= 7; ++t) y.push_back(stream.step(static_cast<float>(t)));
    CHECK(y == std::vector<float>{1, 2, 13, 24, 135, 246, 357});
    stream.reset();
    CHECK(stream.step(5) == 5);
}

TEST_CASE("a stream keeps its past and no more") {
    using stream_of_wavenet = decltype(std::declval<const model<wavenet, reference>&>().stream());
    // 1 time of the first layer's channel; 1, 2, 4, 8 times of six channels: each in whole registers' lines
    STATIC_REQUIRE(stream_of_wavenet::stream_plan::data.sizes.states == 16 + 16 + 16 + 32 + 48);
    STATIC_REQUIRE(model<wavenet, reference>::inference_plan::data.sizes.states == 0);
}

TEST_CASE("streams of one model are independent, and a copy goes on from the same past") {
    const model<echo> net{seed{3}};
    const std::vector<float> a = a_signal<float>(8), b{3, -1, 2, 0.5f, -2, 1, 1, 4};
    const auto ya = net(a), yb = net(b);
    auto first = net.stream(), second = net.stream();
    for (std::size_t t = 0; t < 5; ++t) {
        CHECK(near(first.step(a[t]), ya[t]));
        CHECK(near(second.step(b[t]), yb[t]));
    }
    auto fork = first;
    for (std::size_t t = 5; t < 8; ++t) {
        CHECK(near(second.step(b[t]), yb[t]));
        CHECK(near(first.step(a[t]), ya[t]));
    }
    for (std::size_t t = 5; t < 8; ++t) CHECK(near(fork.step(a[t]), ya[t]));
}

TEST_CASE("a const model streams from several threads at once") {
    const model<joined> net{seed{5}};
    constexpr int threads = 4, times = 12;
    std::vector<std::vector<float>> made(threads);
    std::vector<std::thread> running;
    for (auto& y : made)
        running.emplace_back([&net, &y] {
            const std::vector<float> x = a_signal<float>(2 * times);
            auto stream = net.stream();
            for (std::size_t t = 0; t < times; ++t) {
                std::array<float, 5> out{};
                stream.step(std::array<float, 2>{x[t], x[times + t]}, out);
                y.insert(y.end(), out.begin(), out.end());
            }
        });
    for (std::thread& t : running) t.join();
    for (const auto& y : made) {
        CHECK(y.size() == 5 * times);
        CHECK(y == made[0]);
    }
}

TEST_CASE("a stream as docs/streams.md has it") {
    const model<effect> net{seed{1}};
    const std::vector<float> whole = a_signal<float>(4096), expected = net(whole);
    std::array<float, 64> block{};
    std::copy_n(whole.begin(), block.size(), block.begin());
    // [step]
    auto stream = net.stream(); // before the audio thread starts: this allocates

    for (float& s : block) s = stream.step(s); // in the audio thread

    stream.reset(); // the next signal begins
    // [/step]
    for (std::size_t t = 0; t < block.size(); ++t) CHECK(near(block[t], expected[t]));
    CHECK(stream.step(whole[0]) == block[0]);
}

TEST_CASE("a stream follows a model that moves, and sees its new parameters") {
    struct gain : network<time_series<1, 1>, conv1d<1, 1, no_bias>> {};
    model<gain> net;
    net.set("0.weight", std::vector<float>{2});
    auto stream = net.stream();
    CHECK(stream.step(3) == 6);
    model<gain> moved = std::move(net);
    moved.set("0.weight", std::vector<float>{5});
    CHECK(stream.step(3) == 15);
}

TEST_CASE("a step and a reset of a stream neither allocate nor throw") {
    const model<wavenet> small{seed{1}};
    const model<halved_twice> strided{seed{1}};
    auto by_one = small.stream();
    auto by_four = strided.stream<4>();
    std::array<float, 8> x{1, 2, 3, 4, 5, 6, 7, 8};
    std::array<float, 4> y{};
    const long long before = allocations();
    for (int t = 0; t < 100; ++t) {
        y[0] = by_one.step(x[0]);
        by_one.step(std::span<const float, 1>(&x[1], 1), std::span<float, 1>(&y[1], 1));
        by_four.step(x, y);
        by_four.step(x.data(), y.data());
    }
    by_one.reset();
    by_four.reset();
    CHECK(allocations() == before);
    STATIC_REQUIRE(noexcept(by_one.step(x[0])));
    STATIC_REQUIRE(noexcept(by_four.step(x, y)));
    STATIC_REQUIRE(noexcept(by_four.reset()));
    CHECK(y[0] != 0);
}

TEST_CASE("a state outside of a stream: steps through run are those of net.stream()") {
    const model<echo> net{seed{3}};
    const model<halved_twice> strided{seed{3}};
    const std::vector<float> x = a_signal<float>(48);
    auto stream = net.stream();
    auto state = net.make_state();
    auto space = net.make_workspace(state);
    for (int round = 0; round < 2; ++round) { // the second one after a reset
        CHECK(state.steps() == 0);
        for (std::size_t t = 0; t < 12; ++t) {
            float y = 0;
            net.run(&x[t], &y, space, state);
            CHECK(y == stream.step(x[t]));
        }
        CHECK(state.steps() == 12);
        state.reset(), stream.reset();
    }
    auto by_eight = strided.stream<8>();
    auto eight = strided.make_state<8>();
    auto space_of_eight = strided.make_workspace(eight);
    for (std::size_t t = 0; t < 3; ++t) {
        std::array<float, 8> a{}, b{};
        const auto in = std::span<const float, 16>(&x[16 * t], 16);
        by_eight.step(in, a);
        strided.run(in, b, space_of_eight, eight);
        CHECK(a == b);
    }
    // Its state is all that a stream has of a signal: the other memory is the stream's own.
    CHECK(state.bytes() + space.bytes() == stream.bytes());
}

TEST_CASE("states of one model: many signals take turns in one workspace, and a copy goes on from the same past") {
    const model<echo> net{seed{3}};
    const std::vector<float> a = a_signal<float>(8), b{3, -1, 2, 0.5f, -2, 1, 1, 4};
    const auto ya = net(a), yb = net(b);
    auto first = net.make_state(), second = net.make_state();
    auto space = net.make_workspace(first);
    const auto step = [&](auto& state, float x) {
        std::array<float, 1> y{};
        net.run(std::array<float, 1>{x}, y, space, state);
        return y[0];
    };
    for (std::size_t t = 0; t < 5; ++t) {
        CHECK(near(step(first, a[t]), ya[t]));
        CHECK(near(step(second, b[t]), yb[t]));
    }
    auto fork = first;
    second = first; // to go back to what was is an assignment
    for (std::size_t t = 5; t < 8; ++t) {
        CHECK(near(step(first, a[t]), ya[t]));
        CHECK(near(step(fork, a[t]), ya[t]));
        CHECK(near(step(second, a[t]), ya[t]));
    }
    // A workspace of whole samples is large enough for a step of one time here.
    auto of_samples = net.make_workspace();
    first.reset();
    float y = 0;
    net.run(&a[0], &y, of_samples, first);
    CHECK(near(y, ya[0]));
}

TEST_CASE("one const model serves several threads, each with its states") {
    const model<joined> net{seed{5}};
    constexpr int threads = 4, times = 12, signals = 3;
    std::vector<std::vector<float>> made(threads);
    std::vector<std::thread> running;
    for (auto& y : made)
        running.emplace_back([&net, &y] {
            const std::vector<float> x = a_signal<float>(2 * times);
            auto state = net.make_state();
            auto space = net.make_workspace(state);
            std::vector states(signals, state);
            for (std::size_t t = 0; t < times; ++t)
                for (auto& s : states) {
                    std::array<float, 5> out{};
                    net.run(std::array<float, 2>{x[t], x[times + t]}, out, space, s);
                    y.insert(y.end(), out.begin(), out.end());
                }
        });
    for (std::thread& t : running) t.join();
    auto stream = net.stream();
    const std::vector<float> x = a_signal<float>(2 * times);
    std::vector<float> expected;
    for (std::size_t t = 0; t < times; ++t) {
        std::array<float, 5> out{};
        stream.step(std::array<float, 2>{x[t], x[times + t]}, out);
        for (int s = 0; s < signals; ++s) expected.insert(expected.end(), out.begin(), out.end());
    }
    for (const auto& y : made) CHECK(y == expected);
}

TEST_CASE("a state takes tokens, and models of its type may change places") {
    struct words : network<tokens<6, 9>, embedding<9, 4>, dense<5>, tanh_activation, layer_norm, dense<3>> {};
    const model<words> net{seed{2}};
    const std::vector<std::int32_t> x{3, 0, 8, 8, 1, 5};
    const auto whole = net(x);
    auto state = net.make_state();
    auto space = net.make_workspace(state);
    for (std::size_t t = 0; t < 6; ++t) {
        std::array<float, 3> y{};
        net.run(std::array<std::int32_t, 1>{x[t]}, y, space, state);
        for (std::size_t i = 0; i < 3; ++i) CHECK(near(y[i], whole[3 * t + i]));
    }
    struct sums : network<time_series<1, 1>, conv1d<1, 3, causal, no_bias>> {};
    model<sums> one, ten;
    one.set("0.weight", std::vector<float>{1, 1, 1}), ten.set("0.weight", std::vector<float>{10, 10, 10});
    auto past = one.make_state();
    auto memory = one.make_workspace(past);
    float y = 0;
    const float two = 2, three = 3;
    one.run(&two, &y, memory, past);
    CHECK(y == 2);
    ten.run(&three, &y, memory, past); // of the same signal
    CHECK(y == 50);
}

TEST_CASE("a step and a reset of a state neither allocate nor throw") {
    const model<wavenet> net{seed{1}};
    auto state = net.make_state();
    auto space = net.make_workspace(state);
    std::array<float, 1> x{1}, y{};
    const long long before = allocations();
    for (int t = 0; t < 100; ++t) net.run(x, y, space, state);
    state.reset();
    CHECK(allocations() == before);
    CHECK(y[0] != 0);
    STATIC_REQUIRE(noexcept(net.run(x, y, space, state)));
    STATIC_REQUIRE(noexcept(state.reset()));
}

TEST_CASE("a state as docs/streams.md has it") {
    const model<effect> net{seed{1}};
    const std::vector<float> left = a_signal<float>(64), right{left.rbegin(), left.rend()};
    std::vector<float> out_left(64), out_right(64);
    // [state]
    auto first = net.make_state(), second = net.make_state(); // for each signal, or voice, or channel
    auto space = net.make_workspace(first);                   // for each thread

    for (std::size_t t = 0; t < 64; ++t) { // allocates nothing
        net.run(&left[t], &out_left[t], space, first);
        net.run(&right[t], &out_right[t], space, second);
    }
    // [/state]
    auto stream = net.stream();
    for (std::size_t t = 0; t < 64; ++t) CHECK(stream.step(left[t]) == out_left[t]);
    stream.reset();
    for (std::size_t t = 0; t < 64; ++t) CHECK(stream.step(right[t]) == out_right[t]);
}
