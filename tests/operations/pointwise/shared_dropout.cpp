#include "laws/operation_laws.hpp"

#include <strata/strata.hpp>
#include <strata/vision.hpp>

#include <algorithm>
#include <cmath>

using namespace strata_tests;

namespace {
using namespace strata;
struct whole_channels : network<image<5, 3, 4>, spatial_dropout<0.25>> {};
struct whole_samples : network<image<5, 3, 4>, stochastic_depth<0.25>> {};
/// Channels of a register and a bit, which cpu has last, signals, sequences, and a residual block that is left out.
struct between
    : network<image<2, 4, 4>, conv<17, 2>, spatial_dropout<0.4>, conv<2, 1>, spatial_dropout<0.5>,
              residual<sequence<conv<2, 3, same>, stochastic_depth<0.5>>>, flatten, dense<5>, stochastic_depth<0.25>> {
};
struct of_times : network<time_series<2, 9>, conv1d<5, 2>, spatial_dropout<0.4>, conv1d<3, 1>> {};
struct of_positions : network<vectors<4, 3>, dense<19>, spatial_dropout<0.4>, dense<2>, stochastic_depth<0.5>> {};
struct one_channel : network<image<1, 5, 4>, conv<1, 2>, spatial_dropout<0.4>> {};

/// What is left of ones, of the units of a batch: 0 or 4/3, and the same for all numbers of a unit.
template <class Net>
std::vector<double> units_of_ones(int batch, int units) {
    host_run<train_plan<Net, weighted_sum, reference>, reference> r(batch);
    r.input.assign(r.input.size(), 1.0);
    r.target.assign(r.target.size(), 1.0);
    r.run();
    const std::size_t each = r.output.size() / static_cast<std::size_t>(batch * units);
    std::vector<double> of;
    for (std::size_t u = 0; u < r.output.size(); u += each) {
        of.push_back(r.output[u]);
        for (std::size_t e = u; e < u + each; ++e) CHECK(r.output[e] == r.output[u]);
    }
    CHECK(r.input_gradient() == r.output); // the same bits
    return of;
}
void check_share(const std::vector<double>& units) {
    int kept = 0;
    for (const double x : units) {
        CHECK((x == 0 || x == 1 / 0.75));
        kept += x != 0;
    }
    const double n = static_cast<double>(units.size());
    CHECK(std::fabs(kept - 0.75 * n) <= 5 * std::sqrt(n * 0.75 * 0.25)); // five standard deviations
}
} // namespace

TEST_CASE("spatial_dropout: a channel stays or goes as a whole, three of four stay") {
    const std::vector<double> units = units_of_ones<whole_channels>(200, 5);
    check_share(units);
    int mixed = 0; // the channels of a sample are drawn one by one
    for (std::size_t s = 0; s < units.size(); s += 5)
        mixed += std::count(units.begin() + long(s), units.begin() + long(s + 5), 0.0) % 5 != 0;
    CHECK(mixed > 100);
}

TEST_CASE("stochastic_depth: a sample stays or goes as a whole, three of four stay") {
    check_share(units_of_ones<whole_samples>(400, 1));
}

TEST_CASE("spatial_dropout and stochastic_depth: in inference nothing is dropped, as in torchvision") {
    std::vector<float> x(60);
    for (std::size_t i = 0; i < x.size(); ++i) x[i] = static_cast<float>(i) - 7;
    CHECK(model<whole_channels>()(x) == x);
    CHECK(model<whole_samples>()(x) == x);
    STATIC_REQUIRE(flops<whole_channels> == 0);
}

#if !defined(__CUDACC__)
TEST_CASE("spatial_dropout and stochastic_depth: training gives the same bits for any number of threads") {
    const auto trained = [](int threads, std::uint64_t s) {
        model<between> net{seed{s}, cpu{.threads = threads}};
        trainer t{net, mean_squared_error{}, sgd{.rate = 0.1}};
        std::vector<float> x(37 * 32), y(37 * 5);
        for (std::size_t i = 0; i < x.size(); ++i) x[i] = static_cast<float>(i % 13) / 13;
        for (std::size_t i = 0; i < y.size(); ++i) y[i] = static_cast<float>(i % 5) / 5;
        for (int step = 0; step < 3; ++step) t.step(x, y);
        const auto all = net.parameter_block();
        return std::vector<float>(all.begin(), all.end());
    };
    const auto of_one = trained(1, 7);
    CHECK(trained(2, 7) == of_one);
    CHECK(trained(5, 7) == of_one);
    CHECK(trained(1, 8) != of_one);
}
#endif

TEST_CASE("spatial_dropout and stochastic_depth keep the laws") {
    check_laws<whole_channels, whole_samples, between, of_times, of_positions, one_channel>();
}
