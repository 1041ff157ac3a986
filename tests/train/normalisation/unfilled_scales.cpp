/// What a fit says at its start of normalise and denormalise layers that were never filled.
#include "catch.hpp"
#include "files.hpp"

#include <strata/reference/reference.hpp>
#include <strata/strata.hpp>
#include <strata/train/companions/checkpoints.hpp>

#include <fstream>
#include <iterator>

using namespace strata;
using namespace strata_tests;

namespace {

struct prices : network<features<2>, normalise, dense<4>, tanh_activation, dense<1>, denormalise> {};
struct behind : network<features<2>, normalise, dense<1>> {};
struct inside : network<features<2>, named<"stem", normalise, dense<3>>, residual<normalise, dense<3>>, dense<1>> {};
struct within : network<features<2>, sequence<dense<3>, normalise, normalise>, denormalise, dense<1>> {};
struct at_ends : network<features<2>, named<"a", sequence<normalise, dense<3>>>, named<"b", dense<1>, denormalise>> {};
struct none : network<features<2>, dense<4>, batch_norm, dense<1>> {};

data::in_memory<data::values> houses() {
    std::vector<float> x, t;
    for (int i = 0; i < 64; ++i) {
        x.push_back(static_cast<float>(50 + i * 37 % 150)), x.push_back(static_cast<float>(2 + i % 5));
        t.push_back(100000 + 2500 * x[x.size() - 2]);
    }
    return data::in_memory<data::values>(
        {.sample = shape(2), .floats = std::move(x), .targets = std::move(t), .target = shape(1)});
}
template <class Net, class Policy, class Precision>
std::vector<std::string> notes_of(model<Net, Policy, Precision>& net, int epochs = 1, double rate = 1e-3) {
    trainer trainer{net, mean_squared_error{}, adam{.rate = rate}};
    return trainer.fit(houses(), {.epochs = epochs, .batch = 16, .progress = false}).notes;
}

} // namespace

TEST_CASE("a fit says at its start which layers never got their scale, and what fills them") {
    model<prices> net{seed{1}};
    auto notes = notes_of(net);
    REQUIRE(notes.size() == 2);
    CHECK(notes[0]
          == "layer 1 of 5, normalise, has mean 0 (0.mean) and standard deviation 1 (0.std), so it changes nothing. If "
             "it was not filled, call strata::fit_normalisation(net, train) before the fit.");
    CHECK(says(notes[1], "layer 5 of 5, denormalise,", "4.mean", "4.std", "strata::fit_target_scale(net, train)"));
    fit_normalisation(net, houses());
    notes = notes_of(net);
    REQUIRE(notes.size() == 1);
    CHECK(says(notes[0], "denormalise"));
    fit_target_scale(net, houses());
    CHECK(notes_of(net).empty());
    // Either of the two numbers may be what a new model has: of data without a mean, or of deviation 1.
    net.set("0.mean", std::vector<float>{0, 0});
    net.set("4.std", std::vector<float>{1});
    CHECK(notes_of(net).empty());
}

TEST_CASE("layers in blocks are named by their place, one note for each kind, under every policy") {
    model<inside, reference, fp64> net{seed{1}};
    const auto notes = notes_of(net);
    REQUIRE(notes.size() == 2);
    CHECK(says(notes[0], "stem.0, which is layer 1 of 3", "normalise,", "stem.0.mean",
               "so it changes nothing. If it was not filled, call strata::fit_normalisation(net, train)"));
    CHECK(says(notes[1], "layer 2 of 3", "normalise,", "If it was not filled, call net.set(\"1.", ".mean\", ...)",
               "or move the layer: strata::fit_normalisation fills only an outermost normalise"));
    model<within> deep{seed{1}};
    const auto of_deep = notes_of(deep);
    REQUIRE(of_deep.size() == 2);
    CHECK(says(of_deep[0], "net.set(\"0.1.mean\", ...)", "The same is true of 1 more normalise layer."));
    CHECK(says(of_deep[1], "denormalise",
               "call net.set(\"1.mean\", ...) and net.set(\"1.std\", ...) before the fit, or",
               "strata::fit_target_scale fills only the denormalise that ends the network."));
    model<at_ends> ends{seed{1}};
    const auto of_ends = notes_of(ends);
    REQUIRE(of_ends.size() == 2);
    CHECK(says(of_ends[0], "call strata::fit_normalisation(net, train)"));
    CHECK(says(of_ends[1], "call strata::fit_target_scale(net, train)"));
    fit_normalisation(ends, houses()), fit_target_scale(ends, houses());
    CHECK(notes_of(ends).empty());
    model<none> without{seed{1}}; // batch_norm begins so, and fills itself
    CHECK(notes_of(without).empty());
}

TEST_CASE("where a scale is missing, the notes on the losses do not blame the rate first") {
    model<prices> net{seed{1}};
    const auto notes = notes_of(net, 4, 1e-12);
    REQUIRE(notes.size() == 3);
    CHECK(says(notes[2], "the loss never fell below that of the first step", "Fill the layers named above"));
    CHECK(notes[2].find("learning_rate_finder") == std::string::npos);
    model<behind> other{seed{1}};
    trainer trainer{other, mean_squared_error{}, adam{.rate = 1e7}};
    const history h = trainer.fit(houses(), {.epochs = 1, .batch = 16, .progress = false});
    CHECK(h.diverged);
    REQUIRE(h.notes.size() == 2);
    CHECK(says(h.notes[1], "the loss grew from", "Fill the layers named above", "1e+07"));
}

TEST_CASE("a diverged run with an unfilled scale that goes on says what the whole run says, and how to begin again") {
    const temporary_folder folder;
    const auto run = [&](const char* name, int epochs) {
        model<behind> net{seed{1}};
        trainer trainer{net, mean_squared_error{}, adam{.rate = 1e7}};
        return trainer.fit(houses(), {.epochs = epochs, .batch = 16, .progress = false},
                           checkpoints{.folder = folder / name, .resume = true});
    };
    const auto whole = run("whole", 2).notes;
    REQUIRE(whole.size() == 2);
    CHECK(says(whole[1], "the loss grew from", "Fill the layers named above"));
    CHECK(run("parts", 1).notes == whole);
    const auto resumed = run("parts", 2).notes;
    REQUIRE(resumed.size() == 2);
    CHECK(
        resumed[0]
        == "layer 1 of 2, normalise, has mean 0 (0.mean) and standard deviation 1 (0.std), so it changes nothing. If "
           "it was not filled, call strata::fit_normalisation(net, train) before the fit and start in another folder: "
           "the checkpoint holds the unfilled scale.");
    CHECK(resumed[1] == whole[1]);
}

TEST_CASE("notes on scales are not in a checkpoint, and a run that goes on has them as the whole one") {
    const temporary_folder folder;
    const auto run = [&](const char* name, int epochs) {
        model<behind> net{seed{1}};
        trainer trainer{net, mean_squared_error{}, adam{.rate = 1e-3}};
        return trainer.fit(houses(), {.epochs = epochs, .batch = 64, .progress = false},
                           checkpoints{.folder = folder / name, .resume = true});
    };
    CHECK(run("a", 1).notes.size() == 1);
    const auto resumed = run("a", 2);
    REQUIRE(resumed.notes.size() >= 1);
    CHECK(says(resumed.notes.back(), "layer 1 of 2, normalise,"));
    for (const std::string& name : temporary_folder::names_in(folder / "a")) {
        std::ifstream file(folder / "a" + "/" + name, std::ios::binary);
        const std::string bytes{std::istreambuf_iterator<char>(file), {}};
        CHECK(bytes.size() > 100);
        CHECK(bytes.find("fit_normalisation") == std::string::npos);
    }
}
