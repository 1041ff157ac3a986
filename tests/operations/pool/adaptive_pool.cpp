/// adaptive_avg_pool and adaptive_max_pool, and the poolings of equal windows that they become.
#include "laws/operation_laws.hpp"

#include <strata/inference.hpp>
#include <strata/vision.hpp>

using namespace strata_tests;

namespace {
struct means : strata::network<strata::image<1, 1, 5>, strata::adaptive_avg_pool<1, 3>> {};
struct maxima : strata::network<strata::image<1, 3, 4>, strata::adaptive_max_pool<2, 3>> {};
struct more_than_there_are : strata::network<strata::image<1, 1, 2>, strata::adaptive_avg_pool<1, 3>> {};
struct equal_means : strata::network<strata::image<2, 6, 4>, strata::adaptive_avg_pool<3, 2>> {};
struct equal_maxima : strata::network<strata::image<2, 6, 4>, strata::adaptive_max_pool<3, 2>> {};
struct nothing_to_do : strata::network<strata::image<2, 3, 4>, strata::adaptive_avg_pool<3, 4>> {};
struct largest : strata::network<strata::image<2, 2, 2>, strata::global_max_pool> {};
struct largest_of_times : strata::network<strata::time_series<2, 3>, strata::global_max_pool> {};
/// Channels of a register and a bit, between convolutions, so that cpu has them last; and the sample itself.
struct means_between : strata::network<strata::image<2, 6, 5>, strata::conv<17, 2>, strata::adaptive_avg_pool<3, 3>,
                                       strata::conv<2, 1>, strata::adaptive_avg_pool<2, 5>> {};
struct maxima_between : strata::network<strata::image<2, 6, 5>, strata::conv<17, 2>, strata::adaptive_max_pool<3, 3>,
                                        strata::conv<2, 1>, strata::adaptive_max_pool<2, 5>> {};
struct means_of_the_sample : strata::network<strata::image<3, 5, 4>, strata::adaptive_avg_pool<2, 3>, strata::sigmoid> {
};
struct maxima_of_the_sample
    : strata::network<strata::image<3, 5, 4>, strata::adaptive_max_pool<2, 3>, strata::sigmoid> {};
struct global : strata::network<strata::image<2, 4, 4>, strata::conv<17, 2>, strata::relu, strata::global_max_pool,
                                strata::dense<2>> {};
struct global_of_times
    : strata::network<strata::time_series<2, 5>, strata::conv1d<9, 2>, strata::global_max_pool, strata::dense<2>> {};

template <class Net>
bool has_step(strata::core::op kind) {
    using plan = inference_plan<Net, strata::reference>;
    for (int t = 0; t < plan::steps; ++t)
        if (plan::data.steps[t].kind == kind) return true;
    return false;
}
} // namespace

TEST_CASE("adaptive_avg_pool by hand: what PyTorch's AdaptiveAvgPool2d gives") {
    const strata::model<means, strata::reference, strata::fp64> net; // of the columns 0 1, 1 2 3, 3 4
    CHECK(net(std::vector<double>{1, 3, 5, 10, 20}) == std::vector<double>{2, 6, 15});
    const strata::model<more_than_there_are, strata::reference, strata::fp64> three; // 0, 0 1, 1
    CHECK(three(std::vector<double>{2, 4}) == std::vector<double>{2, 3, 4});
    STATIC_REQUIRE(strata::output_shape<means_between> == strata::shape(2, 2, 5));
}

TEST_CASE("adaptive_avg_pool by hand: its gradient is shared by the windows") {
    host_run<train_plan<means, weighted_sum, strata::reference>, strata::reference> r(1);
    r.input = {1, 2, 3, 4, 5};
    r.target = {2, 3, 4}; // what the loss weighs the result with
    r.run();
    CHECK(r.input_gradient() == std::vector<double>{1, 2, 1, 3, 2});
}

TEST_CASE("adaptive_max_pool by hand: what PyTorch's AdaptiveMaxPool2d gives, and its gradient") {
    // Rows 0 1 and 1 2; columns 0 1, 1 2 and 2 3.
    const std::vector<double> x{1, 2, 3, 4, 12, 11, 10, 9, 5, 6, 8, 7};
    const strata::model<maxima, strata::reference, strata::fp64> net;
    CHECK(net(x) == std::vector<double>{12, 11, 10, 12, 11, 10});
    host_run<train_plan<maxima, weighted_sum, strata::reference>, strata::reference> r(1);
    r.input = x;
    r.target = {1, 2, 3, 10, 20, 30};
    r.run();
    CHECK(r.input_gradient() == std::vector<double>{0, 0, 0, 0, 11, 22, 33, 0, 0, 0, 0, 0});
}

TEST_CASE("adaptive_max_pool passes not-a-number on", "[nan]") {
    const strata::model<maxima, strata::reference, strata::fp64> net;
    const double nan = std::numeric_limits<double>::quiet_NaN();
    CHECK(std::isnan(net(std::vector<double>{1, 2, 3, 4, 5, 6, 7, nan, 9, 10, 11, 12})[2]));
}

TEST_CASE("global_max_pool by hand") {
    const strata::model<largest> net;
    CHECK(net(std::vector<float>{1, 4, 3, 2, -8, -5, -6, -7}) == std::vector<float>{4, -5});
    const strata::model<largest_of_times> times;
    CHECK(times(std::vector<float>{1, 4, 3, -8, -5, -6}) == std::vector<float>{4, -5});
}

TEST_CASE("adaptive poolings of equal windows are avg_pool and max_pool, and of single pixels nothing") {
    CHECK(has_step<equal_means>(strata::operations::avg_pool::kind));
    CHECK(has_step<equal_maxima>(strata::operations::max_pool::kind));
    STATIC_REQUIRE(inference_plan<nothing_to_do, strata::reference>::steps == 1); // the copy of the result
}

TEST_CASE("adaptive poolings keep the laws") {
    check_laws<means_between, means_of_the_sample, equal_means, maxima_between, maxima_of_the_sample, global,
               global_of_times>();
}
