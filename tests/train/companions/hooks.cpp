/// A companion of one's own: its functions are called at their moments, with or without what the fit gives them.
#include "catch.hpp"
#include "files.hpp"
#include "signs.hpp"

#include <strata/layers.hpp>
#include <strata/train/companions/early_stopping.hpp>
#include <strata/train/companions/prefetch.hpp>
#include <strata/train/trainer.hpp>

#include <fstream>
#include <string>

using namespace strata;
using namespace strata_tests;

namespace {

struct tiny : network<features<3>, dense<2>> {};

// [companion]
/// Writes the loss of every step to a file.
struct loss_to_file {
    std::string path;
    template <class Run>
    struct at_work {
        using hooks = strata::hooks<"after_step", "end">;
        Run& run;
        std::ofstream file;
        at_work(const loss_to_file& how, Run& r) : run(r), file(how.path) {}
        void after_step() {
            run.collect(true); // under gpu the loss may not have arrived yet
            file << run.report.loss << '\n';
        }
        void end() { file << "after " << run.epoch << " epochs\n"; }
    };
};
// [/companion]

/// Writes down what it is called for.
struct diary {
    std::string* pages;
    template <class Run>
    struct at_work {
        using hooks = strata::hooks<"begin", "begin_epoch", "after_step", "after_epoch", "keep", "end">;
        const diary& of;
        Run& run;
        at_work(const diary& d, Run& r) : of(d), run(r) {}
        template <class... All>
        void begin(All&...) {
            *of.pages += "begin with " + std::to_string(sizeof...(All)) + "; ";
        }
        template <class Data>
        void begin_epoch(const Data& data, const std::vector<std::size_t>& order) {
            *of.pages += "epoch of " + std::to_string(data.size()) + (order.empty() ? " as they are" : " shuffled");
        }
        void after_step() {
            run.collect(true);
            CHECK(run.report.loss > 0);
            *of.pages += ", step " + std::to_string(run.learner.steps());
        }
        void after_epoch() {
            *of.pages += ", epoch " + std::to_string(run.all.epochs.back().epoch);
            if (run.epoch == 2) run.goes_on = false;
        }
        void keep() { *of.pages += ", keep; "; }
        void end() { *of.pages += "end"; }
    };
};
/// The same functions without what the fit would give them.
struct counter {
    int* calls;
    template <class Run>
    struct at_work {
        using hooks = strata::hooks<"begin", "begin_epoch", "after_step", "keep">;
        const counter& of;
        at_work(const counter& c, Run&) : of(c) {}
        void begin() { ++*of.calls; }
        void begin_epoch() { *of.calls += 10; }
        void after_step() { *of.calls += 100; }
        void keep() { *of.calls += 10'000; }
    };
};

} // namespace

TEST_CASE("hooks: a companion is called at each moment that it names") {
    model<tiny> net{seed{1}};
    trainer trainer{net, cross_entropy{}, sgd{}};
    std::string pages;
    int calls = 0;
    const history h = trainer.fit(signs(12), {.epochs = 5, .batch = 8, .shuffle = false, .progress = false},
                                  diary{&pages}, counter{&calls});
    CHECK(h.epochs.size() == 2); // a hook may end the run
    CHECK(pages
          == "begin with 2; epoch of 12 as they are, step 1, step 2, epoch 1, keep; "
             "epoch of 12 as they are, step 3, step 4, epoch 2, keep; end");
    CHECK(calls == 1 + 2 * 10 + 4 * 100 + 2 * 10'000);
}

TEST_CASE("hooks: one's own companion beside those there are") {
    model<tiny> net{seed{1}};
    trainer trainer{net, cross_entropy{}, sgd{}};
    std::string pages;
    trainer.fit(signs(12), signs(6), {.epochs = 1, .batch = 12, .progress = false}, early_stopping{}, prefetch{},
                diary{&pages});
    CHECK(pages == "begin with 3; epoch of 12 shuffled, step 1, epoch 1, keep; end");
}

TEST_CASE("hooks: the losses of a fit in a file") {
    model<tiny> net{seed{1}};
    trainer trainer{net, cross_entropy{}, sgd{}};
    const temporary_folder folder;
    std::vector<double> losses;
    trainer.fit(signs(12),
                {.epochs = 2,
                 .batch = 8,
                 .progress = false,
                 .after_step =
                     [&](const step_report& r) {
                         losses.push_back(r.loss);
                         return true;
                     }},
                loss_to_file{folder / "losses.txt"});
    std::ifstream file(folder / "losses.txt");
    REQUIRE(losses.size() == 4);
    for (const double expected : losses) {
        double loss = 0;
        file >> loss;
        CHECK(std::abs(loss - expected) <= 1e-5); // six digits
    }
    std::string rest;
    std::getline(file, rest), std::getline(file, rest);
    CHECK(rest == "after 2 epochs");
}

TEST_CASE("hooks: names") {
    using some = hooks<"begin", "end">;
    STATIC_REQUIRE(some::have("end"));
    STATIC_REQUIRE_FALSE(some::have("en"));
    STATIC_REQUIRE_FALSE(hooks<>::have("end"));
}
