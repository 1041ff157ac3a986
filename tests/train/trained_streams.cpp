/// A causal network learns a filter from pieces of a signal, goes through a file, and filters a signal without an end.
#include "catch.hpp"
#include "random_numbers.hpp"

#include <cmath>
#include <strata/data/in_memory.hpp>
#include <strata/strata.hpp>

using namespace strata;

namespace {

constexpr std::size_t piece = 32, pieces = 128;
struct filter : network<time_series<1, int(piece)>, conv1d<4, 3, causal>, conv1d<1, 2, causal, dilation<2>>> {};

/// y[t] = 0.5 x[t] − 0.25 x[t−1] + 0.75 x[t−3], x = 0 before the signal.
float filtered(const float* x, std::size_t t) {
    return 0.5f * x[t] - (t >= 1 ? 0.25f * x[t - 1] : 0) + (t >= 3 ? 0.75f * x[t - 3] : 0);
}

} // namespace

TEST_CASE("a network that was trained on pieces of a signal filters it in a stream", "[train]") {
    data::contents c;
    c.sample = c.target = shape::signal(1, int(piece));
    c.floats = strata_tests::random_numbers<float>(piece * pieces, 3);
    for (std::size_t n = 0; n < pieces; ++n)
        for (std::size_t t = 0; t < piece; ++t) c.targets.push_back(filtered(c.floats.data() + n * piece, t));
    const data::in_memory<data::values> train(c);

    model<filter> net{seed{1}};
    trainer t{net, mean_squared_error{}, adam{.rate = 1e-2}};
    const auto history = t.fit(train, {.epochs = 40, .batch = 16, .progress = false});
    CHECK(history.epochs.back().loss < 1e-5);

    model<filter> loaded;
    const auto file = net.save_bytes();
    loaded.load(std::span(file));
    CHECK(loaded.names() == std::vector<std::string_view>{"0.weight", "0.bias", "1.weight", "1.bias"});
    CHECK(loaded.get("1.weight").size() == 1 * 4 * 2);

    const auto x = strata_tests::random_numbers<float>(1000, 4);
    auto stream = loaded.stream();
    float worst = 0;
    for (std::size_t i = 0; i < x.size(); ++i)
        worst = std::max(worst, std::abs(stream.step(x[i]) - filtered(x.data(), i)));
    CHECK(worst < 0.02f); // six times the root of that loss
}
