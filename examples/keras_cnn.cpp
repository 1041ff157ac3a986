// The small convolutional network of Keras' introduction, on MNIST: batches of 32, ten epochs, Adam with a decaying
// learning rate.
#include <strata/pictures.hpp>
#include <strata/strata.hpp>

#include "arguments.hpp"
#include "claims.hpp"

using namespace strata;

struct keras_cnn : network<
    image<1, 28, 28>,
    conv<32, 3>, relu, max_pool<2>,
    flatten,
    dense<128>, relu,
    dense<10>> {};

static_assert(parameter_count<keras_cnn> == 693'962);

// ctest quick: --epochs 1
// ctest long:
int main(int argc, char** argv) try {
    const arguments given(argc, argv, {.epochs = 10, .threads = 2});
    const auto [train, test] = data::mnist(given.data);
    std::printf("data: %s\n%s", train.origin().c_str(), summary<keras_cnn>().c_str());

    model<keras_cnn> net{seed{given.seed}, cpu{.threads = given.threads}};
    trainer t{net, cross_entropy{}, adam{}};
    // With a constant rate, the accuracy of the last epochs fluctuates by two tenths of a percent.
    const auto history = t.fit(train, test, {.epochs = given.epochs, .batch = 32, .schedule = cosine});
    history_plot(history, "accuracy").save("keras_cnn_accuracy.svg");
    image_sheet{.title = "The 32 filters of the first layer", .images = net.get("0.weight"), .extents = {1, 3, 3},
                .scale = image_scale::around_zero, .columns = 8, .zoom = 16}.save("keras_cnn_filters.svg");

    claims claim;
    const double accuracy = history.epochs.back().held_out_metric, bar = given.epochs < 10 ? 0.97 : 0.985;
    claim(accuracy >= bar, "test accuracy %.4f, at least %g", accuracy, bar);
    return claim.exit_status();
} catch (const std::exception& e) {
    std::fprintf(stderr, "%s\n", e.what());
    return 1;
}
