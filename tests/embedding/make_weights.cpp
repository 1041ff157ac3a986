// Trains the network of the page a little and saves it, with samples that the device checks it with: make_weights FILE
#include <strata/files.hpp>
#include <strata/strata.hpp>

#include <cmath>
#include <cstdio>

#include "network.hpp"

int main(int, char** argv) try {
    strata::data::contents all{.sample = strata::shape(4), .target = strata::shape(2)};
    for (int i = 0; i < 256; ++i) {
        const float a = static_cast<float>(i % 16), b = static_cast<float>(i / 16);
        all.floats.insert(all.floats.end(), {1000 + a, 0.01f * b, a * b, 5});
        all.targets.insert(all.targets.end(), {std::sin(a / 4), std::cos(b / 4)});
    }
    const std::vector<float> some(all.floats.begin(), all.floats.begin() + 4 * 32);
    const strata::data::in_memory<strata::data::values> data(std::move(all));
    // [train and save]
    strata::model<net_type> net{strata::seed{1}};
    strata::fit_normalisation(net, data);
    auto trainer = strata::trainer{net, strata::mean_squared_error{}, strata::adam{.rate = 1e-2}};
    trainer.fit(data, {.epochs = 20, .batch = 32, .progress = false});
    net.save("net.safetensors", {.self_test = some}); // samples that the device checks itself with
    // [/train and save]
    if (std::rename("net.safetensors", argv[1]) != 0) return 1;
    const auto y = net(std::span<const float>(some).first(4));
    std::printf("%.3f %.3f\n", static_cast<double>(y[0]), static_cast<double>(y[1]));
} catch (const std::exception& e) {
    std::fprintf(stderr, "%s\n", e.what());
    return 1;
}
