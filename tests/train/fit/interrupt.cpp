/// Signals that end a fit after its step: everything about them is as it was afterwards.
#include "catch.hpp"
#include "files.hpp"

#include <strata/data/in_memory.hpp>
#include <strata/layers.hpp>
#include <strata/train/companions/checkpoints.hpp>
#include <strata/train/trainer.hpp>

#include <chrono>
#include <csignal>
#include <cstring>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

using namespace strata;
using namespace strata::core;
using namespace strata_tests;

namespace {

struct line : network<features<1>, dense<1>> {};

data::in_memory<data::values> samples(std::size_t n = 64) {
    data::contents c;
    c.sample = c.target = shape(1);
    c.floats.assign(n, 1), c.targets.assign(n, 2);
    return data::in_memory<data::values>(c);
}
/// A fit of one-sample steps; `at_step(n)` is called after step n.
template <class AtStep, class... Companions>
history fit(AtStep at_step, fit_options o = {.interruptible = true}, const Companions&... companions) {
    o.batch = 1, o.progress = false;
    o.after_step = [at_step](const step_report& r) { return at_step(r.step), true; };
    model<line> net{seed{1}};
    trainer trainer{net, mean_squared_error{}, sgd{.rate = 1e-3}};
    return trainer.fit(samples(), o, companions...);
}

struct sigaction disposition(int signal) {
    struct sigaction now{};
    REQUIRE(::sigaction(signal, nullptr, &now) == 0);
    return now;
}
bool alike(const struct sigaction& a, const struct sigaction& b) {
    bool masks = true;
    for (int s = 1; s <= 64; ++s) masks = masks && ::sigismember(&a.sa_mask, s) == ::sigismember(&b.sa_mask, s);
    return masks && a.sa_flags == b.sa_flags && a.sa_sigaction == b.sa_sigaction;
}

int informed = 0;
void inform(int, siginfo_t*, void*) { ++informed; }

/// Sets an action for a test's time.
class with_action {
  public:
    with_action(int signal, const struct sigaction& a) : signal_(signal) {
        REQUIRE(::sigaction(signal, &a, &before_) == 0);
    }
    ~with_action() { ::sigaction(signal_, &before_, nullptr); }

  private:
    int signal_;
    struct sigaction before_{};
};
struct sigaction informing() {
    struct sigaction a{};
    a.sa_sigaction = &inform;
    a.sa_flags = SA_SIGINFO | SA_RESTART | SA_NODEFER;
    ::sigemptyset(&a.sa_mask);
    ::sigaddset(&a.sa_mask, SIGUSR1), ::sigaddset(&a.sa_mask, SIGCHLD);
    return a;
}
struct sigaction simple(void (*handler)(int)) {
    struct sigaction a{};
    a.sa_handler = handler;
    ::sigemptyset(&a.sa_mask);
    return a;
}
/// The signal that ends a process which does this, or 100 + its exit status.
template <class Body>
int ended_by(Body body) {
    const pid_t child = ::fork();
    if (child == 0) {
        int result = 99;
        try {
            result = body();
        } catch (...) {
        }
        ::_exit(result);
    }
    REQUIRE(child > 0);
    int status = 0;
    REQUIRE(::waitpid(child, &status, 0) == child);
    return WIFSIGNALED(status) ? WTERMSIG(status) : 100 + WEXITSTATUS(status);
}

} // namespace

TEST_CASE("SIGINT and SIGTERM end an interruptible fit after its step, with a checkpoint too") {
    for (const int signal : {SIGINT, SIGTERM}) {
        const auto h = fit([&](std::int64_t step) { step == 5 ? std::raise(signal) : 0; });
        CHECK(h.interrupted);
        CHECK(h.epochs.empty());
        const std::string name = signal == SIGINT ? "SIGINT (Ctrl-C)" : "SIGTERM";
        CHECK(h.ending() == "interrupted by " + name + " after step 5; no state was saved: use checkpoints to save it");
        CHECK(h.notes == std::vector<std::string>{h.ending()});
        CHECK(message_of<error>([&] { static_cast<void>(h.best()); })
              == "strata: this history has no best epoch: the fit was interrupted before its first epoch ended.");
        const temporary_folder folder;
        const checkpoints files{.folder = folder / "run"}, again{.folder = folder / "run", .resume = true};
        const auto kept = fit([&](std::int64_t step) { step == 5 ? std::raise(signal) : 0; }, {}, files);
        CHECK(kept.interrupted);
        const auto state = [&](const char* step) {
            return files.folder + "/checkpoint-0000000000" + step + ".safetensors";
        };
        CHECK(kept.ending()
              == "interrupted by " + name + " after step 5; state saved in " + state("05")
                     + ": restart the program with .resume = true to continue");
        const std::string text = kept.to_text();
        CHECK(text.find(kept.ending()) != std::string::npos);
        CHECK(text.find("interrupted") == text.rfind("interrupted")); // once
        CHECK(temporary_folder::names_in(files.folder)
              == std::vector<std::string>{"checkpoint-000000000005.safetensors"});
        const auto twice = fit([&](std::int64_t step) { step == 63 ? std::raise(signal) : 0; }, {}, again);
        CHECK(twice.notes
              == std::vector<std::string>{"interrupted by " + name + " after step 63; state saved in " + state("63")
                                          + ": restart the program to continue"});
        const auto whole = fit([](std::int64_t) {}, {}, again);
        CHECK(!whole.interrupted);
        CHECK(whole.notes.empty());
        CHECK(whole.ending().empty());
    }
}

TEST_CASE("a signal at the last step of all interrupts nothing") {
    const auto h = fit([](std::int64_t step) { step == 64 ? std::raise(SIGINT) : 0; });
    CHECK(!h.interrupted);
    CHECK(h.epochs.size() == 1);
    CHECK(h.ending().empty());
    CHECK(h.notes.empty());
}

TEST_CASE("handler, flags and mask are afterwards what they were before") {
    for (const int signal : {SIGINT, SIGTERM}) {
        const with_action theirs(signal, informing());
        const auto before = disposition(signal);
        CHECK(!fit([](std::int64_t) {}).interrupted);
        CHECK(alike(disposition(signal), before));
        CHECK(fit([&](std::int64_t step) { step == 1 ? std::raise(signal) : 0; }).interrupted);
        CHECK(alike(disposition(signal), before));
        CHECK(informed == 0);
        std::raise(signal);
        CHECK(informed == 1);
        informed = 0;
        // A second one during the fit is theirs.
        static_cast<void>(fit([&](std::int64_t) { std::raise(signal), std::raise(signal); }));
        CHECK(informed == 1);
        informed = 0;
        CHECK(alike(disposition(signal), before));
        // After an exception as well.
        CHECK_THROWS_AS(fit([](std::int64_t) { throw 1; }), int);
        CHECK(alike(disposition(signal), before));
    }
}

TEST_CASE("a second signal ends the program as always") {
    for (const int signal : {SIGINT, SIGTERM})
        CHECK(ended_by([&] {
                  ::sigaction(signal, nullptr, nullptr);
                  const with_action usual(signal, simple(SIG_DFL));
                  static_cast<void>(fit([&](std::int64_t) { std::raise(signal), std::raise(signal); }));
                  return 0;
              })
              == signal);
    CHECK(ended_by([&] { // the other one counts by itself
              const with_action usual(SIGINT, simple(SIG_DFL)), too(SIGTERM, simple(SIG_DFL));
              return fit([&](std::int64_t) { std::raise(SIGINT), std::raise(SIGTERM); }).interrupted ? 0 : 1;
          })
          == 100);
}

TEST_CASE("a signal that was ignored stays ignored, as under nohup") {
    const with_action ignored(SIGINT, simple(SIG_IGN));
    const auto h = fit([](std::int64_t step) { step == 5 ? std::raise(SIGINT) : 0; });
    CHECK(!h.interrupted);
    CHECK(h.epochs.size() == 1);
    CHECK(disposition(SIGINT).sa_handler == SIG_IGN);
}

TEST_CASE("a fit that is not interruptible leaves signals alone, and .stop_signals says which end one") {
    const with_action theirs(SIGINT, informing()), also(SIGUSR2, simple(SIG_DFL)), usual(SIGTERM, informing());
    const auto before = disposition(SIGINT), term = disposition(SIGTERM);
    const auto at_first = [](auto check) {
        return [check](std::int64_t step) {
            if (step == 1) check();
        };
    };
    static_cast<void>(fit(at_first([&] { CHECK(alike(disposition(SIGINT), before)); }), {}));
    const auto h = fit(at_first([&] {
                           CHECK(alike(disposition(SIGINT), before));
                           CHECK(alike(disposition(SIGTERM), term));
                           std::raise(SIGUSR2);
                       }),
                       {.interruptible = true, .stop_signals = {SIGUSR2}});
    CHECK(h.interrupted);
    CHECK(disposition(SIGUSR2).sa_handler == SIG_DFL);
    static_cast<void>(
        fit(at_first([&] { CHECK(alike(disposition(SIGINT), before)); }), {.interruptible = true, .stop_signals = {}}));
    for (const int number : {SIGKILL, SIGSTOP, 0, -1, 65, 1'000'000}) {
        const auto message = message_of<error>([&] {
            static_cast<void>(fit([](std::int64_t) {}, {.interruptible = true, .stop_signals = {SIGINT, number}}));
        });
        CHECK(says(message, "signal " + std::to_string(number) + ", which", ".stop_signals"));
        CHECK(alike(disposition(SIGINT), before));
    }
}

TEST_CASE("fits in several threads, one after the other or nested, leave signals as they were") {
    const with_action theirs(SIGINT, informing()), usual(SIGTERM, simple(SIG_DFL));
    const auto before = disposition(SIGINT), term = disposition(SIGTERM);
    // The second begins while the first runs, and outlives it: the order in which handlers must not be put back.
    std::atomic<int> begun{0};
    std::atomic<bool> first_over{false};
    const auto wait_for = [](auto condition) {
        for (int i = 0; i < 20'000 && !condition(); ++i) std::this_thread::sleep_for(std::chrono::milliseconds(1));
    };
    bool interrupted[2] = {};
    for (const bool signal : {false, true}) {
        begun = 0, first_over = false;
        std::thread first([&] {
            interrupted[0] = fit([&](std::int64_t step) {
                                 if (step == 1) ++begun, wait_for([&] { return begun == 2; });
                                 if (step == 2 && signal) std::raise(SIGINT);
                             }).interrupted;
            first_over = true;
        });
        std::thread second([&] {
            wait_for([&] { return begun == 1; });
            interrupted[1] = fit([&](std::int64_t step) {
                                 if (step == 1) ++begun, wait_for([&] { return first_over.load(); });
                             }).interrupted;
        });
        first.join(), second.join();
        CHECK(interrupted[0] == signal); // one signal is for all of them
        CHECK(interrupted[1] == signal);
        CHECK(alike(disposition(SIGINT), before));
        CHECK(alike(disposition(SIGTERM), term));
    }
    CHECK(informed == 0);
    static_cast<void>(fit([&](std::int64_t step) {
        if (step <= 2) static_cast<void>(fit([](std::int64_t) {}));
    }));
    CHECK(alike(disposition(SIGINT), before));
    // A fit that begins after the signal, while the other one is ending, catches the next.
    const auto outer = fit([&](std::int64_t) {
        std::raise(SIGINT);
        CHECK(!fit([](std::int64_t) {}).interrupted);
        CHECK(fit([](std::int64_t step) { step == 3 ? std::raise(SIGINT) : 0; }).interrupted);
    });
    CHECK(outer.interrupted);
    CHECK(informed == 0);
    CHECK(alike(disposition(SIGINT), before));
}

TEST_CASE("a handler that is set during a fit stays") {
    const with_action usual(SIGINT, simple(SIG_DFL));
    static_cast<void>(fit([](std::int64_t step) {
        const auto a = informing();
        if (step == 1) ::sigaction(SIGINT, &a, nullptr);
    }));
    CHECK(disposition(SIGINT).sa_sigaction == &inform);
}
