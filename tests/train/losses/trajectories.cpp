/// A hundred steps with each loss are those that PyTorch makes; tests/pytorch/README.md says of what.
#include "catch.hpp"
#include "pytorch/pytorch_case.hpp"

#include <strata/layers.hpp>
#include <strata/losses.hpp>
#include <strata/train/trainer.hpp>

#include <algorithm>
#include <cmath>

using namespace strata;
using namespace strata::core;
using namespace strata_tests;

namespace {

struct small : network<features<5>, dense<4>, tanh_activation, dense<3>> {};
constexpr std::size_t batch = 7, batches = 4, steps = 100, outputs = 3;

class loss_trajectories {
  public:
    template <class Loss>
    void follow(const std::string& name, const Loss& loss) {
        INFO(name);
        // The same arithmetic up to its order: ulps of numbers around 1, 1e-16, through a hundred steps.
        CHECK(worst(name, loss) < 1e-13);
        ++followed_;
    }
    void all_followed() const {
        const auto there = std::count_if(torch_.tensors().begin(), torch_.tensors().end(),
                                         [](const auto& named) { return named.first.rfind("loss of ", 0) == 0; });
        CHECK(followed_ == there);
    }

  private:
    template <class Loss>
    double worst(const std::string& name, const Loss& loss) const {
        const std::vector<double>&rows = torch_[name].values, &losses = torch_["loss of " + name].values;
        const std::vector<double>& x = torch_["input"].values;
        const std::string& python = torch_.text(name); // "nn.MSELoss() of values"
        const std::vector<double> t = dense_targets(python.substr(python.rfind(' ') + 1));
        REQUIRE(losses.size() == steps);

        model<small, cpu, fp64> net{};
        const double* from = torch_["start"].values.data();
        for (int i = 0; i < 4; from += net.parameters()[std::size_t(i++)].extents.size()) net.set(i, from);
        trainer trainer{net, loss, sgd{.rate = 0.125}};
        double worst = 0;
        const auto compare = [&worst](double a, double b) {
            if (!(std::fabs(a - b) <= worst)) worst = std::fabs(a - b); // NaN stays
        };
        for (std::size_t step = 0; step < steps; ++step) {
            const std::size_t at = step % batches * batch;
            compare(trainer.step(std::span(x).subspan(at * 5, batch * 5),
                                 std::span(t).subspan(at * outputs, batch * outputs)),
                    losses[step]);
            if (step % 10 != 9) continue;
            std::vector<double> now(torch_["start"].values.size());
            double* to = now.data();
            for (int i = 0; i < 4; to += net.parameters()[std::size_t(i++)].extents.size()) net.get(i, to);
            for (std::size_t i = 0; i < now.size(); ++i) compare(now[i], rows.at((step / 10 + 1) * now.size() + i));
        }
        return worst;
    }
    /// Class numbers as one-hot rows.
    [[nodiscard]] std::vector<double> dense_targets(const std::string& name) const {
        const std::vector<double>& given = torch_[name].values;
        if (name != "classes") return given;
        std::vector<double> rows(given.size() * outputs);
        for (std::size_t n = 0; n < given.size(); ++n) rows[n * outputs + std::size_t(given[n])] = 1;
        return rows;
    }

    pytorch_case torch_{"losses"};
    int followed_ = 0;
};

/// The trajectory whose name is the expression itself.
#define STRATA_FOLLOW(all, ...) (all).follow(#__VA_ARGS__, __VA_ARGS__)

} // namespace

TEST_CASE("losses: PyTorch's trajectories", "[train]") {
    loss_trajectories all;
    STRATA_FOLLOW(all, mean_squared_error{});
    STRATA_FOLLOW(all, l1{});
    STRATA_FOLLOW(all, huber{});
    STRATA_FOLLOW(all, huber<0.25>{});
    STRATA_FOLLOW(all, binary_cross_entropy{});
    STRATA_FOLLOW(all, binary_cross_entropy<3>{});
    STRATA_FOLLOW(all, binary_cross_entropy<>{.ignore_index = -100});
    STRATA_FOLLOW(all, binary_cross_entropy<3>{.ignore_index = 255});
    STRATA_FOLLOW(all, cross_entropy{});
    STRATA_FOLLOW(all, cross_entropy{.label_smoothing = 0.125});
    STRATA_FOLLOW(all, cross_entropy{.label_smoothing = 0.25});
    STRATA_FOLLOW(all, cross_entropy{.class_weights = {1, 0.25, 4}});
    STRATA_FOLLOW(all, cross_entropy{.label_smoothing = 0.125, .class_weights = {1, 0.25, 4}});
    all.all_followed();
}
