// A weight per sample: the loss is sum w l / sum w over the batch, and over all samples in evaluation.
#include "files.hpp"

#include <strata/data/csv/csv.hpp>
#include <strata/data/csv/streamed_csv.hpp>
#include <strata/losses.hpp>
#include <strata/reference/reference.hpp>
#include <strata/strata.hpp>
#include <strata/train/companions/prefetch.hpp>

#include <cmath>

namespace data = strata::data;
using strata::seed;
using strata::shape;
using strata_tests::message_of;
using strata_tests::says;

namespace {

struct line : strata::network<strata::features<2>, strata::dense<1>> {};
struct three : strata::network<strata::features<2>, strata::dense<3>> {};
struct yes_or_no : strata::network<strata::features<2>, strata::dense<4>, strata::relu, strata::dense<1>> {};

const std::vector<float> xs{1, 2, -1, 0.5f, 3, -2, 0, 1};

data::in_memory<data::values> curve(std::vector<float> x, std::vector<float> y, std::vector<float> weights) {
    return data::in_memory<data::values>{{.sample = shape(2),
                                          .floats = std::move(x),
                                          .targets = std::move(y),
                                          .target = shape(1),
                                          .weights = std::move(weights)}};
}
data::in_memory<> classes(std::vector<float> x, std::vector<int> labels, int count, std::vector<float> weights) {
    return data::in_memory<>{{.sample = shape(2),
                              .floats = std::move(x),
                              .labels = std::move(labels),
                              .classes = count,
                              .weights = std::move(weights)}};
}

struct own { // a data set of the user's
    using target_type = data::values;
    [[nodiscard]] std::size_t size() const { return 3; }
    [[nodiscard]] shape sample_shape() const { return shape(2); }
    [[nodiscard]] shape target_shape() const { return shape(1); }
    double second = -2;
    [[nodiscard]] double weight(std::size_t i) const { return i == 1 ? second : 1.0; }
    void read(std::size_t, data::key, std::span<float> x, data::values& t) const { x[0] = x[1] = t.into[0] = 1; }
};

/// The parameters after a step with each of two data sets, the one weighted, the other with samples repeated.
template <class Net, class Policy, class Loss, class A, class B>
void check_same_step(const Loss& loss, const A& weighted, const B& repeated) {
    strata::model<Net, Policy, strata::fp64> one{seed{3}}, other{seed{3}};
    strata::trainer first{one, loss, strata::sgd{.rate = 0.1}}, second{other, loss, strata::sgd{.rate = 0.1}};
    CHECK(first.evaluate(weighted).loss == Approx(second.evaluate(repeated).loss).epsilon(1e-12));
    const auto a = first.fit(weighted, {.epochs = 1, .batch = 16, .progress = false});
    const auto b = second.fit(repeated, {.epochs = 1, .batch = 16, .progress = false});
    CHECK(a.epochs[0].loss == Approx(b.epochs[0].loss).epsilon(1e-12));
    const auto x = one.parameter_block(), y = other.parameter_block();
    for (std::size_t i = 0; i < x.size(); ++i) CHECK(x[i] == Approx(y[i]).epsilon(1e-12).margin(1e-15));
}

} // namespace

TEST_CASE("sample weights: the loss by hand", "[train]") {
    strata::model<line, strata::reference, strata::fp64> net{seed{1}};
    net.set("0.weight", std::vector<double>{1, 2});
    net.set("0.bias", std::vector<double>{0});
    strata::trainer trainer{net, strata::mean_squared_error{}, strata::sgd{.rate = 0.5}};
    // y = 5, 0, -1, 2; the errors are 1, -2, 3, 0 and count 1, 0.5, 0, 2.5
    const auto set = curve(xs, {4, 2, -4, 2}, {1, 0.5f, 0, 2.5f});
    CHECK(trainer.evaluate(set).loss == Approx((1 * 1 + 0.5 * 4 + 0 + 0) / 4).epsilon(1e-14));
    trainer.fit(set, {.epochs = 1, .batch = 4, .progress = false});
    // dL/db = sum w 2 e / sum w = (2 − 2) / 4; dL/dw = sum w 2 e x / 4 = ((2 + 2), (4 − 1)) / 4
    const auto weight = net.get("0.weight"), bias = net.get("0.bias");
    CHECK(bias[0] == Approx(0).margin(1e-15));
    CHECK(weight[0] == Approx(1 - 0.5 * 4 / 4).epsilon(1e-14));
    CHECK(weight[1] == Approx(2 - 0.5 * 3 / 4).epsilon(1e-14));
}

TEST_CASE("sample weights: a weight of two is the sample twice", "[train]") {
    const std::vector<float> twice{1, 2, 1, 2, -1, 0.5f, 3, -2, 3, -2, 3, -2}; // the fourth counts nothing
    const std::vector<float> weights{2, 1, 3, 0};
    const auto both = [&]<class Policy>(Policy) {
        check_same_step<line, Policy>(strata::mean_squared_error{}, curve(xs, {1, 2, 3, 4}, weights),
                                      curve(twice, {1, 1, 2, 3, 3, 3}, {}));
        check_same_step<line, Policy>(strata::huber<0.5>{}, curve(xs, {1, 2, 3, 4}, weights),
                                      curve(twice, {1, 1, 2, 3, 3, 3}, {}));
        check_same_step<yes_or_no, Policy>(strata::binary_cross_entropy<2>{.label_smoothing = 0.1},
                                           classes(xs, {1, 0, 1, 0}, 2, weights),
                                           classes(twice, {1, 1, 0, 1, 1, 1}, 2, {}));
        check_same_step<three, Policy>(strata::cross_entropy{}, classes(xs, {0, 1, 2, 1}, 3, weights),
                                       classes(twice, {0, 0, 1, 2, 2, 2}, 3, {}));
        check_same_step<three, Policy>(strata::cross_entropy{.label_smoothing = 0.2, .class_weights = {1, 0.25, 3}},
                                       classes(xs, {0, 1, 2, 1}, 3, weights),
                                       classes(twice, {0, 0, 1, 2, 2, 2}, 3, {}));
    };
    both(strata::reference{});
    both(strata::cpu{});
}

TEST_CASE("sample weights: evaluation does not depend on the batches, and metrics count samples", "[train]") {
    const std::size_t n = 700; // three batches
    std::vector<float> x, weights;
    std::vector<int> labels;
    for (std::size_t i = 0; i < n; ++i) {
        x.push_back(static_cast<float>(i % 7) - 3), x.push_back(static_cast<float>(i % 5));
        labels.push_back(static_cast<int>(i % 3)), weights.push_back(static_cast<float>(i % 4));
    }
    strata::model<three> net{seed{1}};
    strata::trainer trainer{net, strata::cross_entropy{}, strata::adam{}, strata::accuracy{}};
    const auto set = classes(x, labels, 3, weights);
    double sum = 0, all = 0, right = 0;
    for (std::size_t i = 0; i < n; ++i) {
        const auto y = net(std::vector<float>{x[2 * i], x[2 * i + 1]});
        double total = 0;
        for (const float v : y) total += std::exp(static_cast<double>(v));
        const auto c = static_cast<std::size_t>(labels[i]);
        sum += static_cast<double>(weights[i]) * (std::log(total) - static_cast<double>(y[c]));
        all += static_cast<double>(weights[i]);
        right += y[c] >= y[0] && y[c] >= y[1] && y[c] >= y[2];
    }
    const auto result = trainer.evaluate(set);
    CHECK(result.loss == Approx(sum / all).epsilon(1e-5));
    CHECK(result.metric == Approx(right / static_cast<double>(n)));
    // Views pass them on.
    const auto [one, other] = set.split(0.5, seed{2});
    CHECK(one.weight(3) == static_cast<double>(weights[one.indices()[3]]));
    CHECK(trainer.evaluate(one).loss != Approx(trainer.evaluate(classes(x, labels, 3, {})).loss));
}

TEST_CASE("sample weights: the bits are the same with prefetch and with threads", "[train]") {
    const auto parameters = [](int threads, auto... companions) {
        strata::model<three> net{seed{1}, strata::cpu{.threads = threads}};
        strata::trainer trainer{net, strata::cross_entropy{}, strata::adam{.rate = 0.1}};
        std::vector<float> x, weights;
        std::vector<int> labels;
        for (int i = 0; i < 100; ++i)
            x.push_back(static_cast<float>(i % 9)), x.push_back(1), labels.push_back(i % 3),
                weights.push_back(static_cast<float>(i % 5));
        trainer.fit(classes(x, labels, 3, weights), {.epochs = 2, .batch = 16, .progress = false}, companions...);
        const auto all = net.parameter_block();
        return std::vector<float>(all.begin(), all.end());
    };
    const auto plain = parameters(1);
    CHECK(parameters(3) == plain);
    CHECK(parameters(1, strata::prefetch{}) == plain);
}

TEST_CASE("sample weights: none at all teach nothing, and a step by hand has none", "[train]") {
    strata::model<line> net{seed{1}};
    strata::trainer trainer{net, strata::mean_squared_error{}, strata::sgd{.rate = 1}};
    const auto before = std::vector<float>(net.parameter_block().begin(), net.parameter_block().end());
    const auto history =
        trainer.fit(curve(xs, {1, 2, 3, 4}, {0, 0, 0, 0}), {.epochs = 1, .batch = 2, .progress = false});
    CHECK(history.epochs[0].loss == 0);
    CHECK(std::vector<float>(net.parameter_block().begin(), net.parameter_block().end()) == before);
    const std::vector<float> x{1, 0}, t{0};
    const float y = net(x)[0];
    CHECK(trainer.step(x, t) == Approx(static_cast<double>(y * y)));
}

TEST_CASE("sample weights: those that make no sense are refused", "[train]") {
    for (const float wrong : {-1.0f, std::numeric_limits<float>::quiet_NaN(), std::numeric_limits<float>::infinity()})
        CHECK(says(message_of<strata::shape_error>([&] { (void)curve(xs, {1, 2, 3, 4}, {1, 1, wrong, 1}); }),
                   "weight of sample 2"));
    CHECK(says(message_of<strata::shape_error>([&] { (void)curve(xs, {1, 2, 3, 4}, {1, 1}); }), "4 samples",
               "2 weights"));
    strata::model<line> net{seed{1}};
    strata::trainer trainer{net, strata::mean_squared_error{}, strata::sgd{}};
    const double infinity = std::numeric_limits<double>::infinity();
    for (const double wrong :
         {-2.0, -1e-300, -infinity, infinity, std::numeric_limits<double>::quiet_NaN(), 3.5e38, 1e100, 1.7e308}) {
        CAPTURE(wrong);
        const auto bias = net.get("0.bias");
        CHECK(says(message_of<strata::shape_error>([&] { (void)trainer.evaluate(own{wrong}); }), "weight of sample 1",
                   "negative, not a number, or out of range for a float", "use 0 to 3.4e38"));
        CHECK(says(message_of<strata::shape_error>([&] { trainer.fit(own{wrong}, {.epochs = 1, .progress = false}); }),
                   "weight of sample 1"));
        CHECK(net.get("0.bias") == bias);
    }
    for (const double wrong : {-1.0, infinity, 1e39, 1e308}) // those of classes, whose sum would be infinite
        CHECK(says(message_of<strata::error>([&] {
                       strata::model<three> of_three{seed{1}};
                       strata::trainer{of_three, strata::cross_entropy{.class_weights = {1, wrong, wrong}},
                                       strata::sgd{}};
                   }),
                   "class weight", "from 0 to 3.4e38"));
}

TEST_CASE("sample weights: the largest ones count alike", "[train]") {
    const float most = std::numeric_limits<float>::max();
    const auto heavy = curve(xs, {1, 2, 3, 4}, {most, most, most, most});
    const auto plain = curve(xs, {1, 2, 3, 4}, {});
    const auto loss = [](const auto& set, auto precision) {
        strata::model<line, strata::cpu, decltype(precision)> net{seed{1}};
        strata::trainer trainer{net, strata::mean_squared_error{}, strata::sgd{.rate = 0.01}};
        trainer.fit(set, {.epochs = 3, .batch = 2, .progress = false});
        return trainer.evaluate(set).loss;
    };
    CHECK(loss(heavy, strata::fp32{}) == Approx(loss(plain, strata::fp32{})).epsilon(1e-6));
    CHECK(loss(heavy, strata::fp64{}) == Approx(loss(plain, strata::fp64{})).epsilon(1e-12));
    strata::model<three> net{seed{1}};
    const auto classified = classes(xs, {0, 1, 2, 1}, 3, {most, most, most, most});
    const double heaviest = static_cast<double>(most);
    strata::trainer trainer{net, strata::cross_entropy{.class_weights = {heaviest, heaviest, heaviest}}, strata::sgd{}};
    strata::trainer usual{net, strata::cross_entropy{}, strata::sgd{}};
    CHECK(trainer.evaluate(classified).loss
          == Approx(usual.evaluate(classes(xs, {0, 1, 2, 1}, 3, {})).loss).epsilon(1e-6));
}

TEST_CASE("sample weights: a column of a CSV file", "[train][csv]") {
    const strata_tests::temporary_folder folder;
    const std::string path = folder.file("a.csv", "x,w,y\n1,0.5,2\n3,2,4\n");
    const data::csv_options options{.targets = {"y"}, .weight = "w"};
    const auto set = data::csv_values(path, options);
    CHECK(set.sample_shape() == shape(1)); // it is no feature
    CHECK(set.weight(0) == 0.5);
    CHECK(set.weight(1) == 2);
    const auto streamed = data::csv_values_streamed(path, options);
    CHECK(streamed.weight(1) == 2);
    CHECK(data::csv_classes(path, {.targets = {"y"}, .weight = 2}).weight(0) == 0.5);
    CHECK(says(message_of<strata::file_error>(
                   [&] { (void)data::csv_values(folder.file("b.csv", "x,w,y\n1,-1,2\n"), options); }),
               "line 2, column 2 (w)", "negative"));
    for (const char* const wrong : {"nan", "inf", "-inf", "1e39", "1e308", "1e400", "-1e400"}) {
        const std::string bad = folder.file("b.csv", std::string("x,w,y\n1,") + wrong + ",2\n");
        CHECK(says(message_of<strata::file_error>([&] { (void)data::csv_values(bad, options); }),
                   "line 2, column 2 (w)", wrong));
        CHECK(says(message_of<strata::file_error>([&] { (void)data::csv_values_streamed(bad, options); }),
                   "line 2, column 2 (w)", wrong));
    }
    CHECK(says(
        message_of<strata::file_error>([&] { (void)data::csv_values(folder.file("b.csv", "x,w,y\n1,,2\n"), options); }),
        "line 2, column 2 (w)", "the weight is missing"));
}
