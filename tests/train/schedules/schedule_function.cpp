#include "schedule_list.hpp"
#include <strata/train/fit/fit_options.hpp>
#include <strata/train/schedules/cosine.hpp>

using namespace schedule_tests;

TEST_CASE("schedule_function: takes functions and objects, of the progress or of the point", "[train]") {
    const schedule_point at{.progress = 0.25, .epoch = 3, .epochs = 12, .step = 30, .steps = 120};
    CHECK(schedule_function(cosine)(at) == cosine(0.25));
    CHECK(schedule_function(&cosine)(at) == cosine(0.25));
    CHECK(schedule_function([](double progress) { return 1 - progress; })(at) == 0.75);
    CHECK(schedule_function([](const schedule_point& p) { return p.epoch + static_cast<double>(p.step); })(at) == 33);
    CHECK(schedule_function([](auto p) { return p.progress; })(at) == 0.25); // the point, where it could be either
    int asked = 0;
    schedule_function counts = [&asked](double) { return ++asked; };
    counts(at);
    CHECK(counts(at) == 2);
    static_assert(!std::is_constructible_v<schedule_function, int>);
    static_assert(!std::is_constructible_v<schedule_function, double (*)(const std::string&)>);
    CHECK(at.loss != at.loss); // none yet
}

TEST_CASE("fit_options: the default schedule is constant, and copies have their own", "[train]") {
    fit_options options;
    CHECK(options.schedule({.progress = 0.5}) == 1);
    options = {.epochs = 3, .schedule = cosine};
    CHECK(options.schedule({.progress = 1}) == 0);
    options.schedule = [n = 0](double) mutable { return ++n; };
    fit_options copy = options;
    CHECK(copy.schedule({}) == 1);
    CHECK(copy.schedule({}) == 2);
    CHECK(options.schedule({}) == 1);
}
