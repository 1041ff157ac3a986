#pragma once
/// tensorboard — writes the numbers of a run as an event file for TensorBoard.
///
///   strata::tensorboard board("runs/lenet5");
///   trainer.fit(train, held_out, {.epochs = 10, .after_epoch = board.after_epoch()});    // as they come
///   board.add(history);                                                                   // or all at once
///   board.scalar("test/accuracy", 0.99, 10);                                              // or one by one
///
/// The file of a killed program may end within a record; TensorBoard reads everything before that.
/// Numbers are stored as float, as TensorBoard does.
/// Errors   file_error, naming the file and the system's reason; error where a tag is not text
#include <cerrno>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <fcntl.h>
#include <functional>
#include <strata/base/error.hpp>
#include <strata/base/words/sentence.hpp>
#include <strata/io/make_folders.hpp>
#include <strata/io/text/utf8.hpp>
#include <strata/pictures/files/event_record.hpp>
#include <strata/train/fit/fit_options.hpp>
#include <strata/train/history/history.hpp>
#include <string>
#include <string_view>
#include <unistd.h>

namespace strata::inline STRATA_ABI {

class tensorboard {
  public:
    /// Begins a new file in the folder, which is made if it is not there.
    [[gnu::cold]] explicit tensorboard(const std::string& folder) {
        path_ = folder;
        if (!io::make_folders(folder)) refuse("cannot make the folder ", ". Do you have write permission there?");
        char host[256] = "host";
        (void)::gethostname(host, sizeof host - 1);
        const std::string name =
            sentence({folder, "/events.out.tfevents.", static_cast<long long>(now()), ".", host, ".", ::getpid()});
        for (int attempt = 0; file_ < 0 && attempt < 1000; ++attempt) {
            path_ = sentence({name, ".", attempt});
            file_ = ::open(path_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
            if (file_ < 0 && errno != EEXIST) break;
        }
        if (file_ < 0) refuse("cannot write ", ". Do you have write permission there?");
        waiting_ = pictures::version_event(now());
        if (written()) return;
        const int why = errno;
        ::close(file_); // there is no destructor yet
        errno = why;
        refuse("writing ", " failed. Is the disk full?");
    }
    ~tensorboard() {
        (void)written();
        ::close(file_);
    }
    tensorboard(const tensorboard&) = delete; // one file, one owner
    tensorboard& operator=(const tensorboard&) = delete;

    /// The number of the curve `tag` at a step. TensorBoard puts curves together whose tags agree before a
    /// slash.
    [[gnu::cold]] void scalar(std::string_view tag, double number, std::int64_t step) {
        if (tag.empty() || io::find_invalid_utf8(tag) != std::string_view::npos)
            raise("strata: a TensorBoard scalar needs a UTF-8 tag, such as \"loss/training\".");
        waiting_ += pictures::scalar_event(now(), step, tag, static_cast<float>(number));
        if (waiting_.size() > std::size_t{1} << 16) flush();
    }
    /// Every epoch of a history: loss/training, loss/held-out, the same of each metric, rate, seconds; the
    /// step is the epoch.
    [[gnu::cold]] void add(const history& h) {
        for (const epoch_record& e : h.epochs) add(h, e);
        flush();
    }

    /// For fit's `after_epoch`: writes the newest epoch. The board must outlive the fit.
    [[nodiscard, gnu::cold]] std::function<bool(const history&)> after_epoch() {
        return [this](const history& h) { return add(h, h.epochs.back()), flush(), true; };
    }
    /// For fit's `after_step`: writes step/loss, step/rate_factor and, where it is known, step/gradient_norm
    /// of every `every`-th step.
    [[nodiscard, gnu::cold]] std::function<bool(const step_report&)> after_step(int every = 1) {
        if (every < 1) raise(sentence({"strata: TensorBoard cannot log every ", every, "-th step. Use at least 1."}));
        return [this, every](const step_report& s) {
            if (s.step % every != 0) return true;
            scalar("step/loss", s.loss, s.step), scalar("step/rate_factor", s.rate_factor, s.step);
            if (s.gradient_norm > 0) scalar("step/gradient_norm", s.gradient_norm, s.step);
            return true;
        };
    }

    /// Hands what was told so far to the operating system, as the end of every epoch does.
    [[gnu::cold]] void flush() {
        if (!written()) refuse("writing ", " failed; earlier data is still readable.");
    }
    [[nodiscard]] const std::string& path() const { return path_; }

  private:
    static double now() {
        return std::chrono::duration<double>(std::chrono::system_clock::now().time_since_epoch()).count();
    }

    [[noreturn, gnu::cold]] void refuse(const char* what, const char* remedy) const {
        raise<file_error>(sentence({"strata: ", what, path_, ": ", std::strerror(errno), remedy}));
    }
    void add(const history& h, const epoch_record& e) {
        scalar("loss/training", e.loss, e.epoch);
        for (std::size_t i = 0; i < h.metric_names.size(); ++i)
            scalar(h.metric_names[i] + "/training", e.metric_at(i), e.epoch);
        if (e.has_held_out) {
            scalar("loss/held-out", e.held_out_loss, e.epoch);
            for (std::size_t i = 0; i < h.metric_names.size(); ++i)
                scalar(h.metric_names[i] + "/held-out", e.held_out_metric_at(i), e.epoch);
        }
        if (e.rate == e.rate) scalar("rate", e.rate, e.epoch);
        scalar("seconds", e.seconds, e.epoch);
    }
    /// Whether all that waits could be written. What could not goes on waiting, so that no record is ever
    /// left half.
    [[nodiscard]] bool written() {
        std::size_t done = 0;
        while (done < waiting_.size()) {
            const ssize_t put = ::write(file_, waiting_.data() + done, waiting_.size() - done);
            if (put > 0) done += static_cast<std::size_t>(put);
            else if (put == 0 || errno != EINTR) break;
        }
        waiting_.erase(0, done);
        return waiting_.empty();
    }

    std::string path_;
    int file_ = -1;
    std::string waiting_;
};

} // namespace strata::inline STRATA_ABI
