// One layer separates classes by a straight line; a hidden layer of M units bends it. The same network with a single
// output approximates a function.   Source: Cybenko 1989 (approximation by superpositions of a sigmoidal function)
#include <strata/pictures.hpp>
#include <strata/strata.hpp>

#include "arguments.hpp"
#include "claims.hpp"
#include "plane.hpp"

using namespace strata;

template <int M>
struct classifier : network<features<2>, dense<M>, tanh_activation, dense<2>> {};
struct line_only : network<features<2>, dense<2>> {};
template <int M>
struct approximator : network<features<1>, dense<M>, tanh_activation, dense<1>> {};

const plane moons = two_moons(300, 0.12f, 1), others = two_moons(300, 0.12f, 2);

template <class Net>
model<Net> classify(const arguments& given) {
    model<Net> net{seed{given.seed}};
    trainer t{net, cross_entropy{}, adam{.rate = 0.02}};
    t.fit(moons.data(), {.epochs = given.epochs, .batch = 32, .schedule = cosine, .progress = false});
    return net;
}
template <class Net>
double error_of(model<Net>& net) {
    return 1 - trainer{net, cross_entropy{}, sgd{}}.evaluate(others.data()).metric;
}

// The output of each hidden unit over the square: the features that the network has learned.
template <int M>
void draw_features(const model<classifier<M>>& net, const char* file) {
    const auto w = net.get("0.weight"), b = net.get("0.bias");
    constexpr int side = 64;
    std::vector<float> fields;
    for (int m = 0; m < M; ++m)
        for (int row = 0; row < side; ++row)
            for (int column = 0; column < side; ++column) {
                const float x = -1.5f + 4.0f * static_cast<float>(column) / side;
                const float y = 1.75f - 3.0f * static_cast<float>(row) / side;
                const auto at = static_cast<std::size_t>(m);
                fields.push_back(std::tanh(w[2 * at] * x + w[2 * at + 1] * y + b[at]));
            }
    image_sheet sheet{.title = "The output of each hidden unit", .images = fields, .extents = {1, side, side},
                      .scale = image_scale::around_zero, .columns = M};
    for (int m = 0; m < M; ++m) sheet.captions.push_back("unit " + std::to_string(m + 1));
    sheet.save(file);
}

float target(float x) { return std::sin(3 * x) + 0.5f * x; }

// The largest error on [−2, 2] of a network with M hidden units, whose values at `grid` are added to the plot.
template <int M>
double approximate(const arguments& given, const std::vector<float>& grid, line_plot& plot) {
    std::vector<float> targets;
    for (float x : grid) targets.push_back(target(x));
    const data::in_memory<data::values> samples{
        {.sample = shape(1), .floats = grid, .targets = targets, .target = shape(1)}};
    model<approximator<M>> net{seed{given.seed}};
    trainer t{net, mean_squared_error{}, adam{.rate = 0.02}};
    t.fit(samples, {.epochs = 4 * given.epochs, .batch = 32, .schedule = cosine, .progress = false});
    const std::vector<float> y = net(grid);
    double worst = 0;
    for (std::size_t i = 0; i < grid.size(); ++i) worst = std::max(worst, 1.0 * std::fabs(y[i] - targets[i]));
    if (M == 2 || M == 4 || M == 16) plot.series.push_back({std::to_string(M) + " hidden units", y, grid});
    std::printf("%3d hidden units: largest error %.3f\n", M, worst);
    return worst;
}

// ctest quick:
int main(int argc, char** argv) try {
    const arguments given(argc, argv, {.epochs = 1000});
    claims claim;

    auto line = classify<line_only>(given);
    std::vector<double> errors{error_of(line)};
    std::printf("no hidden layer: error %.3f\n", errors[0]);
    const auto with = [&]<int M>(std::integral_constant<int, M>) {
        auto net = classify<classifier<M>>(given);
        errors.push_back(error_of(net));
        std::printf("%3d hidden units: error %.3f\n", M, errors.back());
        if (M == 4) draw_features(net, "two_layer_features.svg");
        if (M == 16) {
            scatter_plot bent = moons.plot("Two layers, 16 hidden units");
            bent.decide = [&](const std::vector<float>& points) { return net(points); };
            bent.save("two_layer_boundary.svg");
        }
    };
    with(std::integral_constant<int, 1>{});
    with(std::integral_constant<int, 2>{});
    with(std::integral_constant<int, 4>{});
    with(std::integral_constant<int, 8>{});
    with(std::integral_constant<int, 16>{});
    scatter_plot straight = moons.plot("One layer");
    straight.decide = [&](const std::vector<float>& points) { return line(points); };
    straight.save("two_layer_line.svg");
    line_plot{.title = "Error on test points", .x_label = "hidden units", .y_label = "share of wrong answers",
              .series = {{"", errors, {0, 1, 2, 4, 8, 16}}}}
        .save("two_layer_error.svg");
    claim(errors[0] > 0.08, "a line misclassifies more than 8 %% of the points: %.1f %%", 100 * errors[0]);
    claim(errors[5] < 0.02, "16 hidden units misclassify less than 2 %%: %.1f %%", 100 * errors[5]);

    std::vector<float> grid, truth;
    for (int i = 0; i <= 200; ++i) {
        grid.push_back(-2 + 0.02f * static_cast<float>(i));
        truth.push_back(target(grid.back()));
    }
    line_plot curves{.title = "sin 3x + x/2, approximated by two layers", .x_label = "x",
                     .series = {{"the function", truth, grid}}};
    const double few = approximate<2>(given, grid, curves);
    approximate<4>(given, grid, curves), approximate<8>(given, grid, curves);
    const double many = approximate<16>(given, grid, curves);
    curves.save("two_layer_function.svg");
    claim(many < 0.1, "16 hidden units are within 0.1 of the function everywhere: %.3f", many);
    claim(few > 5 * many, "2 hidden units are more than five times as far off: %.3f", few);
    return claim.exit_status();
} catch (const std::exception& e) {
    std::fprintf(stderr, "%s\n", e.what());
    return 1;
}
