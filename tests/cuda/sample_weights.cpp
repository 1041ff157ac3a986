// The weights of samples in the gpu policy's losses, item by item on the host.
#include "catch.hpp"
#include "machines/gpu_on_host.hpp"

#include <strata/losses.hpp>
#include <strata/reference/reference.hpp>
#include <strata/strata.hpp>

namespace data = strata::data;

namespace {

struct line : strata::network<strata::features<2>, strata::dense<1>> {};
struct three : strata::network<strata::features<2>, strata::dense<3>> {};

/// The loss and the parameters after a step with weighted samples.
template <class Net, class Policy, class Loss, class Data>
std::vector<double> after_a_step(const Loss& loss, const Data& set) {
    strata::model<Net, Policy, strata::fp64> net{strata::seed{3}};
    strata::trainer trainer{net, loss, strata::sgd{.rate = 0.1}};
    std::vector<double> all{trainer.evaluate(set).loss};
    trainer.fit(set, {.epochs = 1, .batch = 4, .progress = false});
    for (const auto& name : {"0.weight", "0.bias"})
        for (const double x : net.get(name)) all.push_back(x);
    return all;
}
template <class Net, class Loss, class Data>
void check_same(const Loss& loss, const Data& set) {
    const auto right = after_a_step<Net, strata::reference>(loss, set);
    const auto gpu = after_a_step<Net, strata_tests::gpu_on_host>(loss, set);
    REQUIRE(gpu.size() == right.size());
    for (std::size_t i = 0; i < gpu.size(); ++i) CHECK(gpu[i] == Approx(right[i]).epsilon(1e-12));
}

} // namespace

TEST_CASE("gpu: sample weights as in the reference", "[cuda]") {
    const std::vector<float> x{1, 2, -1, 0.5f, 3, -2, 0, 1}, weights{2, 1, 0.5f, 0};
    const data::in_memory<data::values> curve{{.sample = strata::shape(2),
                                               .floats = x,
                                               .targets = {1, 2, 3, 4},
                                               .target = strata::shape(1),
                                               .weights = weights}};
    const data::in_memory<> classes{
        {.sample = strata::shape(2), .floats = x, .labels = {0, 1, 2, 1}, .classes = 3, .weights = weights}};
    check_same<line>(strata::mean_squared_error{}, curve);
    check_same<line>(strata::l1{}, curve);
    check_same<three>(strata::cross_entropy{.class_weights = {1, 2, 3}}, classes);
}
