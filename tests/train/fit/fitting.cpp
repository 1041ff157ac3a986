/// What fit can do besides epochs of steps: averaged gradients, clipping, averages of parameters, early stopping,
/// callbacks.
#include "catch.hpp"
#include "files.hpp"
#include "signs.hpp"

#include <strata/data/in_memory.hpp>
#include <strata/layers.hpp>
#include <strata/reference/reference.hpp>
#include <strata/train/companions/early_stopping.hpp>
#include <strata/train/metrics/top_k.hpp>
#include <strata/train/trainer.hpp>

#include <algorithm>
#include <cstdlib>
#include <fcntl.h>
#include <fstream>
#include <poll.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace strata;
using namespace strata::core;
using namespace strata_tests;

namespace {

struct tiny : network<features<3>, dense<5>, tanh_activation, dense<2>> {};

template <class Policy = cpu>
using double_model = model<tiny, Policy, fp64>;

std::vector<double> fitted(const fit_options& o, double rate = 0.5) {
    double_model<> net{seed{1}};
    trainer trainer{net, cross_entropy{}, sgd{.rate = rate}};
    trainer.fit(signs(50), o);
    return {net.parameter_block().begin(), net.parameter_block().end()};
}
double apart(const std::vector<double>& a, const std::vector<double>& b) {
    double worst = a.size() == b.size() ? 0 : HUGE_VAL;
    for (std::size_t i = 0; i < a.size() && i < b.size(); ++i) worst = std::fmax(worst, std::fabs(a[i] - b[i]));
    return worst;
}

} // namespace

TEST_CASE("gradients averaged over batches are those of one large batch, a partial last one included") {
    // 50 samples: steps of 12 samples, as 3 batches of 4; the last has 2.
    const auto large = fitted({.epochs = 3, .batch = 12, .progress = false});
    const auto averaged = fitted({.epochs = 3, .batch = 4, .progress = false, .accumulate = 3});
    const auto small = fitted({.epochs = 3, .batch = 4, .progress = false});
    CHECK(apart(large, averaged) <= 1e-14); // sums in another order, in double
    CHECK(apart(large, small) > 1e-3);
}

TEST_CASE("clipping by norm scales the gradient, clipping by value cuts its elements") {
    double_model<> net{seed{1}};
    trainer trainer{net, cross_entropy{}, sgd{.rate = 1}};
    const auto all = signs(40);
    std::vector<double> before(net.parameter_block().begin(), net.parameter_block().end());
    double norm = 0;
    trainer.fit(
        all, {.epochs = 1, .batch = 40, .progress = false, .clip_norm = 0.05, .after_step = [&](const step_report& r) {
                  return norm = r.gradient_norm, true;
              }});
    double moved = 0;
    for (std::size_t i = 0; i < before.size(); ++i) moved += std::pow(net.parameter_block()[i] - before[i], 2);
    CHECK(norm > 0.05);
    CHECK(std::fabs(std::sqrt(moved) - 0.05 * norm / (norm + 1e-6))
          <= 1e-12); // rate 1: the step is the clipped gradient

    before.assign(net.parameter_block().begin(), net.parameter_block().end());
    trainer.fit(all, {.epochs = 1, .batch = 40, .progress = false, .clip_value = 0.01});
    double largest = 0;
    for (std::size_t i = 0; i < before.size(); ++i)
        largest = std::fmax(largest, std::fabs(net.parameter_block()[i] - before[i]));
    CHECK(std::fabs(largest - 0.01) <= 1e-12);

    // A bound that nothing meets changes nothing.
    CHECK(fitted({.epochs = 2, .progress = false, .clip_norm = 1e9, .clip_value = 1e9})
          == fitted({.epochs = 2, .progress = false}));
}

TEST_CASE("the running average of the parameters is worked out by hand") {
    double_model<> net{seed{1}};
    trainer trainer{net, cross_entropy{}, sgd{.rate = 0.5}};
    CHECK(says(message_of<error>([&] { static_cast<void>(trainer.averaged()); }), "no averaged parameters",
               ".average = 0.999"));
    std::vector<double> average;
    trainer.fit(signs(50),
                {.epochs = 2, .batch = 10, .progress = false, .average = 0.75, .after_step = [&](const step_report&) {
                     const std::vector<double> now(net.parameter_block().begin(), net.parameter_block().end());
                     if (average.empty()) average = now;
                     else
                         for (std::size_t i = 0; i < now.size(); ++i) average[i] = 0.75 * average[i] + 0.25 * now[i];
                     return true;
                 }});
    const auto smooth = trainer.averaged();
    CHECK(apart({smooth.parameter_block().begin(), smooth.parameter_block().end()}, average) <= 1e-15);
    CHECK(apart({net.parameter_block().begin(), net.parameter_block().end()}, average) > 1e-4);
}

TEST_CASE("early stopping ends the fit and brings the best parameters back") {
    double_model<> net{seed{1}};
    trainer trainer{net, cross_entropy{}, sgd{.rate = 30}}; // too fast: the loss goes up and down
    const auto train = signs(30), held_out = signs(30, 12);
    std::vector<std::vector<double>> after;
    fit_options o{.epochs = 60, .batch = 10, .progress = false};
    o.after_epoch = [&](const history&) {
        after.emplace_back(net.parameter_block().begin(), net.parameter_block().end());
        return true;
    };
    const auto records = trainer.fit(train, held_out, o, early_stopping{.patience = 3});
    REQUIRE(records.epochs.size() < 60);
    const auto best = static_cast<std::size_t>(records.best().epoch);
    CHECK(records.epochs.size() == best + 3);
    CHECK(std::vector<double>(net.parameter_block().begin(), net.parameter_block().end()) == after[best - 1]);
    CHECK(trainer.evaluate(held_out).loss == records.best().held_out_loss);
    CHECK(records.stopped_early);
    CHECK(records.restored_epoch == records.best().epoch);
}

TEST_CASE("early stopping says in one line when it stops, and whose parameters are back") {
    const auto train = signs(30), held_out = signs(30, 12);
    const auto fit = [&](fit_options o, const early_stopping& rule) {
        double_model<> net{seed{1}};
        trainer trainer{net, cross_entropy{}, sgd{.rate = 30}};
        o.batch = 10;
        return trainer.fit(train, held_out, o, rule);
    };
    const temporary_folder folder;
    const auto printed = [&](const fit_options& o, const early_stopping& rule) {
        std::fflush(stdout);
        const pid_t child = ::fork();
        if (child == 0) {
            if (std::freopen((folder / "printed").c_str(), "wb", stdout) == nullptr) ::_exit(1);
            fit(o, rule);
            std::fflush(stdout);
            ::_exit(0);
        }
        int status = 0;
        REQUIRE(::waitpid(child, &status, 0) == child);
        REQUIRE(status == 0);
        std::ifstream file(folder / "printed");
        std::vector<std::string> lines;
        for (std::string line; std::getline(file, line);)
            if (line.find("the loss never fell") == std::string::npos)
                lines.push_back(line); // a rate of 30 is too high
        return lines;
    };
    const history stopped = fit({.epochs = 60, .progress = false}, {.patience = 3});
    const int last = stopped.epochs.back().epoch;
    const std::string ending = sentence({"stopped early after epoch ", last, "; restored epoch ", last - 3});
    CHECK(stopped.ending() == ending);
    REQUIRE(stopped.notes.size() == 1); // a rate of 30 is too high
    CHECK(stopped.to_text().ends_with("\n" + ending + "\n" + stopped.notes[0] + "\n"));
    const auto lines = printed({.epochs = 60}, {.patience = 3});
    CHECK(lines.size() == static_cast<std::size_t>(last) + 1); // one for each epoch, and this
    CHECK(lines.back() == ending);
    CHECK(printed({.epochs = 60, .progress = false}, {.patience = 3}).empty());

    // A fit that comes to its end: said only where its last epoch was not the best.
    const history whole = fit({.epochs = last - 1, .progress = false}, {.patience = 3});
    CHECK(whole.ending() == sentence({"restored epoch ", last - 3}));
    CHECK(printed({.epochs = last - 1}, {.patience = 3}).back() == whole.ending());
    const history best_at_last = fit({.epochs = last - 3, .progress = false}, {.patience = 3});
    CHECK(best_at_last.ending().empty());
    CHECK_FALSE(best_at_last.stopped_early);
    CHECK(printed({.epochs = last - 3}, {.patience = 3}).size() == static_cast<std::size_t>(last) - 3);

    // One that ends within an epoch, whose steps are taken back; in the first there is nothing but what was before.
    const auto end_after = [](int steps) {
        return fit_options{
            .epochs = 60, .progress = false, .after_step = [steps](const step_report& r) { return r.step < steps; }};
    };
    CHECK(fit(end_after(3 * (last - 3) + 1), {.patience = 3}).ending() == sentence({"restored epoch ", last - 3}));
    CHECK(fit(end_after(2), {.patience = 3}).ending() == "restored the parameters from before the fit");
    CHECK(fit(end_after(3 * (last - 3)), {.patience = 3}).ending().empty());
}

#if defined(__linux__)
TEST_CASE("in a terminal of 60 columns no line of a fit is longer") {
    const int outer = ::posix_openpt(O_RDWR | O_NOCTTY);
    REQUIRE((outer >= 0 && ::grantpt(outer) == 0 && ::unlockpt(outer) == 0));
    winsize size{};
    size.ws_row = 24, size.ws_col = 60;
    REQUIRE(::ioctl(outer, TIOCSWINSZ, &size) == 0);
    std::fflush(stdout);
    const pid_t child = ::fork();
    if (child == 0) {
        ::unsetenv("CI"), ::setenv("TERM", "xterm", 1);
        if (std::freopen(::ptsname(outer), "w", stdout) == nullptr) ::_exit(1);
        double_model<> net{seed{1}};
        trainer trainer{net, cross_entropy{}, sgd{.rate = 30}, accuracy{}, top_k<1>{}};
        const auto slowly = [](const step_report& r) {
            return ::usleep(r.epoch <= 2 ? 60'000 : 0) == 0;
        }; // several bars
        trainer.fit(signs(30), signs(30, 12), {.epochs = 100, .batch = 10, .after_step = slowly},
                    early_stopping{.patience = 3});
        std::fflush(stdout);
        ::_exit(0);
    }
    std::string text;
    int status = -1;
    for (bool ended = false; !ended;) { // what is left is read once more after the end
        ended = ::waitpid(child, &status, WNOHANG) == child;
        pollfd ready{outer, POLLIN, 0};
        while (::poll(&ready, 1, 20) > 0 && (ready.revents & POLLIN) != 0) {
            char buffer[4096];
            const ssize_t n = ::read(outer, buffer, sizeof buffer);
            if (n <= 0) break;
            text.append(buffer, static_cast<std::size_t>(n));
        }
    }
    ::close(outer);
    REQUIRE(status == 0);
    int column = 0, widest = 0, epochs = 0;
    for (const char c : text) {
        if (c == '\r' || c == '\n') column = 0;
        else widest = std::max(widest, ++column);
    }
    for (std::size_t at = text.find("\repoch "); at < text.size(); at = text.find("\repoch ", at + 1)) ++epochs;
    INFO(text);
    CHECK(widest <= 60);
    CHECK(widest > 40); // it is not for want of words
    CHECK(epochs > 3);
    CHECK(std::count(text.begin(), text.end(), '[')
          >= epochs + 2);                                    // a bar at each epoch's end, and within the slow ones
    CHECK(text.find("\r\n  held-out") != std::string::npos); // an epoch's line is folded
    CHECK(text.find("stopped early after epoch ") != std::string::npos);
    CHECK(text.find("the loss never fell") != std::string::npos);
}
#endif

TEST_CASE("callbacks see every step and epoch, and end the fit") {
    double_model<> net{seed{1}};
    trainer trainer{net, cross_entropy{}, sgd{.rate = 0.5}};
    std::vector<step_report> steps;
    std::size_t epochs = 0;
    const auto records =
        trainer.fit(signs(50), {.epochs = 9,
                                .batch = 20,
                                .progress = false,
                                .after_step = [&](const step_report& r) { return steps.push_back(r), true; },
                                .after_epoch = [&](const history& h) { return epochs = h.epochs.size(), epochs < 4; }});
    CHECK(epochs == 4);
    CHECK(records.epochs.size() == 4);
    REQUIRE(steps.size() == 12);
    CHECK(steps[2].samples == 10);
    CHECK(steps[11].step == 12);
    CHECK(steps[11].epoch == 4);
    CHECK(std::fabs((20 * steps[0].loss + 20 * steps[1].loss + 10 * steps[2].loss) / 50 - records.epochs[0].loss)
          <= 1e-15);
}

TEST_CASE("the history is written after every epoch and reads back") {
    const temporary_folder folder;
    double_model<> net{seed{1}};
    trainer trainer{net, cross_entropy{}, sgd{.rate = 0.5}, accuracy{}, top_k<1>{}};
    const auto records =
        trainer.fit(signs(50), signs(20, 12), {.epochs = 2, .progress = false, .after_epoch = [&](const history& h) {
                                                   h.save_csv(folder / "run.csv");
                                                   return true;
                                               }});
    const auto again = history::load_csv(folder / "run.csv");
    REQUIRE(again.epochs.size() == 2);
    CHECK(again.epochs[1].loss == records.epochs[1].loss);
    CHECK(again.epochs[1].metrics == records.epochs[1].metrics);
    CHECK(again.epochs[1].held_out_metrics == records.epochs[1].held_out_metrics);
    CHECK(again.epochs[1].metrics.size() == 2);
    CHECK(again.epochs[1].metrics[0] == again.epochs[1].metrics[1]); // top 1 is accuracy
}

TEST_CASE("the history tells the metrics' standard errors, those that an evaluation gives") {
    double_model<> net{seed{1}};
    trainer trainer{net, cross_entropy{}, sgd{.rate = 0.01}, top_k<1>{}, accuracy{}};
    const auto train = signs(50), held_out = signs(20, 12);
    const auto last = trainer.fit(train, held_out, {.epochs = 2, .progress = false}).epochs.back();
    const auto there = trainer.evaluate(held_out);
    REQUIRE(there.get<accuracy>().standard_error() > 0);
    CHECK(last.held_out_standard_error_at(0) == there.get<top_k<1>>().standard_error());
    CHECK(last.held_out_standard_error_at(1) == there.get<accuracy>().standard_error());
    CHECK(last.standard_error_at(1) == std::sqrt(last.metric_at(1) * (1 - last.metric_at(1)) / 50));
}

TEST_CASE("options that make no sense are refused") {
    double_model<> net{seed{1}};
    trainer trainer{net, cross_entropy{}, sgd{}};
    const auto complaint = [&](const fit_options& o) { return message_of<error>([&] { trainer.fit(signs(4), o); }); };
    CHECK(says(complaint({.progress = false, .accumulate = 0}), "0 batches", "at least 1"));
    CHECK(says(complaint({.progress = false, .clip_norm = -1}), "clip_norm"));
    CHECK(says(complaint({.progress = false, .average = 1}), "average"));
}
