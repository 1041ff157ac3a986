/// Which networks run as straight code, and that it gives the bits of the walk over the steps.
#include "compare.hpp"
#include "nets.hpp"

#include <strata/run/unrolled.hpp>
#include <strata/strata.hpp>

#include <cstring>

using namespace strata;
using namespace strata::core;
using namespace strata_tests;

namespace {

struct tiny : network<features<8>, dense<16>, tanh_activation, dense<16>, tanh_activation, dense<1>> {};

struct plain_cube {
    static double f(double x) { return x * x * x; }
    static double df(double x) { return 3 * x * x; }
};
/// Registers and a bit, every kind of function behind an affine, values that are used twice, a softmax.
struct all_sorts : network<features<5>, dense<17>, relu, dense<9, no_bias>, leaky_relu<>, tag<"v">, dense<9>, sigmoid,
                           add<"v">, dense<3>, elementwise<plain_cube>, dense<7>, softmax> {};
struct wide : network<features<32>, dense<32>, tanh_activation, dense<31>> {};
struct small_image
    : network<image<2, 5, 5>, conv<3, 2>, relu, batch_norm, max_pool<2>, flatten, dropout<0.5>, dense<4>> {};

struct many_operations : network<features<64>, dense<128, no_bias>, dense<1>> {};
struct many_steps : network<features<2>, repeat<17, sequence<dense<2>, softmax>>> {};

template <class Net, class Policy = cpu>
constexpr bool runs_unrolled = model<Net, Policy>::inference_plan::unrolled;

template <class Plan, class Policy, class T>
class unrolled_run : public any_run<T> {
  public:
    explicit unrolled_run(int batch) : any_run<T>(facts_of<Plan>(batch), batch) {}

  protected:
    void execute() override {
        block<T> scratch(scratch_of<Plan, Policy, T>);
        this->frame_.scratch = scratch.data();
        run_unrolled<Plan, Policy>(this->frame_);
    }
};

template <class T>
bool same_bits(const std::vector<T>& a, const std::vector<T>& b) {
    return a.size() == b.size() && std::memcmp(a.data(), b.data(), a.size() * sizeof(T)) == 0;
}

/// Both executors over the same numbers, for one sample, several, and more than a chunk.
template <class Net, class T>
void compare_executors() {
    using plan = inference_plan<Net, cpu, T, 8>;
    STATIC_REQUIRE(plan::unrolled);
    for (const int batch : {1, 3, 11}) {
        host_run<plan, cpu, T> walk(batch);
        unrolled_run<plan, cpu, T> straight(batch);
        give_numbers(walk, samples::uniform);
        give_numbers(straight, samples::uniform);
        walk.run();
        straight.run();
        CHECK(std::isfinite(walk.output[0]));
        CHECK(same_bits(walk.output, straight.output));
    }
}

} // namespace

TEST_CASE("unrolled: networks of few steps and little work, in inference, where the policy asks for it") {
    STATIC_REQUIRE(runs_unrolled<tiny>);
    STATIC_REQUIRE(runs_unrolled<all_sorts>);
    STATIC_REQUIRE(runs_unrolled<small_image>);
    STATIC_REQUIRE_FALSE(runs_unrolled<lenet5>);
    STATIC_REQUIRE_FALSE(runs_unrolled<blocks_in_blocks>);
    STATIC_REQUIRE_FALSE(runs_unrolled<many_operations>);
    STATIC_REQUIRE_FALSE(runs_unrolled<many_steps>);
    STATIC_REQUIRE_FALSE(runs_unrolled<tiny, reference>);
    STATIC_REQUIRE_FALSE(train_plan<tiny, mean_squared_error, cpu>::unrolled);
}

TEST_CASE("unrolled: the bits of the walk over the steps") {
    compare_executors<tiny, float>();
    compare_executors<tiny, double>();
    compare_executors<all_sorts, float>();
    compare_executors<wide, float>();
    compare_executors<small_image, float>();
}

TEST_CASE("unrolled: a model's sample does not depend on the samples beside it, nor on the door") {
    const model<tiny> net{seed{3}};
    auto space = net.make_workspace(9);
    const auto x = random_numbers<float>(9 * 8, 1);
    std::vector<float> together(9), alone(9);
    net.run(std::span<const float, 72>(x.data(), 72), std::span<float, 9>(together.data(), 9), space);
    for (std::size_t n = 0; n < 9; ++n)
        net.run(std::span<const float, 8>(x.data() + 8 * n, 8), std::span<float, 1>(alone.data() + n, 1), space);
    CHECK(same_bits(together, alone));
    CHECK(same_bits(together, net(x)));
}
