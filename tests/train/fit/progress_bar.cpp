#include "catch.hpp"
#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <stdexcept>
#include <strata/base/words/display_width.hpp>
#include <strata/train/fit/progress_bar.hpp>
#include <string>
#include <thread>
#include <type_traits>
#if defined(__linux__)
#include <fcntl.h>
#endif

using strata::progress;
using strata::progress_bar;
using strata::progress_line;

namespace {

const progress half{.epoch = 3,
                    .epochs = 10,
                    .done = 27000,
                    .total = 54000,
                    .seconds = 12,
                    .loss = 0.12345,
                    .metric = 0.9612,
                    .metric_name = "accuracy"};

bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

/// The cells between the brackets.
std::string bar(const std::string& line) {
    const auto open = line.find('['), close = line.find(']');
    return open == std::string::npos ? "" : line.substr(open + 1, close - open - 1);
}

std::string contents(std::FILE* file) {
    std::rewind(file);
    std::string text;
    for (int c = std::fgetc(file); c != EOF; c = std::fgetc(file)) text += static_cast<char>(c);
    return text;
}

} // namespace

TEST_CASE("progress_line: at 40, 60, 80 and 200 columns", "[train]") {
    CHECK(progress_line(half, 40) == "3/10 [=====>    ]  50% loss 0.1235 0:12");
    CHECK(progress_line(half, 60) == "3/10 [===>   ] 27000/54000 loss 0.1235 accuracy 0.9612 0:12");
    CHECK(progress_line(half, 76) == "3/10 [========>       ] 27000/54000 loss 0.1235 accuracy 0.9612 2250/s 0:12");
    CHECK(progress_line(half, 80) == "epoch 3/10 [====>    ] 27000/54000 loss 0.1235 accuracy 0.9612 2250/s 0:12 left");
    CHECK(progress_line(half, 200)
          == "epoch 3/10 [====================>                   ] 27000/54000 loss 0.1235 accuracy 0.9612 "
             "2250/s 0:12 "
             "left");
}

TEST_CASE("progress_line: an epoch that was resumed has the speed since then", "[train]") {
    auto resumed = half; // 27000 samples done, 24000 of them before
    resumed.before = 24'000, resumed.seconds = 2;
    CHECK(progress_line(resumed, 80)
          == "epoch 3/10 [====>    ] 27000/54000 loss 0.1235 accuracy 0.9612 1500/s 0:18 left");
}

TEST_CASE("progress_line: never as wide as the terminal, and always with a bar from 40 columns up", "[train]") {
    const progress cases[] = {half,
                              {.epoch = 1, .epochs = 1, .done = 0, .total = 1, .metric = NAN},
                              {.epoch = 1000,
                               .epochs = 1000,
                               .done = 1'281'166,
                               .total = 1'281'167,
                               .seconds = 1e5,
                               .loss = 1e300,
                               .metric = -1e-300,
                               .metric_name = "a_metric_with_a_rather_long_name"},
                              {.done = 9'000'000'000'000, .total = 1, .seconds = 1e-9},
                              {.done = 5, .total = 0, .seconds = 1, .loss = NAN, .metric = HUGE_VAL},
                              {.done = 1, .total = 9'000'000'000'000, .seconds = 1e9, .loss = -HUGE_VAL}};
    for (const auto& p : cases)
        for (int width = 0; width <= 300; ++width) {
            const auto line = progress_line(p, width);
            INFO(width << ": " << line);
            REQUIRE(static_cast<int>(line.size()) <= std::max(0, width - 1));
            if (width < 40) continue;
            REQUIRE(bar(line).size() >= 6);
            REQUIRE(bar(line).size() <= 40);
            REQUIRE(has(line, " loss "));
        }
}

TEST_CASE("progress_line: its length does not change while samples are counted", "[train]") {
    progress p = half;
    const auto length = progress_line(p, 60).size();
    for (const int done : {300, 3000, 54000}) {
        p.done = done, p.seconds = 12.0 * done / 27000;
        CHECK(progress_line(p, 60).size() == length);
    }
    p.done = 300;
    CHECK(has(progress_line(p, 200), "]   300/54000 "));
}

TEST_CASE("folded_line: breaks between parts, never within", "[train]") {
    const std::string line = "epoch 1/2  loss 0.1938  accuracy 0.9386";
    CHECK(strata::folded_line(line, 80) == line);
    CHECK(strata::folded_line(line, 40) == line); // 39 characters: all but the last column
    CHECK(strata::folded_line(line, 39) == "epoch 1/2  loss 0.1938\n  accuracy 0.9386");
    CHECK(strata::folded_line(line, 20) == "epoch 1/2\n  loss 0.1938\n  accuracy 0.9386");
    CHECK(strata::folded_line(line, 0) == "epoch 1/2\n  loss 0.1938\n  accuracy 0.9386");
    CHECK(strata::folded_line("", 80).empty());
    CHECK(strata::folded_line("a word without an end", 5) == "a word without an end");
}

TEST_CASE("progress_line: the bar shows the share that is done", "[train]") {
    progress p = half;
    p.done = 0;
    CHECK(bar(progress_line(p, 200)) == ">" + std::string(39, ' '));
    p.done = p.total / 4;
    CHECK(bar(progress_line(p, 200)) == std::string(10, '=') + ">" + std::string(29, ' '));
    p.done = p.total;
    CHECK(bar(progress_line(p, 200)) == std::string(40, '='));
    p.done = 2 * p.total; // more than was announced
    CHECK(bar(progress_line(p, 200)) == std::string(40, '='));
}

TEST_CASE("progress_line: speed and time left", "[train]") {
    progress p = half; // 27000 in 12 s: as many again take 12 s more
    CHECK(has(progress_line(p, 200), " 2250/s 0:12 left"));
    p.seconds = 0;
    CHECK(has(progress_line(p, 200), " 0.0/s -:-- left")); // not known yet
    p.seconds = 3725;
    CHECK(has(progress_line(p, 200), " 7.2/s 1:02:05 left"));
    p.seconds = 3599.6; // rounds to a full hour, not to 59:60
    CHECK(has(progress_line(p, 200), " 1:00:00 left"));
    p.seconds = 1e-2;
    CHECK(has(progress_line(p, 200), " 2.7M/s 0:00 left"));
    p.seconds = 1e9;
    CHECK(has(progress_line(p, 200), " -:-- left"));
    p.done = 3 * p.total; // more than was announced: nothing is left
    CHECK(has(progress_line(p, 200), " 0:00 left"));
}

TEST_CASE("progress_line: numbers and names", "[train]") {
    progress p = half;
    p.metric = NAN;
    CHECK_FALSE(has(progress_line(p, 200), "accuracy"));
    p.metric_name = "top_5";
    p.metric = 1;
    CHECK(has(progress_line(p, 200), " top_5 1.0000 "));
    p.loss = 1.5e-5;
    CHECK(has(progress_line(p, 200), " loss 1.5e-05 "));
    p.loss = 123456;
    CHECK(has(progress_line(p, 200), " loss 1.2e+05 "));
    p.loss = 0;
    CHECK(has(progress_line(p, 200), " loss 0.0000 "));
    p.loss = NAN;
    CHECK(has(progress_line(p, 200), "nan"));
}

TEST_CASE("progress_line: names are measured and cut by columns, whole characters", "[train]") {
    for (const char* name : {"größe", "漢字漢字", "o\u0308o\u0308", "\U0001f469\u200d\U0001f467", "bad\xff\xfe"}) {
        progress p = half;
        p.metric_name = name;
        for (int width = 0; width <= 120; ++width) {
            const auto line = progress_line(p, width);
            INFO(width << ": " << line);
            REQUIRE(strata::display_width(line) <= static_cast<std::size_t>(std::max(0, width - 1)));
            if (width >= 100) REQUIRE(has(line, name));
        }
        p.metric_name = "accuracy";
        const std::size_t narrow = bar(progress_line(p, 76)).size();
        p.metric_name = "größengenau"; // eleven columns for eight: the bar gives way to three, not to five bytes
        CHECK(bar(progress_line(p, 76)).size() == narrow - 3);
    }
    CHECK(strata::folded_line("größe 1  größe 2", 17) == "größe 1  größe 2"); // 16 columns, 20 bytes
    CHECK(strata::folded_line("größe 1  größe 2", 16) == "größe 1\n  größe 2");
    CHECK(strata::folded_line("漢字 1  漢字 2", 14) == "漢字 1\n  漢字 2"); // 14 columns
}

TEST_CASE("progress_bar: a file gets one plain line per epoch", "[train]") {
    std::FILE* file = std::tmpfile();
    REQUIRE(file != nullptr);
    progress_bar bar{file};
    for (int epoch = 1; epoch <= 2; ++epoch) {
        bar.begin_epoch(epoch, 2, 100);
        for (int done = 10; done <= 100; done += 10) bar.update(done, 0.5, 0.9);
        bar.end_epoch("epoch " + std::to_string(epoch) + " 100% done"); // % is text, not a format
    }
    CHECK(contents(file) == "epoch 1 100% done\nepoch 2 100% done\n");
    std::fclose(file);
}

TEST_CASE("progress_bar: says nothing when it is not enabled", "[train]") {
    std::FILE* file = std::tmpfile();
    REQUIRE(file != nullptr);
    progress_bar bar{file, false};
    bar.begin_epoch(1, 1, 100);
    bar.update(100, 0.5, 0.9);
    bar.end_epoch("done");
    CHECK(contents(file).empty());
    std::fclose(file);
}

#if defined(__linux__)
namespace {

/// Sets a variable of the environment, or takes it out, for its own life.
class environment {
  public:
    environment(const char* name, const char* value) : name_(name), was_set_(std::getenv(name) != nullptr) {
        if (was_set_) before_ = std::getenv(name);
        value == nullptr ? unsetenv(name) : setenv(name, value, 1);
    }
    ~environment() { was_set_ ? setenv(name_, before_.c_str(), 1) : unsetenv(name_); }
    environment(const environment&) = delete;
    environment& operator=(const environment&) = delete;

  private:
    const char* name_;
    bool was_set_;
    std::string before_;
};

/// A terminal of our own: what is written to `file` is read back from the other side.
class terminal {
  public:
    explicit terminal(unsigned short columns, const char* kind = "xterm", const char* ci = nullptr)
        : term_("TERM", kind), ci_("CI", ci), outer_(posix_openpt(O_RDWR | O_NOCTTY)) {
        if (outer_ < 0 || grantpt(outer_) != 0 || unlockpt(outer_) != 0) return;
        const char* name = ptsname(outer_);
        file = name == nullptr ? nullptr : std::fopen(name, "w");
        resize(columns);
    }
    ~terminal() {
        if (file != nullptr) std::fclose(file);
        if (outer_ >= 0) close(outer_);
    }
    terminal(const terminal&) = delete;
    terminal& operator=(const terminal&) = delete;

    void resize(unsigned short columns) const {
        winsize size{};
        size.ws_row = 24;
        size.ws_col = columns;
        ioctl(outer_, TIOCSWINSZ, &size);
    }
    /// What was written since the last call (a terminal makes \r\n of \n).
    [[nodiscard]] std::string read() const {
        fcntl(outer_, F_SETFL, O_NONBLOCK);
        std::string text;
        char buffer[4096];
        for (ssize_t n = ::read(outer_, buffer, sizeof buffer); n > 0; n = ::read(outer_, buffer, sizeof buffer))
            text.append(buffer, static_cast<std::size_t>(n));
        return text;
    }

    std::FILE* file = nullptr;

  private:
    environment term_, ci_;
    int outer_;
};

} // namespace

TEST_CASE("progress_bar: a terminal gets one line, redrawn and fitted", "[train]") {
    terminal window{40};
    REQUIRE(window.file != nullptr);
    progress_bar bar{window.file};
    bar.begin_epoch(1, 2, 100);
    bar.update(100, 0.5, 0.25);
    auto line = window.read();
    CHECK(line.front() == '\r');
    CHECK(line.size() == 40); // \r and 39 characters: all there is but the last column
    CHECK(line.find('\n') == std::string::npos);
    CHECK(line.substr(0, 6) == "\r1/2 [");

    window.resize(200); // windows change
    bar.update(100, 0.5, 0.25);
    line = window.read();
    CHECK(line.substr(0, 12) == "\repoch 1/2 [");
    CHECK(has(line, " 100/100 loss 0.5000 accuracy 0.2500 "));

    bar.end_epoch("epoch 1 done");
    const auto last = window.read();
    CHECK(last.substr(0, 13) == "\repoch 1 done");
    // blanks over all that stood there, then a new line
    CHECK(last == "\repoch 1 done" + std::string(line.size() - 13, ' ') + "\r\n");
}

TEST_CASE("progress_bar: blanks cover what stood there, by columns", "[train]") {
    terminal window{60};
    REQUIRE(window.file != nullptr);
    progress_bar bar{window.file, true, "größe"};
    bar.begin_epoch(1, 1, 100);
    bar.update(100, 0.5, 0.25);
    CHECK(strata::display_width(window.read().substr(1)) == 59);
    bar.end_epoch("größe"); // 5 columns: 54 blanks
    CHECK(window.read() == "\rgröße" + std::string(54, ' ') + "\r\n");
}

TEST_CASE("progress_bar: blanks stay within a terminal that became narrow", "[train]") {
    terminal window{200};
    REQUIRE(window.file != nullptr);
    progress_bar bar{window.file};
    bar.begin_epoch(1, 1, 100);
    bar.update(100, 0.5, 0.25);
    REQUIRE(window.read().size() > 80);
    window.resize(50);
    bar.update(100, 0.5, 0.25);
    CHECK(window.read().size() <= 50);
}

TEST_CASE("progress_bar: redraws at most ten times a second", "[train]") {
    terminal window{80};
    REQUIRE(window.file != nullptr);
    progress_bar bar{window.file};
    const auto began = std::chrono::steady_clock::now();
    bar.begin_epoch(1, 1, 1'000'000);
    int updates = 0;
    while (std::chrono::steady_clock::now() - began < std::chrono::milliseconds{350}) {
        bar.update(++updates, 0.5, 0.25);
        std::this_thread::sleep_for(std::chrono::milliseconds{1});
    }
    const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
    const auto text = window.read();
    const auto drawn = std::count(text.begin(), text.end(), '\r');
    CHECK(drawn >= 1);
    CHECK(static_cast<double>(drawn) <= 10 * seconds);
}

TEST_CASE("progress_bar: an epoch that an exception cuts short leaves no open line", "[train]") {
    STATIC_REQUIRE_FALSE(std::is_copy_constructible_v<progress_bar>); // a copy would end the line again
    terminal window{80};
    REQUIRE(window.file != nullptr);
    const auto train = [&](bool fails) {
        progress_bar bar{window.file};
        bar.begin_epoch(1, 1, 100);
        std::this_thread::sleep_for(std::chrono::milliseconds{110}); // until there is something to draw again
        bar.update(50, 0.5, 0.25);
        if (fails) throw std::runtime_error("the disk is full");
        bar.end_epoch("epoch 1 done");
    };
    try {
        train(true);
    } catch (const std::runtime_error& e) {
        std::fprintf(window.file, "%s\n", e.what());
        std::fflush(window.file);
    }
    const auto text = window.read();
    CHECK(has(text, " 50/100 "));
    CHECK(has(text, "\r\nthe disk is full\r\n"));

    train(false);
    const auto whole = window.read();
    CHECK(std::count(whole.begin(), whole.end(), '\n') == 1); // the epoch's own
    {
        progress_bar idle{window.file};
    }
    CHECK(window.read().empty());
}

TEST_CASE("progress_bar: an epoch that drew nothing still gets its line", "[train]") {
    terminal window{80};
    REQUIRE(window.file != nullptr);
    progress_bar bar{window.file};
    bar.begin_epoch(1, 1, 100);
    bar.end_epoch("epoch 1 done");
    CHECK(window.read() == "epoch 1 done\r\n");
}

TEST_CASE("progress_bar: a narrow terminal gets an epoch's line in several, over the bar", "[train]") {
    terminal window{40};
    REQUIRE(window.file != nullptr);
    progress_bar bar{window.file};
    bar.begin_epoch(1, 2, 100);
    bar.update(100, 0.5, 0.25);
    REQUIRE(window.read().size() == 40);
    bar.end_epoch("epoch 1/2  loss 0.1938  accuracy 0.93861  held-out 0.0876");
    CHECK(window.read()
          == "\repoch 1/2  loss 0.1938" + std::string(39 - 22, ' ') + "\r\n  accuracy 0.93861  held-out 0.0876\r\n");
}

TEST_CASE("progress_bar: a terminal that is kept as a log, or a dumb one, gets plain lines", "[train]") {
    const auto drawn_in = [](const char* kind, const char* ci) {
        terminal window{80, kind, ci};
        REQUIRE(window.file != nullptr);
        progress_bar bar{window.file};
        bar.begin_epoch(1, 1, 100);
        bar.update(100, 0.5, 0.25);
        bar.end_epoch("epoch 1 done");
        return window.read();
    };
    const std::string plain = "epoch 1 done\r\n";
    CHECK(drawn_in("xterm", "1") == plain);
    CHECK(drawn_in("xterm", "true") == plain);
    CHECK(drawn_in("dumb", nullptr) == plain);
    for (const char* off : {"", "0", "false"}) CHECK(drawn_in("xterm", off).front() == '\r');
}
#endif
