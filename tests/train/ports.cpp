/// Training of networks with several inputs and outputs: losses of outputs, data sets port by port, metrics.
#include "files.hpp"

#include <strata/data/ports.hpp>
#include <strata/files.hpp>
#include <strata/losses.hpp>
#include <strata/metrics.hpp>
#include <strata/strata.hpp>
#include <strata/train/companions/prefetch.hpp>
#include <strata/train/fit/learning_rate_finder.hpp>

#include <cmath>

using namespace strata;
using namespace strata_tests;

namespace {

struct two_by_two
    : network<inputs<in<"left", features<3>>, in<"right", features<2>>>, use<"left">, dense<8>, tanh_activation,
              tag<"seen">, use<"right">, dense<4>, relu, concat<"seen">, dense<12>, relu, tag<"trunk">, dense<3>,
              tag<"class">, use<"trunk">, dense<1>, tag<"sum">, outputs<"class", "sum">> {};

/// The class is where the largest of left is, the sum is that of right.
struct numbers_of_two {
    bool wrong_name = false, further_name = false;
    [[nodiscard]] std::size_t size() const { return 96; }
    [[nodiscard]] std::vector<data::port> ports() const {
        std::vector<data::port> all{
            {"left", shape(3)}, {wrong_name ? "write" : "right", shape(2)}, {"class", shape(1), 3}, {"sum", shape(1)}};
        if (further_name) all.push_back({"weight", shape(1)});
        return all;
    }
    void read(std::size_t i, data::key, const data::parts<float>& sample) const {
        const auto left = sample.numbers("left"), right = sample.numbers("right");
        for (std::size_t e = 0; e < 3; ++e) left[e] = static_cast<float>((i * 7 + e * e * 5 + i * e) % 13) / 13;
        for (std::size_t e = 0; e < 2; ++e) right[e] = static_cast<float>((i * 5 + e * 3) % 11) / 11;
        int largest = 0;
        for (int e = 1; e < 3; ++e)
            if (left[static_cast<std::size_t>(e)] > left[static_cast<std::size_t>(largest)]) largest = e;
        sample.integers("class")[0] = largest;
        sample.numbers("sum")[0] = right[0] + right[1];
    }
};
const auto both = [](double of_class, double of_sum) {
    return losses{on<"class">(cross_entropy{}, of_class), on<"sum">(mean_squared_error{}, of_sum)};
};

} // namespace

TEST_CASE("a network of two inputs learns for two outputs, each with a loss and a metric") {
    model<two_by_two> net{seed{1}};
    trainer t{net, both(1, 2), adam{.rate = 0.01}, on<"class">(accuracy{}), on<"sum">(root_mean_squared{})};
    const history h = t.fit(numbers_of_two{}, {.epochs = 120, .batch = 16, .progress = false});
    CHECK(h.epochs.back().loss < 0.2 * h.epochs.front().loss);
    const auto e = t.evaluate(numbers_of_two{});
    CHECK(e.get<decltype(on<"class">(accuracy{}))>().value() > 0.9);
    CHECK(e.get<decltype(on<"sum">(root_mean_squared{}))>().value() < 0.1);
}

TEST_CASE("the loss of two outputs is the weighted sum of the losses that they have alone") {
    const auto loss_of = [](double a, double b) {
        model<two_by_two> net{seed{5}};
        trainer t{net, both(a, b), sgd{.rate = 0.1}};
        return t.evaluate(numbers_of_two{}).loss;
    };
    const double of_class = loss_of(1, 1e-30), of_sum = loss_of(1e-30, 1);
    CHECK(std::fabs(loss_of(1, 1) - (of_class + of_sum)) < 1e-6);
    CHECK(std::fabs(loss_of(0.5, 3) - (0.5 * of_class + 3 * of_sum)) < 3e-6);

    // By its definition, from the results.
    model<two_by_two> net{seed{5}};
    double nll = 0, squares = 0;
    for (std::size_t i = 0; i < 96; ++i) {
        float left[3], right[2], sum[1];
        std::int32_t of[1];
        const data::parts<float>::part all[] = {{"left", reinterpret_cast<std::byte*>(left), 3},
                                                {"right", reinterpret_cast<std::byte*>(right), 2},
                                                {"class", reinterpret_cast<std::byte*>(of), 1, true},
                                                {"sum", reinterpret_cast<std::byte*>(sum), 1}};
        numbers_of_two{}.read(i, {}, data::parts<float>(all));
        const auto r = net(port<"left">(left), port<"right">(right));
        double exponentials = 0;
        for (int k = 0; k < 3; ++k) exponentials += std::exp(static_cast<double>(r.get<"class">()[std::size_t(k)]));
        nll -= std::log(std::exp(static_cast<double>(r.get<"class">()[std::size_t(of[0])])) / exponentials);
        squares += std::pow(static_cast<double>(r.get<"sum">()[0] - sum[0]), 2);
    }
    CHECK(std::fabs(of_class - nll / 96) < 1e-6);
    CHECK(std::fabs(of_sum - squares / 96) < 1e-6);
}

TEST_CASE("a fit of several ports gives the same bits with batches read ahead, on any number of threads") {
    const auto trained = [](int threads, bool ahead) {
        model<two_by_two> net{seed{2}, cpu{.threads = threads}};
        trainer t{net, both(1, 0.5), adam{}};
        if (ahead) t.fit(numbers_of_two{}, {.epochs = 3, .batch = 20, .progress = false}, prefetch{});
        else t.fit(numbers_of_two{}, {.epochs = 3, .batch = 20, .progress = false});
        return std::vector<float>(net.parameter_block().begin(), net.parameter_block().end());
    };
    const auto plain = trained(1, false);
    CHECK(trained(2, false) == plain);
    CHECK(trained(1, true) == plain);
}

TEST_CASE("a data set of ports is split, and its parts are trained on and evaluated") {
    const auto [train, held_out] = data::split(numbers_of_two{}, 0.75, seed{1});
    CHECK(train.size() == 72);
    CHECK(held_out.size() == 24);
    for (const std::size_t i : held_out.indices())
        CHECK(std::ranges::find(train.indices(), i) == train.indices().end());
    float left[3], right[2], sum[1], expected[3];
    std::int32_t of[1];
    const auto read = [&](const auto& from, std::size_t i, float* to) {
        const data::parts<float>::part all[] = {{"left", reinterpret_cast<std::byte*>(to), 3},
                                                {"right", reinterpret_cast<std::byte*>(right), 2},
                                                {"class", reinterpret_cast<std::byte*>(of), 1, true},
                                                {"sum", reinterpret_cast<std::byte*>(sum), 1}};
        from.read(i, data::key{}, data::parts<float>(all));
    };
    read(held_out, 5, left), read(numbers_of_two{}, held_out.indices()[5], expected);
    CHECK(std::ranges::equal(left, expected));
    const auto [first, second, third] = data::split(held_out, 0.5, 0.25, seed{2}); // a part of a part
    CHECK(first.size() == 12);
    read(third, 2, left), read(numbers_of_two{}, third.indices()[2], expected);
    CHECK(std::ranges::equal(left, expected));
    model<two_by_two> net{seed{1}};
    trainer t{net, both(1, 2), adam{.rate = 0.01f}, on<"class">(accuracy{}), on<"sum">(root_mean_squared{})};
    t.fit(train, held_out, {.epochs = 100, .batch = 16, .progress = false});
    CHECK(t.evaluate(held_out).get<decltype(on<"sum">(root_mean_squared{}))>().value() < 0.2);
}

TEST_CASE("a learning rate is searched on several ports, and the model is what it was") {
    model<two_by_two> net{seed{1}};
    trainer t{net, both(1, 1), adam{}};
    const std::vector<float> before(net.parameter_block().begin(), net.parameter_block().end());
    const auto found = learning_rate_finder{.steps = 20}.search(t, numbers_of_two{}, {.batch = 16});
    CHECK(found.points.size() > 5);
    CHECK(found.points.front().rate == 1e-7);
    CHECK(std::ranges::equal(net.parameter_block(), before));
}

TEST_CASE("data sets that do not fit the ports are errors with a sentence") {
    model<two_by_two> net{seed{1}};
    trainer t{net, both(1, 1), adam{}};
    CHECK(message_of<shape_error>([&] { t.fit(numbers_of_two{.wrong_name = true}, {.epochs = 1}); })
          == "strata: the training data have no \"right\". The network's inputs and targets are \"left\", \"right\", "
             "\"class\", \"sum\".");
    CHECK(message_of<shape_error>([&] { t.fit(numbers_of_two{.further_name = true}, {.epochs = 1}); })
          == "strata: the training data have \"weight\", but the network's inputs and targets are \"left\", \"right\", "
             "\"class\", \"sum\".");
    CHECK(says(message_of<error>([&] { trainer wrong{net, both(-1, 1), adam{}}; }), "weight", "on<\"class\">"));
    struct reads_another : numbers_of_two {
        void read(std::size_t i, data::key k, const data::parts<float>& sample) const {
            numbers_of_two::read(i, k, sample);
            sample.numbers("class")[0] = 1;
        }
    };
    CHECK(says(message_of<shape_error>([&] { t.fit(reads_another{}, {.epochs = 1, .progress = false}); }),
               "reads \"class\" as numbers", "integers(\"class\")"));
}

namespace {

struct of_two_shapes
    : network<image<1, 4, 6>, conv<3, 3, same>, tag<"map">, flatten, dense<2>, tag<"flat">, outputs<"flat", "map">> {};
struct maps {
    shape of_map{1, 4, 6};
    [[nodiscard]] std::size_t size() const { return 8; }
    [[nodiscard]] std::vector<data::port> ports() const { return {{"input", shape(1, 4, 6)}, {"map", of_map, 3}}; }
    void read(std::size_t i, data::key, const data::parts<float>& sample) const {
        for (std::size_t p = 0; p < 24; ++p) {
            sample.numbers("input")[p] = static_cast<float>((i * 7 + p * 5) % 11) / 11;
            sample.integers("map")[p] = static_cast<int>(sample.numbers("input")[p] * 3);
        }
    }
};

} // namespace

TEST_CASE("a single loss may be on any output, whose shape and classes are its own") {
    model<of_two_shapes> net{seed{1}};
    trainer t{net, losses{on<"map">(cross_entropy{})}, adam{.rate = 0.05f}, on<"map">(accuracy{})};
    t.fit(maps{}, {.epochs = 60, .batch = 4, .progress = false});
    CHECK(t.evaluate(maps{}).metric > 0.8);
    maps flat;
    flat.of_map = shape(1);
    CHECK(says(message_of<shape_error>([&] { t.fit(flat, {.epochs = 1}); }), "\"map\" [1]", "takes [1, 4, 6]"));
    maps turned;
    turned.of_map = shape(6, 4);
    CHECK(says(message_of<shape_error>([&] { t.fit(turned, {.epochs = 1}); }), "\"map\" [6, 4]", "takes [1, 4, 6]"));
}

TEST_CASE("metrics are named by their outputs") {
    STATIC_REQUIRE(same_text(decltype(on<"class">(accuracy{}))::name, "class.accuracy"));
}

namespace {

/// Three numbers and, of each, the class of its size. Under the names that it is given.
template <int Inputs, int Classes>
struct sizes_of {
    std::string input, target;
    shape extents = shape(Inputs);
    [[nodiscard]] std::size_t size() const { return 24; }
    [[nodiscard]] std::vector<data::port> ports() const { return {{input, extents}, {target, shape(Classes), 3}}; }
    void read(std::size_t i, data::key, const data::parts<float>& sample) const {
        const auto x = sample.numbers(input);
        const auto of = sample.integers(target);
        for (std::size_t e = 0; e < x.size(); ++e) x[e] = static_cast<float>((i * 7 + e * e * 5) % 13) / 13;
        for (std::size_t p = 0; p < of.size(); ++p) of[p] = static_cast<std::int32_t>((i + p) % 3);
    }
};
/// Two outputs, of which the second has the classes: of each position.
struct classes_last : network<inputs<in<"x", vectors<4, 2>>>, dense<3>, tag<"classes">, flatten, dense<2>, tag<"sums">,
                              outputs<"sums", "classes">> {};
struct classes_first : network<inputs<in<"x", vectors<4, 2>>>, dense<3>, tag<"classes">, flatten, dense<2>, tag<"sums">,
                               outputs<"classes", "sums">> {};
struct classes_alone : network<inputs<in<"x", vectors<4, 2>>>, dense<3>, tag<"classes">, outputs<"classes">> {};

using of_positions = sizes_of<8, 4>;

} // namespace

TEST_CASE("a loss on one of two outputs reads that output, whichever it is") {
    const of_positions set{"x", "classes", shape(4, 2)};
    const auto train = [&]<class Net>(model<Net>& net, auto loss, auto measured) {
        trainer t{net, loss, sgd{.rate = 0.5}, measured};
        t.fit(set, {.epochs = 2, .batch = 8, .shuffle = false, .progress = false});
        const auto e = t.evaluate(set);
        return std::pair{e.loss, e.metric};
    };
    model<classes_last> last{seed{3}};
    model<classes_first> first{seed{3}};
    model<classes_alone> alone{seed{3}};
    const auto expected = train(alone, cross_entropy{}, accuracy{});
    CHECK(train(first, losses{on<"classes">(cross_entropy{})}, on<"classes">(accuracy{})) == expected);
    CHECK(train(last, losses{on<"classes">(cross_entropy{})}, on<"classes">(accuracy{})) == expected);
    CHECK(last.get("0.weight") == alone.get("0.weight"));
    CHECK(first.get("0.weight") == alone.get("0.weight"));
}

namespace {

/// The same without names: a network of one input without a name takes it.
struct plain_positions {
    using target_type = data::class_indices;
    of_positions named{"x", "classes", shape(4, 2)};
    [[nodiscard]] std::size_t size() const { return named.size(); }
    [[nodiscard]] shape sample_shape() const { return shape(4, 2); }
    [[nodiscard]] shape target_shape() const { return shape(4); }
    [[nodiscard]] int classes() const { return 3; }
    void read(std::size_t i, data::key k, std::span<float> x, data::class_indices& t) const {
        const data::parts<float>::part all[] = {
            {"x", reinterpret_cast<std::byte*>(x.data()), x.size()},
            {"classes", reinterpret_cast<std::byte*>(t.into.data()), t.into.size(), true}};
        named.read(i, k, data::parts<float>(all));
    }
};

} // namespace

TEST_CASE("a plain data set and a step by hand serve a loss on the second of two outputs") {
    const plain_positions set;
    const auto block = [](const auto& net) {
        return std::vector<float>(net.parameter_block().begin(), net.parameter_block().end());
    };
    model<classes_last> net{seed{3}}, by_hand{seed{3}};
    const losses loss{on<"classes">(cross_entropy{})};
    trainer t{net, loss, sgd{.rate = 0.5}, on<"classes">(accuracy{})};
    t.fit(set.named, {.batch = 24, .shuffle = false, .progress = false});
    const auto expected = t.evaluate(set.named);
    const auto e = t.evaluate(set);
    CHECK(std::pair{e.loss, e.metric} == std::pair{expected.loss, expected.metric});
    trainer hand{by_hand, loss, sgd{.rate = 0.5}};
    std::vector<float> x(24 * 8);
    std::vector<std::int32_t> classes(24 * 4);
    for (std::size_t i = 0; i < 24; ++i) {
        data::class_indices target{std::span(classes).subspan(4 * i, 4)};
        set.read(i, {}, std::span(x).subspan(8 * i, 8), target);
    }
    hand.step(x, classes);
    CHECK(block(by_hand) == block(net));
}

TEST_CASE("an input of other extents is an error, also where it has as many numbers") {
    model<classes_last> net{seed{3}};
    trainer t{net, losses{on<"classes">(cross_entropy{})}, sgd{}};
    CHECK(message_of<shape_error>([&] { t.fit(of_positions{"x", "classes", shape(2, 4)}, {.progress = false}); })
          == "strata: the training data have \"x\" [2, 4], but the network takes [4, 2].");
}

namespace {

struct unnamed : network<vectors<4, 2>, dense<3>> {};
struct named_target : network<inputs<in<"target", vectors<4, 2>>>, dense<3>> {};
struct twice : of_positions {
    [[nodiscard]] std::vector<data::port> ports() const {
        auto all = of_positions::ports();
        all.push_back(all[0]);
        return all;
    }
};

} // namespace

TEST_CASE("an only input or output without a name is called input or target in data sets") {
    const fit_options quiet{.batch = 8, .shuffle = false, .progress = false};
    model<unnamed> net{seed{3}};
    model<classes_alone> alone{seed{3}};
    trainer t{net, cross_entropy{}, sgd{.rate = 0.5}};
    trainer of_names{alone, cross_entropy{}, sgd{.rate = 0.5}};
    t.fit(of_positions{"input", "target", shape(4, 2)}, quiet);
    of_names.fit(of_positions{"x", "classes", shape(4, 2)}, quiet);
    CHECK(net.get("0.weight") == alone.get("0.weight"));
    CHECK(
        message_of<shape_error>([&] { t.fit(of_positions{"x", "target", shape(4, 2)}, quiet); })
        == "strata: the training data have no \"input\". The network's inputs and targets are \"input\", \"target\".");
}

TEST_CASE("a name that stands for two parts of a sample is an error") {
    const fit_options quiet{.progress = false};
    model<named_target> net{seed{3}};
    trainer t{net, cross_entropy{}, sgd{}};
    CHECK(message_of<shape_error>([&] { t.fit(of_positions{"target", "target", shape(4, 2)}, quiet); })
          == "strata: the network has an input and a target called \"target\", so a data set cannot tell them apart. "
             "Give one of them another name: an output gets its name from tag<\"...\"> and outputs<\"...\">.");
    model<classes_alone> alone{seed{3}};
    trainer of_names{alone, cross_entropy{}, sgd{}};
    CHECK(message_of<shape_error>([&] { of_names.fit(twice{{"x", "classes", shape(4, 2)}}, quiet); })
          == "strata: the training data have \"x\" twice in ports().");
}
