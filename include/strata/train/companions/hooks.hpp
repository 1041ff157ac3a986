#pragma once
/// hooks<Names...> — the functions of a companion that a fit calls, by their names:
///
///   struct printed_losses {
///       template <class Run>
///       struct at_work {
///           using hooks = strata::hooks<"after_epoch">;
///           Run& run;
///           at_work(const printed_losses&, Run& r) : run(r) {}
///           void after_epoch() { std::printf("%g\n", run.all.epochs.back().loss); }
///       };
///   };
///   trainer.fit(train, {.epochs = 10}, printed_losses{});
///
/// A fit makes an at_work of each companion for itself; fit_run.hpp tells what the run knows. `run.collect(true)`
/// awaits the losses and metrics of all steps so far, of which a GPU may be some steps behind.
///
///   begin               before the first step; it may move the run to where it is to go on
///   begin_epoch         (data, order) before an epoch's steps, or the remaining ones; an empty order is that of the
///                       data
///   gather              (n) in the place of the trainer's own reading: brings the next n samples to the learner
///   after_step          within an epoch
///   after_epoch         behind the epoch's record; it may end the run
///   keep                after an epoch, when all have judged it, and after a step that ends the run
///   end                 when the run is over
///   resumed             after `begin` of a companion that has brought the run back
///   each_block          (visit) numbers of its own that belong to the run: visit(prefix, memory, storage)
///   interruptible       no function: a first signal of the options (Ctrl-C) ends the run after its step
///
/// begin, after_step and keep may take the at_work of all companions, itself included: `template <class... All> void
/// keep(All&... all)`. Every function may be written without its arguments.
/// Rules   a name that is no hook, a name without its function, and a hook's function without its name are each a
///         compile error with the names there are (tests/compile_fail/companions/hook_*.cpp)
#include <strata/base/fixed_string.hpp>

namespace strata::inline STRATA_ABI {

template <fixed_string... Names>
struct hooks {
    static constexpr int size = static_cast<int>(sizeof...(Names));
    static constexpr const char* names[unsigned(size + 1)]{Names.c_str()..., nullptr};
    static constexpr bool have(const char* name) {
        for (int i = 0; i < size; ++i)
            if (same_text(names[i], name)) return true;
        return false;
    }
};

} // namespace strata::inline STRATA_ABI
