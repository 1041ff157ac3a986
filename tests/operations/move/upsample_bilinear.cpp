#include "laws/operation_laws.hpp"

#include <strata/inference.hpp>

using namespace strata_tests;

namespace {
struct alone : strata::network<strata::image<1, 1, 3>, strata::upsample<1, 2, strata::bilinear>> {};
struct square : strata::network<strata::image<1, 2, 2>, strata::upsample<2, strata::bilinear>> {};
struct one_pixel : strata::network<strata::image<1, 1, 1>, strata::upsample<3, strata::bilinear>> {};
/// Channels of a register and a bit, between convolutions, so that cpu has them last; and the sample itself.
struct between : strata::network<strata::image<2, 4, 5>, strata::conv<17, 2>, strata::upsample<2, 3, strata::bilinear>,
                                 strata::conv<2, 1>, strata::upsample<3, strata::bilinear>> {};
struct of_the_sample
    : strata::network<strata::image<3, 2, 4>, strata::upsample<4, 1, strata::bilinear>, strata::sigmoid> {};
} // namespace

TEST_CASE("upsample_bilinear by hand: what PyTorch's Upsample(scale_factor, mode='bilinear') gives") {
    const strata::model<alone, strata::reference, strata::fp64> net;
    CHECK(net(std::vector<double>{4, 8, 16}) == std::vector<double>{4, 5, 7, 10, 14, 16});
    const strata::model<square> two;
    CHECK(two(std::vector<float>{0, 16, 32, 64})
          == std::vector<float>{0, 4, 12, 16, 8, 13, 23, 28, 24, 31, 45, 52, 32, 40, 56, 64});
    const strata::model<one_pixel> same;
    CHECK(same(std::vector<float>{3}) == std::vector<float>(9, 3));
}

TEST_CASE("upsample_bilinear by hand: its gradient is the sum of the weights") {
    host_run<train_plan<alone, weighted_sum, strata::reference>, strata::reference> r(1);
    r.input = {1, 2, 3};
    r.target = {4, 40, 400, 4000, 40000, 400000}; // what the loss weighs the result with
    r.run();
    CHECK(r.input_gradient() == std::vector<double>{4 + 30 + 100, 10 + 300 + 3000 + 10000, 1000 + 30000 + 400000});
}

TEST_CASE("upsample: what is given after its first number") {
    strata::text t;
    strata::upsample<2, 3, strata::bilinear>::spell(t);
    t.add(" ");
    strata::upsample<2, 2>::spell(t);
    t.add(" ");
    strata::upsample<2, strata::interpolation::nearest>::spell(t);
    CHECK(std::string(t.begin(), t.end()) == "upsample<2, 3, bilinear> upsample<2> upsample<2>");
}

TEST_CASE("upsample_bilinear keeps the laws") { check_laws<between, of_the_sample>(); }
