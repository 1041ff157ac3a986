// The README's pictures: five arms of a spiral with the decision regions of a network of 1,461 parameters, and the loss
// while it was trained. The target docs-pictures writes them to docs/pictures.
// ctest quick:
#include <strata/pictures.hpp>
#include <strata/strata.hpp>

#include <utility>

#include "arguments.hpp"
#include "claims.hpp"
#include "plane.hpp"

using namespace strata;

struct spiral_net : network<features<2>,
                            dense<32>, tanh_activation, dense<32>, tanh_activation, dense<8>, tanh_activation,
                            dense<5>> {};
static_assert(parameter_count<spiral_net> == 1'461);

plane spiral(int n, std::uint64_t seed) {
    plane p{.points = {}, .labels = {}, .names = {"arm 1", "arm 2", "arm 3", "arm 4", "arm 5"}};
    normal_numbers normal(seed);
    for (int i = 0; i < n; ++i)
        for (int c = 0; c < 5; ++c) {
            const float r = normal.uniform(0.1f, 1);
            const float angle = 2 * std::numbers::pi_v<float> * static_cast<float>(c) / 5 + 3.5f * r + 0.09f * normal();
            p.add(r * std::cos(angle), r * std::sin(angle), c);
        }
    return p;
}

int main(int argc, char** argv) try {
    const arguments given(argc, argv, {.epochs = 60, .seed = 1, .report = "."});
    const plane points = spiral(80, 1), others = spiral(400, 2);

    model<spiral_net> net{seed{given.seed}, cpu{.threads = given.threads}};
    trainer t{net, cross_entropy{}, adam{.rate = 1e-2}};
    const auto history = t.fit(points.data(), others.data(),
                               {.epochs = given.epochs, .batch = 20, .schedule = cosine});

    scatter_plot regions = points.plot("Five classes on a spiral");
    regions.decide = [&](const std::vector<float>& xy) { return net(xy); };
    regions.width = 440, regions.height = 420;
    line_plot loss = history_plot(history);
    loss.width = 440, loss.height = 420;

    claims claim;
    const std::pair<const char*, std::string> drawn[] = {{"spiral_regions.svg", regions.to_svg()},
                                                         {"spiral_loss.svg", loss.to_svg()}};
    for (const auto& [name, svg] : drawn) {
        pictures::save_picture(given.report + "/" + name, svg);
        claim(svg.size() < 100'000, "%s has %zu bytes, less than 100,000", name, svg.size());
    }
    const double accuracy = t.evaluate(others.data()).metric;
    claim(accuracy > 0.95,
          "the network classifies more than 95 %% of the test points correctly: %.1f %%", 100 * accuracy);
    return claim.exit_status();
} catch (const std::exception& e) {
    std::fprintf(stderr, "%s\n", e.what());
    return 1;
}
