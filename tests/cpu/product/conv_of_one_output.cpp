/// A convolution with one output, of the whole image, runs as an affine where a sample is alone: the bits are those of
/// a batch.
#include "catch.hpp"
#include "random_numbers.hpp"

#include <strata/inference.hpp>

using namespace strata;

namespace {

struct plain : network<image<5, 4, 4>, conv<20, 4>, relu, conv<33, 1>, tanh_activation> {};
struct scaled : network<image<1, 6, 7>, conv<9, kernel(6, 7), no_bias>, batch_norm, relu, conv<40, 1>> {};
struct long_sums : network<image<70, 3, 9>, conv<5, kernel(3, 9), stride<2>>> {};
struct of_a_signal : network<time_series<3, 11>, conv1d<18, 11>, conv1d<4, 1>> {};

template <class Net, class Precision>
void check_alone_and_in_a_batch() {
    const model<Net, cpu, Precision> net{seed{2}};
    using T = typename Precision::type;
    constexpr auto in = static_cast<std::size_t>(net.input_size), out = static_cast<std::size_t>(net.output_size);
    const auto x = strata_tests::random_numbers<T>(7 * in, 5);
    const std::vector<T> together = net(x);
    for (std::size_t n = 0; n < 7; ++n) {
        const auto at = static_cast<std::ptrdiff_t>(n * in), to = static_cast<std::ptrdiff_t>(n * out);
        const std::vector<T> alone = net(std::vector<T>(x.begin() + at, x.begin() + at + std::ptrdiff_t(in)));
        CHECK(alone == std::vector<T>(together.begin() + to, together.begin() + to + std::ptrdiff_t(out)));
    }
}

} // namespace

TEMPLATE_TEST_CASE("a convolution of the whole image has the same bits alone and in a batch", "[cpu]", plain, scaled,
                   long_sums, of_a_signal) {
    check_alone_and_in_a_batch<TestType, fp32>();
    check_alone_and_in_a_batch<TestType, fp64>();
}
