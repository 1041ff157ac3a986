// LeNet-5 on MNIST with a page about the run, and event files for TensorBoard beside it.
// ctest quick: --epochs 1
#include <strata/metrics.hpp>
#include <strata/model/first_layers.hpp>
#include <strata/pictures.hpp>
#include <strata/strata.hpp>

#include <algorithm>
#include <string>
#include <vector>

#include "arguments.hpp"
#include "claims.hpp"

struct lenet5 : strata::network<
    strata::image<1, 28, 28>,
    strata::conv<6, 5, strata::same>, strata::relu, strata::max_pool<2>,
    strata::conv<16, 5>,              strata::relu, strata::max_pool<2>,
    strata::flatten,
    strata::dense<120>, strata::relu,
    strata::dense<84>,  strata::relu,
    strata::dense<10>> {};

int main(int argc, char** argv) try {
    const arguments given(argc, argv, {.epochs = 10, .seed = 1, .threads = 2, .report = "lenet5_report.html"});
    const strata::seed seed{given.seed};
    auto [train, test]         = strata::data::mnist(given.data);
    std::printf("data: %s\n", train.origin().c_str());
    auto [fitted_on, held_out] = train.split(0.9, seed);
    auto net     = strata::model<lenet5>{seed, strata::cpu{.threads = given.threads}};
    auto trainer = strata::trainer{net, strata::cross_entropy{}, strata::adam{.rate = 2e-3}};
    strata::tensorboard board(given.report + ".events");
    const auto history = trainer.fit(fitted_on, held_out,
                                     {.epochs = given.epochs, .batch = 64, .schedule = strata::cosine,
                                      .after_epoch = board.after_epoch()});

    // [pictures]
    const auto result = trainer.evaluate(test);
    std::vector<float> digit(28 * 28), shown, some;
    std::vector<std::string> captions;
    std::vector<bool> wrong;
    strata::confusion_matrix<10> matrix;
    for (std::size_t i = 0; i < test.size(); ++i) {
        strata::data::class_index actual{};
        test.read(i, {}, digit, actual);
        if (i < 100) some.insert(some.end(), digit.begin(), digit.end());
        const auto scores = net(digit);
        const int predicted = static_cast<int>(std::max_element(scores.begin(), scores.end()) - scores.begin());
        matrix.add(test.label(i), predicted);
        const bool is_wrong = predicted != test.label(i);
        if (i >= 6 && (!is_wrong || captions.size() == 24)) continue; // the first six, then mistakes
        shown.insert(shown.end(), digit.begin(), digit.end());
        wrong.push_back(is_wrong);
        captions.push_back(std::to_string(test.label(i)) + (is_wrong ? " taken for " + std::to_string(predicted) : ""));
    }
    const strata::confusion_plot confusions{.title = "Test images", .counts = matrix};
    const strata::image_sheet sheet{.title = "Six digits, and the first mistakes",
                                    .images = shown, .extents = {1, 28, 28},
                                    .captions = captions, .wrong = wrong,
                                    .scale = strata::image_scale::each, .columns = 6};
    const strata::image_sheet filters{.title = "Weights of the first layer", .images = net.get("0.weight"),
                                      .extents = {1, 5, 5}, .scale = strata::image_scale::around_zero};
    const strata::histogram weights{.title = "Weights of the first dense layer", .x_label = "weight",
                                    .values = net.get("7.weight")};
    const strata::histogram activations{.title = "Activations behind the first relu, 100 digits",
                                        .x_label = "activation", .values = strata::first_layers<2>(net)(some),
                                        .log_y = true};

    strata::report{.title = "LeNet-5 on MNIST",
                   .history = history, // tells seed, loss, optimiser, rate, batch and threads
                   .test = result,
                   .network = strata::summary<lenet5, strata::cross_entropy>(),
                   .settings = {{"data", train.origin()}, {"schedule", "cosine"}},
                   .sections = {{"Test images", "Mistakes are red.", {confusions, sheet}},
                                {"Weights and activations", "Blue is below zero, red above.",
                                 {filters, weights, activations}}}}
        .save(given.report);
    // [/pictures]
    std::printf("wrote %s and %s\n", given.report.c_str(), board.path().c_str());
    claims claim;
    const double bar = given.epochs < 10 ? 0.97 : 0.99;
    claim(result.metric >= bar, "test accuracy %.4f +- %.4f, at least %g", result.metric,
          matrix.standard_error(), bar);
    return claim.exit_status();
} catch (const std::exception& e) {
    std::fprintf(stderr, "%s\n", e.what());
    return 1;
}
