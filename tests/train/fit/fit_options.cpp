/// A hundred steps of a fit that averages gradients over batches, clips them, or keeps a running average of the
/// parameters are those that PyTorch makes; tests/pytorch/README.md says of what.
#include "catch.hpp"
#include "pytorch/pytorch_case.hpp"

#include <strata/data/in_memory.hpp>
#include <strata/layers.hpp>
#include <strata/train/trainer.hpp>

#include <algorithm>
#include <cmath>

using namespace strata;
using namespace strata::core;
using namespace strata_tests;

namespace {

struct small : network<features<5>, dense<4>, tanh_activation, dense<3>> {};
using small_model = model<small, cpu, fp64>;

std::vector<double> block_of(const small_model& net, std::size_t size) {
    std::vector<double> all(size);
    double* to = all.data();
    for (int i = 0; i < 4; to += net.parameters()[std::size_t(i++)].extents.size()) net.get(i, to);
    return all;
}

class fit_trajectories {
  public:
    void follow(const std::string& name, fit_options o) {
        INFO(name);
        // The same arithmetic up to its order: ulps of numbers around 1, 1e-16, through a hundred steps.
        CHECK(worst(name, std::move(o)) < 1e-13);
        ++followed_;
    }
    void all_followed() const {
        const auto there = std::count_if(torch_.tensors().begin(), torch_.tensors().end(),
                                         [](const auto& named) { return named.first.rfind("loss of ", 0) == 0; });
        CHECK(followed_ == there);
    }

  private:
    [[nodiscard]] double worst(const std::string& name, fit_options o) const {
        const std::vector<double>&start = torch_["start"].values, &losses = torch_["loss of " + name].values;
        REQUIRE(losses.size() == 100);
        const auto floats = [&](const char* of) {
            return std::vector<float>(torch_[of].values.begin(), torch_[of].values.end());
        };
        const data::in_memory<data::values> samples{
            {.sample = shape(5), .floats = floats("input"), .targets = floats("values"), .target = shape(3)}};

        small_model net{};
        const double* from = start.data();
        for (int i = 0; i < 4; from += net.parameters()[std::size_t(i++)].extents.size()) net.set(i, from);
        trainer trainer{net, mean_squared_error{}, sgd{.rate = 0.125}};
        double worst = 0;
        const auto compare = [&worst](double a, double b) {
            if (!(std::fabs(a - b) <= worst)) worst = std::fabs(a - b); // NaN stays
        };
        const auto compare_row = [&](const small_model& now, const std::string& of, std::size_t row) {
            const std::vector<double> block = block_of(now, start.size());
            for (std::size_t i = 0; i < block.size(); ++i)
                compare(block[i], torch_[of].values.at(row * block.size() + i));
        };
        o.epochs = 100, o.shuffle = false, o.progress = false;
        o.after_step = [&](const step_report& r) {
            const auto step = static_cast<std::size_t>(r.step);
            compare(r.loss, losses[step - 1]);
            if (o.clip_norm > 0) compare(r.gradient_norm, torch_["norm of " + name].values.at(step - 1));
            if (step % 10 == 0) compare_row(net, name, step / 10);
            if (step % 10 == 0 && o.average > 0) compare_row(trainer.averaged(), "average of " + name, step / 10 - 1);
            return step < 100;
        };
        trainer.fit(samples, o);
        CHECK(trainer.steps() == 100);
        return worst;
    }

    pytorch_case torch_{"fit_options"};
    int followed_ = 0;
};

/// The trajectory whose name is the expression itself.
#define STRATA_FOLLOW(all, ...) (all).follow(#__VA_ARGS__, __VA_ARGS__)

} // namespace

TEST_CASE("fit_options: PyTorch's trajectories", "[train]") {
    fit_trajectories all;
    STRATA_FOLLOW(all, fit_options{.batch = 7, .clip_norm = 0.5});
    STRATA_FOLLOW(all, fit_options{.batch = 7, .clip_value = 0.125});
    STRATA_FOLLOW(all, fit_options{.batch = 7, .clip_norm = 0.25, .clip_value = 0.125});
    STRATA_FOLLOW(all, fit_options{.batch = 7, .accumulate = 2});
    STRATA_FOLLOW(all, fit_options{.batch = 8, .accumulate = 2});
    STRATA_FOLLOW(all, fit_options{.batch = 5, .accumulate = 4});
    STRATA_FOLLOW(all, fit_options{.batch = 7, .average = 0.875});
    STRATA_FOLLOW(all, fit_options{.batch = 8, .accumulate = 2, .clip_norm = 0.5, .average = 0.96875});
    all.all_followed();
}
