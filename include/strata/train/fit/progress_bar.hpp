#pragma once
/// progress_bar — how far an epoch is: in a terminal one line, redrawn at most ten times a second and never
/// wider than the terminal; elsewhere (a file, a pipe, a terminal whose output is kept as a log) plain lines,
/// one per epoch.
///
///    3/10 [==========>           ] 23040/54000 loss 0.1234 accuracy 0.9612 45678/s 0:12
///
/// What has no room is left out, the least telling first; see `progress_line`. An epoch that an exception
/// cuts short leaves its bar on a line of its own. Errors: none.
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <strata/base/monotonic_time.hpp>
#include <strata/base/words/display_width.hpp>
#include <strata/base/words/sentence.hpp>
#include <string>
#include <string_view>
#include <type_traits>
#if defined(__unix__) || defined(__APPLE__)
#include <sys/ioctl.h>
#include <unistd.h>
#endif

namespace strata::inline STRATA_ABI {

/// Everything one line of progress tells.
struct progress {
    int epoch = 1, epochs = 1;
    std::int64_t done = 0, total = 0; ///< samples of this epoch
    double seconds = 0;               ///< since the epoch began, or was resumed
    double loss = 0;                  ///< mean over the samples done
    double metric = 0;                ///< the same; not shown when it is not a number
    const char* metric_name = "accuracy";
    std::int64_t before = 0; ///< of the samples done, those from before `seconds` began: a fit was resumed
};

/// The line for a terminal of `width` columns: at most width − 1 of them, because some terminals go to the
/// next line after the last column. A bar of 6 to 40 cells takes what the numbers leave.
[[gnu::cold, gnu::noinline]] inline std::string progress_line(const progress& p, int width) {
    const auto room = static_cast<std::size_t>(width > 1 ? width - 1 : 0);
    const auto done = static_cast<double>(p.done), total = static_cast<double>(p.total);
    const double share = total > 0 && done > 0 ? std::fmin(done / total, 1) : 0;
    const double rate = p.seconds > 0 ? (done - static_cast<double>(p.before)) / p.seconds : 0;
    const double seconds = rate > 0 ? std::fmax(total - done, 0) / rate : HUGE_VAL;
    const bool known = seconds < 360'000; // 100 hours
    const int left = known ? static_cast<int>(std::lround(seconds)) : 0;
    const bool measured = !std::isnan(p.metric);

    char epoch[32], samples[48], percent[16], loss[24], metric[24], speed[32], time[24] = " -:--";
    std::snprintf(epoch, sizeof epoch, "%d/%d", p.epoch, p.epochs);
    const int digits = std::snprintf(nullptr, 0, "%lld", static_cast<long long>(p.total)); // of constant length, too
    std::snprintf(samples, sizeof samples, " %*lld/%lld", digits, static_cast<long long>(p.done),
                  static_cast<long long>(p.total));
    std::snprintf(percent, sizeof percent, " %3d%%", static_cast<int>(100 * share));
    const auto print_number = [](char(&text)[24],
                                 double x) { // of nearly constant length, so that the line does not jump
        const double size = std::fabs(x);
        std::snprintf(text, sizeof text, size != 0 && (size < 1e-3 || size >= 1e4) ? " %.1e" : " %.4f", x);
    };
    print_number(loss, p.loss);
    print_number(metric, p.metric);
    std::snprintf(speed, sizeof speed,
                  rate >= 1e6 ? " %.1fM/s"
                  : rate < 10 ? " %.1f/s"
                              : " %.0f/s",
                  rate >= 1e6 ? rate / 1e6 : rate);
    if (left >= 3600) std::snprintf(time, sizeof time, " %d:%02d:%02d", left / 3600, left / 60 % 60, left % 60);
    else if (known) std::snprintf(time, sizeof time, " %d:%02d", left / 60, left % 60);

    // from the most telling down; the first that leaves room for a bar is taken
    constexpr std::size_t least = 6, most = 40, frame = 3; // a blank and two brackets
    for (int left_out = 0;; ++left_out) {
        const bool with_metric = measured && left_out < 4;
        const std::string head = sentence({left_out < 1 ? "epoch " : "", epoch});
        const std::string tail =
            sentence({left_out < 3 ? samples : percent, " loss", loss, with_metric ? " " : "",
                      with_metric ? p.metric_name : "", with_metric ? metric : "", left_out < 2 ? speed : "",
                      left_out < 5 ? time : "", left_out < 1 ? " left" : ""});
        const std::size_t taken = head.size() + display_width(tail) + frame;
        if (taken + least <= room) {
            const std::size_t cells = room - taken < most ? room - taken : most;
            const auto filled = static_cast<std::size_t>(share * static_cast<double>(cells));
            char bar[most];
            for (std::size_t c = 0; c < cells; ++c) bar[c] = c < filled ? '=' : c == filled ? '>' : ' ';
            return sentence({head, " [", std::string_view(bar, cells), "]", tail});
        }
        if (left_out == 5) {
            return std::string(cut_to_width(sentence({head, tail}), room));
        }
    }
}

/// A line whose parts stand two blanks apart, for a terminal of `width` columns: where it is too long it goes
/// on in the next line, indented, with a whole part. (Of a sentence the parts are words, one blank apart.)
[[gnu::cold, gnu::noinline]] inline std::string folded_line(std::string_view line, int width,
                                                            std::string_view blank = "  ") {
    std::string text;
    for (std::size_t at = 0, column = 0; at <= line.size();) {
        const std::size_t end = line.find(blank, at) < line.size() ? line.find(blank, at) : line.size();
        const std::size_t columns = display_width(line.substr(at, end - at));
        const bool fits =
            column == 0 || column + blank.size() + columns < static_cast<std::size_t>(width > 0 ? width : 0);
        const std::string_view before = column == 0 ? "" : fits ? blank : "\n  ";
        column = (fits ? column + (column == 0 ? 0 : blank.size()) : 2) + columns;
        text += sentence({before, line.substr(at, end - at)});
        at = end + blank.size();
    }
    return text;
}

class progress_bar {
  public:
    /// `enabled` false: says nothing at all.
    explicit progress_bar(std::FILE* file = stdout, bool enabled = true, const char* metric_name = "accuracy")
        : file_(file), enabled_(enabled), terminal_(enabled && is_terminal(file)) {
        now_.metric_name = metric_name;
    }
    /// Ends the line that an unfinished epoch left open: what is said next is not for the bar's line.
    ~progress_bar() { end_line(); }
    progress_bar(const progress_bar&) = delete; // there is one line to end
    progress_bar& operator=(const progress_bar&) = delete;

    /// What is said next has a line of its own.
    void end_line() {
        if (shown_ == 0) return;
        shown_ = 0;
        std::fputc('\n', file_);
        std::fflush(file_);
    }

    /// Epoch `epoch` of `epochs` (1, 2, ...) begins, or goes on where `done` of its `samples` samples were done before.
    void begin_epoch(int epoch, int epochs, std::int64_t samples, std::int64_t done = 0) {
        now_.epoch = epoch;
        now_.epochs = epochs;
        now_.total = samples;
        now_.done = now_.before = done;
        began_ = drawn_ = detail::monotonic_time();
    }

    /// `done` samples are done, with this mean loss and metric (NaN: there is none). Cheap when nothing is
    /// drawn.
    /// `metric` is a number, or gives one when it is called: that may take long, and the bar is drawn ten times a
    /// second.
    template <class Metric>
    void update(std::int64_t done, double loss, const Metric& metric) {
        if (!terminal_) return;
        const long long time = detail::monotonic_time();
        if (time - drawn_ < 100'000'000 && done < now_.total) return; // the full bar always shows
        drawn_ = time;
        now_.done = done;
        now_.loss = loss;
        if constexpr (std::is_invocable_v<const Metric&>) now_.metric = metric();
        else now_.metric = metric;
        now_.seconds = 1e-9 * static_cast<double>(time - began_);
        const int columns = width();
        redraw(progress_line(now_, columns), columns - 1);
        std::fflush(file_);
    }

    /// Puts a line of the caller's (without line end) in the place of the bar; see folded_line.
    [[gnu::cold]] void end_epoch(const std::string& line) {
        if (!enabled_) return;
        const std::string text = terminal_ ? folded_line(line, width()) : line;
        const std::size_t first = text.find('\n') < text.size() ? text.find('\n') : text.size();
        if (shown_ != 0) redraw(text.substr(0, first), width() - 1);
        else std::fwrite(text.data(), 1, first, file_);
        std::fprintf(file_, "%s\n", text.c_str() + first);
        shown_ = 0;
        std::fflush(file_);
    }

    /// A sentence on lines of its own.
    [[gnu::cold]] void say(const std::string& words) {
        if (!enabled_) return;
        end_line();
        std::fprintf(file_, "%s\n", (terminal_ ? folded_line(words, width(), " ") : words).c_str());
        std::fflush(file_);
    }

  private:
    /// Writes over the line before, with blanks up to column `room` where that was longer.
    void redraw(const std::string& line, int room) {
        const auto length = static_cast<int>(display_width(line));
        const int before = shown_ < room ? shown_ : room;
        std::fprintf(file_, "\r%s%*s", line.c_str(), before > length ? before - length : 0, "");
        shown_ = length;
    }

    static bool is_terminal(std::FILE* file) {
#if defined(__unix__) || defined(__APPLE__)
        const auto says = [](const char* name, const char* word) {
            const char* const value = std::getenv(name);
            return value != nullptr && std::strcmp(value, word) == 0;
        };
        // a service that runs tests keeps all that is drawn, and a dumb terminal cannot draw over it
        const bool logged = std::getenv("CI") != nullptr && !says("CI", "") && !says("CI", "false") && !says("CI", "0");
        return isatty(fileno(file)) != 0 && !logged && !says("TERM", "dumb");
#else
        return static_cast<void>(file), false;
#endif
    }
    /// Asked anew for each line: windows change.
    [[nodiscard]] int width() const {
#if defined(__unix__) || defined(__APPLE__)
        winsize size{};
        if (ioctl(fileno(file_), TIOCGWINSZ, &size) == 0 && size.ws_col > 0) return size.ws_col;
#endif
        return 80;
    }

    std::FILE* file_;
    bool enabled_, terminal_;
    progress now_;
    long long began_ = 0, drawn_ = 0; // on the monotonic clock
    int shown_ = 0;                   // columns of the bar on the line
};

} // namespace strata::inline STRATA_ABI
