/// Losses that PyTorch has as formulas alone: loss, gradient to the input, and five steps. The formulas are in
/// tests/pytorch/make_reference.py.
#include "catch.hpp"
#include "pytorch/pytorch_case.hpp"
#include "same_numbers.hpp"

#include <strata/gradients.hpp>
#include <strata/layers.hpp>
#include <strata/losses.hpp>
#include <strata/train/trainer.hpp>

#include <cstdint>

using namespace strata;
using namespace strata_tests;

namespace {

struct linear : network<features<4>, dense<3>> {};
struct encoder : network<features<4>, dense<6>> {};
struct pixels : network<image<2, 4, 5>, conv<3, 2>> {};

/// Both compute in double: what remains is the order of sums.
constexpr double bound = 1e-12;

class formulas {
  public:
    template <class Net, class Loss>
    void follow(const std::string& name, const Loss& loss) {
        INFO(name);
        model<Net, cpu, fp64> net;
        const double* from = of("start", name).data();
        for (int i = 0; i < 2; from += net.parameters()[std::size_t(i++)].extents.size()) net.set(i, from);
        const std::vector<double>&x = of("input", name), &t = of("target", name), &losses = of("losses", name);
        if constexpr (std::is_same_v<Net, pixels> && Loss::takes_class_index)
            compare(net, loss, x, std::vector<std::int32_t>(t.begin(), t.end()), losses, name);
        else compare(net, loss, x, t, losses, name);
        ++followed_;
    }
    void all_followed() const { CHECK(torch_.tensors().size() == 6 * std::size_t(followed_)); }

  private:
    [[nodiscard]] const std::vector<double>& of(const std::string& what, const std::string& name) const {
        return torch_[what + " of " + name].values;
    }
    template <class Model, class Loss, class Targets>
    void compare(Model& net, const Loss& loss, const std::vector<double>& x, const Targets& t,
                 const std::vector<double>& losses, const std::string& name) const {
        auto step = gradients<wrt<input>>(net, loss);
        step(x, t);
        const auto dx = step.input_gradient();
        CHECK(distance(std::vector<double>(dx.begin(), dx.end()), of("gradient", name)) <= bound);
        trainer trainer{net, loss, sgd{.rate = 0.125}};
        for (const double expected : losses) CHECK(std::fabs(trainer.step(x, t) - expected) <= bound);
        std::vector<double> end(of("end", name).size());
        double* to = end.data();
        for (int i = 0; i < 2; to += net.parameters()[std::size_t(i++)].extents.size()) net.get(i, to);
        CHECK(distance(end, of("end", name)) <= bound);
    }

    pytorch_case torch_{"formulas"};
    int followed_ = 0;
};

/// The formula whose name is the expression itself.
#define STRATA_FOLLOW(all, net, ...) (all).follow<net>(#__VA_ARGS__, __VA_ARGS__)

} // namespace

TEST_CASE("losses: PyTorch's formulas", "[train]") {
    formulas all;
    STRATA_FOLLOW(all, linear, hinge{});
    STRATA_FOLLOW(all, linear, squared_hinge{});
    STRATA_FOLLOW(all, linear, wasserstein{});
    STRATA_FOLLOW(all, encoder, kl_divergence{});
    STRATA_FOLLOW(all, pixels, soft_dice{});
    STRATA_FOLLOW(all, pixels, soft_dice<0.5>{.ignore_index = 2});
    STRATA_FOLLOW(all, pixels, weighted_cross_entropy{});
    all.all_followed();
}
