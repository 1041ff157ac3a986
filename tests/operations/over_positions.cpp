/// mean_over_positions and max_over_positions: values by hand, padded samples, and networks under the laws.
#include "laws/operation_laws.hpp"

#include <strata/inference.hpp>
#include <strata/sequences.hpp>

using namespace strata_tests;

namespace {

template <class Layer>
struct of_a_sequence : strata::network<strata::vectors<3, 2>, Layer> {};
template <class Layer>
struct of_a_signal : strata::network<strata::time_series<2, 3>, Layer> {};
template <class Layer>
struct of_words : strata::network<strata::tokens<3, 4, strata::padding<0>>, strata::embedding<4, 2>, Layer> {};

/// Rows of a register and a bit; signals whose channels cpu has last.
template <class Layer>
struct sequences : strata::network<strata::vectors<7, 3>, strata::dense<19>, strata::tanh_activation, Layer> {};
template <class Layer>
struct signals : strata::network<strata::time_series<3, 8>, strata::conv1d<17, 3>, strata::tanh_activation, Layer,
                                 strata::dense<2>> {};
/// One of the tests' seven tokens is padding: at the end of some samples, and in between.
template <class Layer>
struct padded_words : strata::network<strata::tokens<2, 7, strata::padding<1>>, strata::embedding<7, 19>,
                                      strata::layer_norm, Layer, strata::dense<3>> {};

template <class Net, class Policy, class T>
std::vector<T> result(const std::vector<std::int32_t>& words) {
    strata::model<Net, Policy, std::conditional_t<std::is_same_v<T, double>, strata::fp64, strata::fp32>> net;
    net.set("0.weight", std::vector<T>{100, 200, 1, -6, 2, -4, 6, -8});
    return net(words);
}
#if !defined(__CUDACC__)
template <class Policy, class T>
void check_padded_by_hand() {
    using numbers = std::vector<T>;
    using mean = of_words<strata::mean_over_positions>;
    using max = of_words<strata::max_over_positions>;
    // three words; two; one; none; and a padding in between, which counts
    const std::vector<std::int32_t> words{1, 2, 3, 1, 3, 0, 2, 0, 0, 0, 0, 0, 1, 0, 3};
    CHECK(result<mean, Policy, T>(words)
          == numbers{3, -6, T(3.5), -7, 2, -4, 0, 0, T(T(107) / T(3)), T(T(186) / T(3))});
    CHECK(result<max, Policy, T>(words) == numbers{6, -4, 6, -6, 2, -4, 0, 0, 100, 200});
}
#endif
} // namespace

#if !defined(__CUDACC__)
TEST_CASE("over positions by hand: sequences and signals") {
    using strata::model, strata::reference, strata::fp64;
    using numbers = std::vector<double>;
    const numbers x{1, 5, -3, 4, 5, 0};
    CHECK(model<of_a_sequence<strata::mean_over_positions>, reference, fp64>{}(x) == numbers{1, 3});
    CHECK(model<of_a_sequence<strata::max_over_positions>, reference, fp64>{}(x) == numbers{5, 5});
    CHECK(model<of_a_signal<strata::mean_over_positions>, reference, fp64>{}(x) == numbers{1, 3});
    CHECK(model<of_a_signal<strata::max_over_positions>, reference, fp64>{}(x) == numbers{5, 5});
}

TEST_CASE("max_over_positions passes not-a-number on", "[nan]") {
    const std::vector<double> broken{1, 5, std::nan(""), 4, 5, 0};
    const std::vector<double> y =
        strata::model<of_a_sequence<strata::max_over_positions>, strata::reference, strata::fp64>{}(broken);
    CHECK((std::isnan(y[0]) && y[1] == 5));
}

TEST_CASE("over positions by hand: what is behind a sample's end does not count") {
    check_padded_by_hand<strata::reference, float>();
    check_padded_by_hand<strata::cpu, float>();
    check_padded_by_hand<strata::cpu, double>();
}

TEST_CASE("over positions: gradients of padded samples, by hand") {
    const auto gradient_of = [](auto net) {
        using plan = train_plan<decltype(net), weighted_sum, strata::cpu, double>;
        run_of<plan, strata::cpu, double> r(3);
        r.write(0, {100, 200, 1, -6, 2, -4, 6, -8});
        r.give_tokens({1, 3, 0, 0, 0, 0, 2, 2, 2});
        r.target = {4, 8, 5, 5, 3, 6}; // what the loss weighs the result with
        r.run();
        return r.gradient(0);
    };
    CHECK(gradient_of(of_words<strata::mean_over_positions>{}) == std::vector<double>{0, 0, 2, 4, 3, 6, 2, 4});
    CHECK(gradient_of(of_words<strata::max_over_positions>{}) == std::vector<double>{0, 0, 0, 8, 3, 6, 4, 0});
}
#endif

TEST_CASE("mean_over_positions keeps the laws") {
    check_laws<sequences<strata::mean_over_positions>, signals<strata::mean_over_positions>,
               padded_words<strata::mean_over_positions>>();
}
TEST_CASE("max_over_positions keeps the laws") {
    check_laws<sequences<strata::max_over_positions>, signals<strata::max_over_positions>,
               padded_words<strata::max_over_positions>>();
}
