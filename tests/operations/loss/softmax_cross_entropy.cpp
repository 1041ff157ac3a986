/// softmax_cross_entropy of class numbers: for samples, pixels, and the positions of sequences and signals.
#include "laws/operation_laws.hpp"

#include <strata/inference.hpp>
#include <strata/layers.hpp>
#include <strata/losses.hpp>

using namespace strata_tests;

namespace {

struct of_samples : network<features<5>, dense<19>> {};
struct of_pixels : network<image<2, 3, 4>, conv<6, 3, same>, relu, conv<5, 1>> {};
struct of_a_sequence : network<vectors<7, 3>, dense<4>> {};
struct behind_softmax : network<vectors<7, 3>, dense<4>, strata::softmax> {};

constexpr int ignored = -1;

template <class T>
std::vector<double> doubles(const std::vector<T>& numbers) {
    return {numbers.begin(), numbers.end()};
}

/// What the loss is by its definition, and its gradient to the scores, of `rows` positions with K scores each. Sources:
/// PyTorch's documentation of CrossEntropyLoss (class indices); Szegedy et al. 2016.
struct by_definition_of_pytorch {
    double loss = 0;
    std::vector<double> gradient;

    by_definition_of_pytorch(const std::vector<double>& x, const std::vector<std::int32_t>& classes, int K,
                             const cross_entropy& options)
        : gradient(x.size()) {
        const auto w = [&](int k) {
            return options.class_weights.empty() ? 1. : options.class_weights[std::size_t(k)];
        };
        const double epsilon = options.label_smoothing;
        double whole = 0;
        for (const std::int32_t y : classes) whole += y < 0 ? 0 : w(y);
        for (std::size_t r = 0; r < classes.size() && whole > 0; ++r) {
            const int y = classes[r];
            if (y < 0) continue;
            const double* const scores = x.data() + r * std::size_t(K);
            double sum = 0, slope = 0;
            for (int k = 0; k < K; ++k) sum += std::exp(scores[k]);
            const auto share = [&](int k) { return (k == y ? (1 - epsilon) * w(y) : 0) + epsilon / K * w(k); };
            for (int k = 0; k < K; ++k) loss -= share(k) * std::log(std::exp(scores[k]) / sum), slope += share(k);
            for (int k = 0; k < K; ++k)
                gradient[r * std::size_t(K) + std::size_t(k)] = (slope * std::exp(scores[k]) / sum - share(k)) / whole;
        }
        if (whole > 0) loss /= whole;
    }
};

/// Scores of positions, whatever the order in which a value stores them: [K, positions] or [positions, K].
std::vector<double> by_position(const std::vector<double>& y, int batch, const shape& s) {
    if (s.axes == role::sequence || s.axes == role::flat) return y;
    std::vector<double> turned;
    for (int n = 0; n < batch; ++n)
        for (int p = 0; p < s.positions(); ++p)
            for (int k = 0; k < s.channels(); ++k)
                turned.push_back(y[std::size_t((n * s.channels() + k) * s.positions() + p)]);
    return turned;
}

template <class Net, class Policy, class T>
void compare(int batch, const cross_entropy& options, bool some_ignored) {
    using plan = train_plan<Net, cross_entropy, Policy, T>;
    run_of<plan, Policy, T> r(batch);
    const shape out = plan::data.output;
    const int K = out.channels(), rows = batch * out.positions();
    r.input = spread_numbers<T>(static_cast<long long>(r.input.size()), 1);
    for (int i = 0; i < r.tensors(); ++i) r.write(i, random_numbers<T>(r.size(i), 10 + std::uint64_t(i)));
    for (int i = 0; i < rows; ++i) r.classes.push_back(some_ignored && i % 3 == 1 ? ignored : (i * 7 + i / 5) % K);
    r.is.resize(std::size_t(K)), r.is_not.resize(std::size_t(K));
    if (!options.class_values(r.classes.data(), rows, K, r.is.data(), r.is_not.data())) r.is_not.clear();
    r.run();

    // The network ends in scores, so these are the outputs, and dy of the last dense's bias is the sum of the gradient.
    std::vector<double> y = by_position(doubles(r.output), batch, out);
    if constexpr (std::is_same_v<Net, behind_softmax>)
        for (double& p : y) p = std::log(p);
    const by_definition_of_pytorch right(y, r.classes, K, options);
    const double bound = std::is_same_v<T, float> ? 3e-6 : 1e-13; // some roundings of exp, log and sums of K numbers
    CAPTURE(Policy::name, batch, some_ignored, options.label_smoothing);
    CHECK(std::fabs(double(r.loss()) - right.loss) <= bound * std::max(1., right.loss));
    std::vector<double> bias(static_cast<std::size_t>(K));
    for (std::size_t i = 0; i < right.gradient.size(); ++i) bias[i % std::size_t(K)] += right.gradient[i];
    CHECK(distance(doubles(r.gradient(r.tensors() - 1)), bias) <= bound);
}
template <class Net, class Policy, class T>
void compare_all() {
    const std::vector<double> weights{0.5, 2, 1, 3, 0.25};
    for (const int batch : {1, 7}) {
        compare<Net, Policy, T>(batch, {}, false);
        compare<Net, Policy, T>(batch, {}, true);
        compare<Net, Policy, T>(batch, {.label_smoothing = 0.1}, true);
        const int K = output_shape<Net>.channels();
        if (K <= 5) {
            const std::vector<double> some(weights.begin(), weights.begin() + K);
            compare<Net, Policy, T>(batch, {.class_weights = some}, true);
            compare<Net, Policy, T>(batch, {.label_smoothing = 0.2, .class_weights = some}, false);
        }
    }
}
template <class Policy>
void compare_networks() {
    compare_all<of_samples, Policy, double>(), compare_all<of_samples, Policy, float>();
    compare_all<of_pixels, Policy, double>(), compare_all<of_pixels, Policy, float>();
    compare_all<of_a_sequence, Policy, double>(), compare_all<of_a_sequence, Policy, float>();
    compare_all<behind_softmax, Policy, double>();
}

/// One class number is one-hot numbers to the last bit: loss and every gradient.
template <class Policy, class T>
void compare_with_one_hot() {
    using plan = train_plan<of_samples, cross_entropy, Policy, T>;
    constexpr int K = plan::data.output.d0, batch = 7;
    run_of<plan, Policy, T> numbers(batch), classes(batch);
    for (auto* const r : {&numbers, &classes}) {
        r->input = spread_numbers<T>(static_cast<long long>(r->input.size()), 1);
        for (int i = 0; i < r->tensors(); ++i) r->write(i, random_numbers<T>(r->size(i), 10 + std::uint64_t(i)));
    }
    numbers.target.assign(numbers.target.size(), T(0));
    for (int n = 0; n < batch; ++n) {
        classes.classes.push_back(n * 5 % K);
        numbers.target[std::size_t(n * K + n * 5 % K)] = T(1);
    }
    classes.is.assign(K, T(1));
    numbers.run(), classes.run();
    CHECK(numbers.loss() == classes.loss());
    CHECK(numbers.input_gradient() == classes.input_gradient());
    for (int i = 0; i < numbers.tensors(); ++i) CHECK(numbers.gradient(i) == classes.gradient(i));
}

} // namespace

TEST_CASE("softmax_cross_entropy of class numbers is PyTorch's, at each position") {
    compare_networks<strata::reference>();
    compare_networks<strata::cpu>();
    compare_networks<gpu_on_host>();
}

TEST_CASE("softmax_cross_entropy of class numbers has the bits of one-hot targets") {
    compare_with_one_hot<strata::reference, double>();
    compare_with_one_hot<strata::cpu, float>();
    compare_with_one_hot<strata::cpu, double>();
    compare_with_one_hot<gpu_on_host, float>();
}
