// Overfitting: a shallow and a deep network of the same size memorise 1,000 digits. The training loss keeps falling
// while the loss on other digits turns and rises; early stopping ends the fit there.
#include <strata/pictures.hpp>
#include <strata/strata.hpp>
#include <strata/train/companions/early_stopping.hpp>

#include "arguments.hpp"
#include "claims.hpp"

using namespace strata;

struct shallow : network<image<1, 28, 28>, flatten, dense<64>, relu, dense<10>> {};
struct deep : network<image<1, 28, 28>, flatten, repeat<3, dense<56>, relu>, dense<10>> {};
static_assert(parameter_count<shallow> == 50'890 && parameter_count<deep> == 50'914);

// ctest quick:
int main(int argc, char** argv) try {
    const arguments given(argc, argv, {.epochs = 60});
    const auto all = data::mnist(given.data).train;
    const auto [digits, rest] = all.split(1000.0 / static_cast<double>(all.size()), seed{given.seed});
    const auto [validation, unused] = data::split(rest, 5000.0 / static_cast<double>(rest.size()), seed{given.seed});
    std::printf("data: %s, %zu to train on, %zu to validate\n", all.origin().c_str(), digits.size(), validation.size());

    claims claim;
    line_plot plot{.title = "1,000 digits memorised", .x_label = "epoch", .y_label = "loss", .log_y = true};
    const auto run = [&]<class Net>(std::type_identity<Net>, const std::string& name) {
        const fit_options options{.epochs = given.epochs, .batch = 50, .progress = false};
        model<Net> net{seed{given.seed}, cpu{.threads = given.threads}};
        const auto whole = trainer{net, cross_entropy{}, adam{}}.fit(digits, validation, options);
        const auto &best = whole.best(), &last = whole.epochs.back();
        std::vector<double> training, held_out;
        for (const auto& e : whole.epochs) training.push_back(e.loss), held_out.push_back(e.held_out_loss);
        plot.series.push_back({name + ", training", training});
        plot.series.push_back({name + ", validation", held_out});
        plot.markers.push_back({1.0 * best.epoch, name + ": they diverge"});
        std::printf("%s: training and validation loss diverge after epoch %d\n", name.c_str(), best.epoch);
        claim(last.loss < 0.25 * best.loss, "%s: from there the training loss keeps falling, from %.4f to %.4f",
              name.c_str(), best.loss, last.loss);
        claim(last.held_out_loss > 1.05 * best.held_out_loss, "%s: and the validation loss rises, from %.4f to %.4f",
              name.c_str(), best.held_out_loss, last.held_out_loss);

        constexpr int patience = 5;
        model<Net> again{seed{given.seed}, cpu{.threads = given.threads}};
        trainer t{again, cross_entropy{}, adam{}};
        const auto stopped = t.fit(digits, validation, options, early_stopping{.patience = patience});
        const double kept = t.evaluate(validation).loss;
        claim(stopped.epochs.size() < whole.epochs.size() && std::fabs(kept - stopped.best().held_out_loss) < 1e-12,
              "%s: early stopping ends after epoch %zu and restores epoch %d, validation loss %.4f", name.c_str(),
              stopped.epochs.size(), stopped.best().epoch, kept);
    };
    run(std::type_identity<shallow>{}, "shallow");
    run(std::type_identity<deep>{}, "deep");
    plot.save("overfitting.svg");
    return claim.exit_status();
} catch (const std::exception& e) {
    std::fprintf(stderr, "%s\n", e.what());
    return 1;
}
