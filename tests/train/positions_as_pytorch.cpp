/// Losses of positions through the trainer and through gradients, with PyTorch's class numbers as they are: losses,
/// gradients, and the parameters after five steps of Adam.
#include "pytorch/pytorch_case.hpp"
#include "pytorch/pytorch_nets.hpp"
#include "random_numbers.hpp"
#include "same_numbers.hpp"

#include <strata/gradients.hpp>
#include <strata/metrics.hpp>
#include <strata/reference/reference.hpp>
#include <strata/sequences.hpp>
#include <strata/strata.hpp>

using namespace strata_tests;
using strata::adam, strata::cpu, strata::fp64, strata::model, strata::reference, strata::trainer;

namespace {

/// Both compute in double.
constexpr double bound = 1e-9;

std::vector<std::int32_t> classes_of(const pytorch_case& torch) {
    const std::vector<double>& numbers = torch["target"].values;
    return {numbers.begin(), numbers.end()};
}
template <class Model>
void take(Model& net, const pytorch_case& torch) {
    for (const auto& [name, tensor] : torch.tensors())
        if (name.ends_with(".weight") || name.ends_with(".bias"))
            if (!name.starts_with("gradient.") && !name.starts_with("step ")) net.set(name, tensor.values);
}
template <class Model>
void check_parameters(const Model& net, const pytorch_case& torch) {
    int compared = 0;
    for (const auto& [name, tensor] : torch.tensors()) {
        if (!name.starts_with("step 5.")) continue;
        CAPTURE(name);
        CHECK(distance(net.get(name.substr(7)), tensor.values) <= bound);
        ++compared;
    }
    CHECK(compared > 0);
}

template <class Net, class Policy>
void check_trainer() {
    INFO(Policy::name);
    const pytorch_case torch(Net::file);
    model<Net, Policy, fp64> net;
    take(net, torch);
    trainer t{net, Net::loss_of_positions(), adam{.rate = 0.0625}};
    const double loss = t.step(torch["input"].values, classes_of(torch));
    CHECK(distance(std::vector{loss}, torch["loss"].values) <= bound);
    for (int i = 1; i < 5; ++i) t.step(torch["input"].values, classes_of(torch));
    check_parameters(net, torch);
}
template <class Net, class Policy>
void check_steps_by_hand() {
    const pytorch_case torch(Net::file);
    model<Net, Policy, fp64> net;
    take(net, torch);
    auto step =
        strata::gradients<strata::wrt<strata::parameters>, strata::wrt<strata::input>>(net, Net::loss_of_positions());
    strata::optimiser rule{net, adam{.rate = 0.0625}};
    for (int i = 0; i < 5; ++i) {
        const double loss = step(torch["input"].values, classes_of(torch));
        if (i == 0) {
            CHECK(distance(std::vector{loss}, torch["loss"].values) <= bound);
            const auto dx = step.input_gradient();
            CHECK(distance(std::vector<double>(dx.begin(), dx.end()), torch["gradient.input"].values) <= bound);
        }
        rule.apply(net, step.gradients());
    }
    check_parameters(net, torch);
}

using with_numbers = std::tuple<pytorch::cross_entropy_sequence_net, pytorch::cross_entropy_pixels_net,
                                pytorch::cross_entropy_signal_net, pytorch::cross_entropy_upsample_net>;

/// Rows and columns that no register holds whole.
struct attentive : strata::network<strata::vectors<21, 5>, strata::layer_norm, strata::dense<19>, strata::tag<"keys">,
                                   strata::rms_norm, strata::matmul_transposed<"keys">, strata::softmax,
                                   strata::matmul<"keys">, strata::dense<4>> {};

} // namespace

TEMPLATE_LIST_TEST_CASE("PyTorch: a trainer's steps with a class number at each position", "[train]", with_numbers) {
    check_trainer<TestType, reference>();
    check_trainer<TestType, cpu>();
}

TEMPLATE_LIST_TEST_CASE("PyTorch: steps by hand with a class number at each position", "[train]", with_numbers) {
    check_steps_by_hand<TestType, cpu>();
}

TEST_CASE("the bits of a network of norms and products do not depend on threads", "[train]") {
    const auto trained = [](int threads) {
        model<attentive> net{strata::seed{5}, cpu{.threads = threads}};
        trainer t{net, strata::cross_entropy{}, adam{.rate = 0.01}};
        const std::vector<float> x = random_numbers<float>(200 * 21 * 5, 3);
        std::vector<std::int32_t> classes(200 * 21);
        for (std::size_t i = 0; i < classes.size(); ++i) classes[i] = x[5 * i] > 0 ? 1 : x[5 * i + 1] > 0 ? 2 : 3;
        double first = 0, last = 0;
        for (int i = 0; i < 20; ++i) (i == 0 ? first : last) = t.step(x, classes);
        CHECK(last < 0.9 * first); // it learns
        return std::vector<float>(net.parameter_block().begin(), net.parameter_block().end());
    };
    const std::vector<float> one = trained(1);
    CHECK(trained(2) == one);
    CHECK(trained(3) == one);
}
