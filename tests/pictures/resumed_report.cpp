/// The report of a run that was killed and resumed is that of the run that was not, but for the times.
#include "catch.hpp"
#include "files.hpp"
#include "random_numbers.hpp"

#include <strata/data/in_memory.hpp>
#include <strata/layers.hpp>
#include <strata/pictures/report.hpp>
#include <strata/train/companions/checkpoints.hpp>
#include <strata/train/schedules/cosine.hpp>
#include <strata/train/trainer.hpp>

#include <csignal>
#include <sys/wait.h>
#include <unistd.h>

using namespace strata;
using namespace strata_tests;

namespace {

struct tiny : network<features<3>, dense<4>, relu, dense<2>> {};

data::in_memory<> signs() {
    data::contents c;
    c.sample = shape(3), c.classes = 2;
    c.floats = random_numbers<float>(3 * 100, 11);
    for (std::size_t i = 0; i < 100; ++i) c.labels.push_back(c.floats[3 * i] > 0 ? 1 : 0);
    return data::in_memory<>(c);
}
/// The page of a run, from the newest checkpoint on; the process dies in step `last`.
std::string page(const std::string& folder, double rate, std::int64_t last = 0) {
    model<tiny> net{seed{1}};
    trainer trainer{net, cross_entropy{}, adam{.rate = rate}};
    history h = trainer.fit(signs(), signs(),
                            {.epochs = 5,
                             .batch = 10,
                             .schedule = cosine,
                             .progress = false,
                             .after_step =
                                 [last](const step_report& r) {
                                     if (r.step == last) ::raise(SIGKILL);
                                     return true;
                                 }},
                            checkpoints{.folder = folder, .every_steps = 3, .resume = true});
    for (epoch_record& e : h.epochs) e.seconds = 1;
    return report{.history = h, .date = "today"}.to_html();
}

} // namespace

TEST_CASE("report: of a run that was killed and resumed, equal to that of the run that was not", "[pictures]") {
    for (const double rate : {0.05, 1e6}) { // the second has a note: its loss grew in the first epoch
        const temporary_folder folder;
        const std::string whole = page(folder / "whole", rate);
        CHECK((whole.find("the loss grew from") != std::string::npos) == (rate > 1));
        CHECK(whole.find("Learning rate") != std::string::npos);
        for (const std::int64_t last : {5, 10, 34}) {
            const std::string run = folder / ("run" + std::to_string(last));
            const pid_t child = ::fork();
            if (child == 0) {
                static_cast<void>(page(run, rate, last));
                ::_exit(0);
            }
            int status = 0;
            REQUIRE(::waitpid(child, &status, 0) == child);
            REQUIRE(WIFSIGNALED(status));
            CHECK(page(run, rate) == whole);
        }
    }
}
