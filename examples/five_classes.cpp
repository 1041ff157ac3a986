// Five classes of points on the arms of a spiral: softmax over five scores, the regions of the plane that each class
// gets, and a confusion matrix.
#include <strata/metrics.hpp>
#include <strata/pictures.hpp>
#include <strata/strata.hpp>

#include "arguments.hpp"
#include "claims.hpp"
#include "plane.hpp"

using namespace strata;

struct five_arms : network<features<2>, dense<32>, relu, dense<32>, relu, dense<5>> {};

plane spiral(int n, float noise, std::uint64_t seed) {
    plane p{.points = {}, .labels = {}, .names = {"arm 1", "arm 2", "arm 3", "arm 4", "arm 5"}};
    normal_numbers normal(seed);
    for (int i = 0; i < n; ++i)
        for (int c = 0; c < 5; ++c) {
            const float r = normal.uniform(0.1f, 1);
            const float angle = 2 * std::numbers::pi_v<float> * static_cast<float>(c) / 5 + 2.5f * r + noise * normal();
            p.add(r * std::cos(angle), r * std::sin(angle), c);
        }
    return p;
}

// ctest quick:
int main(int argc, char** argv) try {
    const arguments given(argc, argv, {.epochs = 60});
    const plane points = spiral(200, 0.12f, 1), others = spiral(200, 0.12f, 2);

    model<five_arms> net{seed{given.seed}, cpu{.threads = given.threads}};
    trainer t{net, cross_entropy{}, adam{.rate = 5e-3}, accuracy{}, confusion_matrix<5>{}};
    const auto history = t.fit(points.data(), others.data(), {.epochs = given.epochs, .batch = 50, .schedule = cosine});
    const auto result = t.evaluate(others.data());

    scatter_plot regions = points.plot("Five classes");
    regions.decide = [&](const std::vector<float>& xy) { return net(xy); };
    regions.save("five_classes_regions.svg");
    const auto& counts = result.get<confusion_matrix<5>>();
    const confusion_plot confusions{.title = "Test points", .counts = counts, .classes = points.names};
    confusions.save("five_classes_confusion.svg");
    history_plot(history).save("five_classes_loss.svg");
    std::printf("%s", counts.to_text(points.names).c_str());

    claims claim;
    claim(result.metric > 0.95, "more than 95 %% of the test points are classified correctly: %.1f %% +- %.1f",
          100 * result.metric, 100 * counts.standard_error());
    claim(counts.macro_f1() > 0.95, "and no class is much worse than the others: macro F1 %.3f +- %.3f",
          counts.macro_f1(), counts.macro_f1_error());
    return claim.exit_status();
} catch (const std::exception& e) {
    std::fprintf(stderr, "%s\n", e.what());
    return 1;
}
