// A companion that does not say which hooks it has.
// expect: strata: a companion of this fit does not name its hooks. Write 'using hooks = strata::hooks<"after_epoch">;' in its at_work. The hooks are begin, begin_epoch, gather, after_step, after_epoch, keep, end, resumed, each_block and interruptible.
// expect-types: network_mistake<strata::detail::the_fit, printed_epochs, strata::core::mistake_kind::hooks_are_not_named, strata::core::got<>, strata::core::needs<>>
#include <strata/strata.hpp>
#include <strata/train/companions/hooks.hpp>

// [snippet]
struct mlp : strata::network<strata::features<784>, strata::dense<64>, strata::relu, strata::dense<10>> {};

struct printed_epochs {
    template <class Run>
    struct at_work {
#ifndef STRATA_BROKEN
        using hooks = strata::hooks<"after_epoch">;
#endif
        Run& run;
        at_work(const printed_epochs&, Run& r) : run(r) {}
        void after_epoch() { std::printf("%g\n", run.all.epochs.back().loss); }
    };
};

void train(strata::model<mlp>& net, const strata::data::in_memory<>& images, const strata::data::in_memory<>& others) {
    strata::trainer trainer{net, strata::cross_entropy{}, strata::adam{}};
    trainer.fit(images, others, {.epochs = 9}, printed_epochs{});
    trainer.fit(images, {.epochs = 9}, printed_epochs{}); // said once
}
// [/snippet]
