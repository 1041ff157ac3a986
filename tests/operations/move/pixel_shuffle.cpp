/// pixel_shuffle and pixel_unshuffle.
#include "laws/operation_laws.hpp"

#include <strata/inference.hpp>
#include <strata/vision.hpp>

using namespace strata_tests;

namespace {
struct alone : strata::network<strata::image<4, 1, 2>, strata::pixel_shuffle<2>> {};
struct back : strata::network<strata::image<1, 2, 4>, strata::pixel_unshuffle<2>> {};
struct there_and_back : strata::network<strata::image<18, 2, 3>, strata::pixel_shuffle<3>, strata::pixel_unshuffle<3>> {
};
struct of_the_sample : strata::network<strata::image<9, 2, 2>, strata::pixel_shuffle<3>, strata::sigmoid> {};
/// Channels of registers and a bit, between convolutions, so that cpu has them last.
template <int Channels, int S>
struct between : strata::network<strata::image<2, 3, 2>, strata::conv<Channels * S * S, 2>, strata::pixel_shuffle<S>,
                                 strata::tanh_activation, strata::pixel_unshuffle<S>, strata::conv<2, 1>> {};
} // namespace

TEST_CASE("pixel_shuffle by hand: what PyTorch's PixelShuffle(2) gives") {
    const strata::model<alone, strata::reference, strata::fp64> net;
    CHECK(net(std::vector<double>{1, 2, 3, 4, 5, 6, 7, 8}) == std::vector<double>{1, 3, 2, 4, 5, 7, 6, 8});
    STATIC_REQUIRE(strata::output_shape<alone> == strata::shape(1, 2, 4));
}

TEST_CASE("pixel_unshuffle by hand: what PyTorch's PixelUnshuffle(2) gives") {
    const strata::model<back> net;
    CHECK(net(std::vector<float>{1, 3, 2, 4, 5, 7, 6, 8}) == std::vector<float>{1, 2, 3, 4, 5, 6, 7, 8});
    STATIC_REQUIRE(strata::output_shape<back> == strata::shape(4, 1, 2));
}

TEST_CASE("pixel_unshuffle takes pixel_shuffle back") {
    const strata::model<there_and_back> net;
    const std::vector<float> x = random_numbers<float>(108, 1);
    CHECK(net(x) == x);
}

TEST_CASE("pixel_shuffle and pixel_unshuffle keep the laws") {
    check_laws<between<3, 2>, of_the_sample>();
#if !defined(__CUDACC__)
    // central differences of these would take minutes
    check_laws_of<cpu, between<17, 2>, between<9, 3>, between<8, 4>>();
#endif
}
