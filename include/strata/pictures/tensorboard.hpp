#pragma once
/// tensorboard — writes numbers of a run as event files, which TensorBoard shows.
///
///   strata::tensorboard board("runs/lenet5");
///   trainer.fit(train, held_out, {.epochs = 10, .after_epoch = board.after_epoch()});   // as they come
///   board.add(history);                                                                  // or afterwards
///   board.scalar("test/accuracy", 0.99, 10);                                             // or one by one
///
/// Errors   file_error, naming the file
#include <cstdint>
#include <functional>
#include <strata/train/fit_options.hpp>
#include <strata/train/history.hpp>
#include <string>
#include <string_view>

namespace strata::inline v0_1 {

class tensorboard {
  public:
    /// Begins a new file in the folder, which is made if it is not there.
    explicit tensorboard(const std::string& folder);
    ~tensorboard();
    tensorboard(const tensorboard&) = delete;
    tensorboard& operator=(const tensorboard&) = delete;

    /// The value of the curve `tag` at a step.
    void scalar(std::string_view tag, double value, std::int64_t step);
    /// Every epoch of a history: loss, metrics, rate, seconds, at the epoch's number.
    void add(const history& h);
    /// For fit's after_epoch: writes the newest epoch. The board must outlive the fit.
    [[nodiscard]] std::function<bool(const history&)> after_epoch();
    /// For fit's after_step: writes loss and rate factor of every `every`-th step.
    [[nodiscard]] std::function<bool(const step_report&)> after_step(int every = 1);
    /// Hands what was written to the operating system, as the end of every epoch does.
    void flush();
    [[nodiscard]] const std::string& path() const;
};

} // namespace strata::inline v0_1
