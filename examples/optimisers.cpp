// Four optimisers on one problem, from the same initial weights: SGD, momentum, RMSProp and Adam on digits, with their
// loss curves in one plot.
#include <strata/pictures.hpp>
#include <strata/strata.hpp>

#include "arguments.hpp"
#include "claims.hpp"

using namespace strata;

struct two_layers : network<image<1, 28, 28>, flatten, dense<64>, relu, dense<10>> {};

// ctest quick: --epochs 3
int main(int argc, char** argv) try {
    const arguments given(argc, argv, {.epochs = 10});
    const auto all = data::mnist(given.data).train;
    const auto [digits, rest] = all.split(6000.0 / static_cast<double>(all.size()), seed{given.seed});
    std::printf("data: %s, %zu of them\n", all.origin().c_str(), digits.size());

    line_plot plot{.title = "One problem, four optimisers", .x_label = "step", .y_label = "training loss, averaged",
                   .log_y = true};
    std::vector<double> last;
    const auto run = [&](const char* name, auto optimiser) {
        model<two_layers> net{seed{given.seed}, cpu{.threads = given.threads}};
        trainer t{net, cross_entropy{}, optimiser};
        std::vector<double> curve;
        double average = 0;
        const auto record = [&](const step_report& r) {
            average = curve.empty() ? r.loss : 0.95 * average + 0.05 * r.loss;
            curve.push_back(average);
            return true;
        };
        const auto history =
            t.fit(digits, {.epochs = given.epochs, .batch = 50, .progress = false, .after_step = record});
        last.push_back(history.epochs.back().loss);
        plot.series.push_back({name, curve});
        std::printf("%-9s training loss of epoch %d: %.4f\n", name, given.epochs, last.back());
    };
    run("SGD", sgd{.rate = 0.01});
    run("momentum", sgd{.rate = 0.01, .momentum = 0.9});
    run("RMSProp", rmsprop{.rate = 1e-3});
    run("Adam", adam{.rate = 1e-3});
    plot.save("optimisers.svg");

    claims claim;
    claim(last[1] < last[0] / 1.5, "momentum ends well below SGD at the same rate: %.3f against %.3f", last[1],
          last[0]);
    claim(last[2] < last[0] / 1.5 && last[3] < last[0] / 1.5,
          "so do RMSProp and Adam, each at its default rate: %.3f and %.3f", last[2], last[3]);
    return claim.exit_status();
} catch (const std::exception& e) {
    std::fprintf(stderr, "%s\n", e.what());
    return 1;
}
