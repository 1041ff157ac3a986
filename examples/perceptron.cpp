// The perceptron: two measurements of a patient, a weight for each, and a threshold. It predicts "at risk" from blood
// pressure and body weight.
// Source: Rosenblatt 1958. Gradient descent on the loss max(0, −s · y), s = ±1, one patient at a time, is its rule.
#include <strata/data.hpp>
#include <strata/pictures.hpp>
#include <strata/strata.hpp>
#include <strata/losses.hpp>

#include "arguments.hpp"
#include "claims.hpp"
#include "plane.hpp"

using namespace strata;

struct perceptron : network<features<2>, dense<1>> {};

struct perceptron_criterion_function {
    static constexpr const char* name = "perceptron_criterion";
    template <class V>
    static V f(V y, V t) {
        const V signed_y = (V(2) * t - V(1)) * y;
        return select(signed_y > V(0), V(0), -signed_y);
    }
    template <class V>
    static V df(V y, V t) {
        const V sign = V(2) * t - V(1);
        return select(sign * y > V(0), V(0), -sign);
    }
};
struct perceptron_criterion : elementwise_loss<perceptron_criterion_function> {
    static constexpr const char* name = "perceptron_criterion";
    static constexpr bool takes_class_index = true;
    using usual_metric = binary_accuracy;
};

// Invented patients: pressure in mmHg and weight in kg, some at risk, none right at the boundary.
plane patients(int n, std::uint64_t seed) {
    plane p{.points = {}, .labels = {}, .names = {"not at risk", "at risk"}};
    normal_numbers normal(seed);
    while (static_cast<int>(p.labels.size()) < n) {
        const float pressure = 135 + 18 * normal(), weight = 80 + 14 * normal();
        const float risk = (pressure - 140) / 18 + (weight - 82) / 14;
        if (std::fabs(risk) > 0.15f) p.add(pressure, weight, risk > 0);
    }
    return p;
}

// ctest quick:
int main(int argc, char** argv) try {
    const arguments given(argc, argv, {.epochs = 200});
    const plane people = patients(200, 1), others = patients(1000, 2);
    const auto scale = data::fit_normalisation(people.data());
    const auto train = data::normalised(people.data(), scale), test = data::normalised(others.data(), scale);

    model<perceptron> net{seed{given.seed}};
    trainer t{net, perceptron_criterion{}, sgd{.rate = 0.1}};
    const auto go_on = [](const history& h) { return h.epochs.back().loss > 0; }; // at 0 no weight changes any more
    const auto history =
        t.fit(train, {.epochs = given.epochs, .batch = 1, .progress = false, .after_epoch = go_on});
    const double accuracy = t.evaluate(test).metric;

    // In mmHg and kg: w · (x − mean) / deviation + b = (w / deviation) · x + (b − w · mean / deviation).
    const auto w = net.get("0.weight"), b = net.get("0.bias");
    const double w1 = w[0] / scale.deviation[0], w2 = w[1] / scale.deviation[1];
    const double threshold = b[0] - w1 * scale.mean[0] - w2 * scale.mean[1];
    std::printf("y = %.4f * pressure + %.4f * weight %+.3f; at risk where y > 0\n", w1, w2, threshold);
    for (const auto& [pressure, weight] : {std::pair{120.0, 70.0}, {160.0, 95.0}}) {
        const double y = w1 * pressure + w2 * weight + threshold;
        std::printf("%g mmHg, %g kg: y = %.4f * %g + %.4f * %g %+.3f = %.3f, %s\n", pressure, weight, w1, pressure,
                    w2, weight, threshold, y, y > 0 ? "at risk" : "not at risk");
    }
    scatter_plot plot = people.plot("At risk?");
    plot.x_label = "systolic blood pressure, mmHg", plot.y_label = "weight, kg";
    plot.decide = [&](const std::vector<float>& points) {
        std::vector<float> at_risk;
        for (std::size_t i = 0; i < points.size(); i += 2)
            at_risk.push_back(w1 * points[i] + w2 * points[i + 1] + threshold > 0);
        return at_risk;
    };
    plot.save("perceptron.svg");

    claims claim;
    claim(history.epochs.back().loss == 0, "after %zu epochs all 200 patients are classified correctly",
          history.epochs.size());
    claim(accuracy > 0.97, "so are more than 97 %% of 1,000 others: %.1f %%", 100 * accuracy);
    claim(w1 > 0 && w2 > 0, "pressure and weight both raise the risk");
    return claim.exit_status();
} catch (const std::exception& e) {
    std::fprintf(stderr, "%s\n", e.what());
    return 1;
}
