/// A batch's targets for one loss, of numbers and of classes, by hand.
#include "catch.hpp"

#include <strata/losses.hpp>
#include <strata/run/host.hpp>
#include <strata/train/batches/batch_targets.hpp>

using namespace strata;
using namespace strata::core;

namespace {

struct on_host {
    using machine = host;
};
constexpr detail::target_info three_classes{storage::target, 3, shape(3)};

template <class Loss>
struct of_loss {
    detail::batch_targets<Loss, on_host, double> targets;
    frame<double> f;
    loss_terms<double> terms;

    of_loss(const Loss& loss, const detail::target_info& of) : targets(on_host{}, loss, of, 1) {}
    void numbers(const std::vector<double>& t, int batch) {
        targets.reserve(on_host{}, batch);
        std::copy(t.begin(), t.end(), reinterpret_cast<double*>(targets.slot(0)));
        f.batch = batch;
    }
    void classes(const std::vector<std::int32_t>& t, int batch) {
        targets.reserve(on_host{}, batch);
        targets.expect_classes(on_host{}, true);
        std::copy(t.begin(), t.end(), reinterpret_cast<std::int32_t*>(targets.slot(0)));
        f.batch = batch;
    }
    void upload(const std::vector<double>& weights = {}, double factor = 1) {
        targets.upload(on_host{}, f, 0, weights, factor, terms);
    }
};

} // namespace

TEST_CASE("batch_targets: numbers are passed on as they are, and nothing is weighed") {
    of_loss<mean_squared_error> t({}, {storage::target, 2, shape(2)});
    t.numbers({1, 2, 3, 4}, 2);
    t.upload();
    CHECK(t.f.numbers(storage::target)[3] == 4);
    CHECK(t.terms.weights == nullptr);
    CHECK(t.terms.classes.is == nullptr);
    CHECK(t.targets.each() == 16);
    CHECK(t.targets.weight(0, {}, 2) == 2);
}

TEST_CASE("batch_targets: weights of samples have the mean 1, times what the loss counts") {
    of_loss<mean_squared_error> t({}, {storage::target, 1, shape(1)});
    t.numbers({1, 2, 3}, 3);
    t.upload({1, 2, 3}, 10);
    CHECK(std::vector<double>(t.terms.weights, t.terms.weights + 3) == std::vector<double>{5, 10, 15});
    CHECK(t.targets.weight(0, {1, 2, 3}, 3) == 6);
    t.upload({}, 0.5);
    CHECK(std::vector<double>(t.terms.weights, t.terms.weights + 3) == std::vector<double>{0.5, 0.5, 0.5});
}

TEST_CASE("batch_targets: class numbers stay integers, with a table of what they stand for") {
    of_loss<cross_entropy> t({}, three_classes);
    t.classes({2, 0, -1, 1}, 4);
    t.upload();
    CHECK(t.targets.each() == 4);
    CHECK(reinterpret_cast<const std::int32_t*>(t.f.numbers(storage::target))[2] == -1);
    for (int k = 0; k < 3; ++k) CHECK(t.terms.classes.is[k] == 4. / 3); // one of four is ignored
    CHECK(t.terms.classes.is_not == nullptr);
    CHECK(t.targets.weight(0, {}, 4) == 3);
}

TEST_CASE("batch_targets: classes weigh, and labels are smoothed, by the table") {
    of_loss<cross_entropy> t({.label_smoothing = 0.3, .class_weights = {1, 2, 5}}, three_classes);
    t.classes({2, 0}, 2);
    t.upload();
    const double mean = 2. / 6; // of the classes 2 and 0
    for (int k = 0; k < 3; ++k) {
        const double w = k == 0 ? 1 : k == 1 ? 2 : 5;
        CHECK(t.terms.classes.is[k] == Approx(mean * w * (0.7 + 0.1)).epsilon(1e-15));
        CHECK(t.terms.classes.is_not[k] == Approx(mean * w * 0.1).epsilon(1e-15));
    }
    CHECK(t.targets.weight(0, {}, 2) == 6);
}

TEST_CASE("batch_targets: distributions are smoothed in memory of their own") {
    of_loss<cross_entropy> t({.label_smoothing = 0.3}, three_classes);
    t.numbers({0, 1, 0}, 1);
    t.upload();
    CHECK(t.f.numbers(storage::target)[1] == Approx(0.8).epsilon(1e-15));
    CHECK(t.f.numbers(storage::target)[0] == Approx(0.1).epsilon(1e-15));
    CHECK(reinterpret_cast<const double*>(t.targets.slot(0))[1] == 1);
    frame<double> again;
    again.batch = 1;
    t.targets.upload_again(again, 0, t.terms);
    CHECK(again.numbers(storage::target) == t.f.numbers(storage::target));
}
