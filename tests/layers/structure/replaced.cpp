/// replaced: another end for a network; what remains has its names, shapes and numbers, losses and classes follow.
#include "catch.hpp"
#include "random_numbers.hpp"

#include <strata/data/in_memory.hpp>
#include <strata/inference.hpp>
#include <strata/layers.hpp>
#include <strata/reference/reference.hpp>
#include <strata/surgery.hpp>
#include <strata/train/optimisers/sgd.hpp>
#include <strata/train/parameters/frozen.hpp>
#include <strata/train/trainer.hpp>

using namespace strata;
using namespace strata_tests;

namespace {

struct ten : network<image<2, 6, 6>, named<"trunk", conv<3, 3>, batch_norm, relu>, tag<"seen">, flatten,
                     named<"head", dense<10>>> {};
struct three : replaced<ten, from<"head">, named<"new_head", dense<6>, relu, dense<3>>> {};
struct unnamed : replaced<ten, "head", dense<6>, relu, dense<3>> {};
struct images : replaced<ten, after<1>, conv<3, 3, same>, add<"seen">> {};

using names = std::vector<std::string_view>;
const names of_trunk{"trunk.0.weight", "trunk.0.bias",         "trunk.1.weight",
                     "trunk.1.bias",   "trunk.1.running_mean", "trunk.1.running_var"};
names with(names all, const names& more) {
    all.insert(all.end(), more.begin(), more.end());
    return all;
}

} // namespace

TEST_CASE("what remains keeps its names, and the new layers go on from there") {
    CHECK(model<three>::names()
          == with(of_trunk, {"new_head.0.weight", "new_head.0.bias", "new_head.2.weight", "new_head.2.bias"}));
    CHECK(model<unnamed>::names() == with(of_trunk, {"3.weight", "3.bias", "5.weight", "5.bias"}));
    STATIC_REQUIRE(output_shape<three> == shape(3));
    STATIC_REQUIRE(input_shape<three> == shape(2, 6, 6));
    STATIC_REQUIRE(output_shape<images> == shape(3, 4, 4)); // a tag before the cut is there for the new layers
}

TEST_CASE("a trunk under a new head trains on fewer classes, frozen") {
    const model<ten, reference> trained{seed{1}};
    model<three, reference> net{seed{2}};
    const take_report report = net.take(trained);
    CHECK(report.taken == std::vector<std::string>(of_trunk.begin(), of_trunk.end()));
    CHECK(report.kept.size() == 4);
    data::contents c;
    c.sample = shape(2, 6, 6);
    c.floats = random_numbers<float>(72LL * 30, 5);
    c.classes = 3;
    for (int i = 0; i < 30; ++i) c.labels.push_back(i % 3);
    trainer trainer{net, cross_entropy{}, sgd{.rate = 0.1}, frozen<"trunk">{}};
    STATIC_REQUIRE(decltype(trainer)::training_plan::data.target == shape(3));
    const history h = trainer.fit(data::in_memory<>(c), {.epochs = 2, .batch = 10, .progress = false});
    CHECK(h.epochs.size() == 2);
    for (const std::string_view name : of_trunk) CHECK(net.get(name) == trained.get(name));
    const model<three, reference> fresh{seed{2}};
    for (const std::string& name : report.kept) CHECK(net.get(name) != fresh.get(name));
}
