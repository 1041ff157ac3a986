#include "laws/operation_laws.hpp"

#include <strata/inference.hpp>
#include <strata/vision.hpp>

using namespace strata_tests;

namespace {
using namespace strata;
/// The mean of each channel times the channel: the image is behind the name, or comes to mul itself.
struct by_means : network<image<2, 1, 2>, tag<"x">, global_avg_pool, mul<"x">> {};
struct by_named_means : network<image<2, 1, 2>, tag<"x">, global_avg_pool, tag<"m">, use<"x">, mul<"m">> {};
struct excited : network<image<3, 5, 4>, conv<17, 2>, tag<"x">, global_avg_pool, dense<4>, relu, dense<17>, sigmoid,
                         mul<"x">, conv<2, 1>> {};
struct many_channels : network<image<3, 3, 2>, conv<70, 2>, squeeze_excite<16, silu>, conv<2, 1>> {};
struct one_channel : network<image<1, 5, 4>, conv<1, 2>, squeeze_excite<4>> {};
struct of_times : network<time_series<2, 9>, conv1d<5, 2>, tag<"x">, global_avg_pool, sigmoid, mul<"x">> {};
/// torchvision's, of conv of 1 x 1.
struct of_pixels : network<image<3, 4, 4>, tag<"x">, avg_pool<4>, conv<3, 1>, hard_sigmoid, mul<"x">> {};
} // namespace

TEST_CASE("scale_channels by hand") {
    const model<by_means, reference, fp64> net;
    CHECK(net(std::vector<double>{1, 3, 10, 20}) == std::vector<double>{2, 6, 150, 300});
    const model<by_named_means> named;
    CHECK(named(std::vector<float>{1, 3, 10, 20}) == std::vector<float>{2, 6, 150, 300});
    STATIC_REQUIRE(output_shape<excited> == shape(2, 4, 3));
    STATIC_REQUIRE(flops<by_means> == 4 + flops<network<image<2, 1, 2>, global_avg_pool>>);
}

TEST_CASE("scale_channels by hand: its gradients") {
    host_run<train_plan<by_means, weighted_sum, reference>, reference> r(1);
    r.input = {1, 3, 10, 20};
    r.target = {1, 10, 0, 100};
    r.run();
    // dy · mean, and half of sum x · dy
    CHECK(r.input_gradient() == std::vector<double>{2 + 15.5, 20 + 15.5, 1000, 1500 + 1000});
}

TEST_CASE("scale_channels keeps the laws") {
    check_laws<by_means, excited, many_channels, one_channel, of_times, of_pixels>();
}

TEST_CASE("squeeze_excite has torchvision's parameters, and says how it is written") {
    struct block : network<image<32, 4, 4>, named<"block", squeeze_excite<4, silu>>> {};
    STATIC_REQUIRE(parameter_count<block> == 8 * 32 + 8 + 32 * 8 + 32);
    CHECK(model<block>::parameters()[0].extents == shape(8, 32, 1, 1));
    CHECK(core::description<block>::network_spelling()
          == "network<image<32, 4, 4>, named<\"block\", squeeze_excite<4, silu>>>");
}
