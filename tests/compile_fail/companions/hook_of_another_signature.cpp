// A companion whose function takes what the hook does not give.
// expect: strata: a companion of this fit names the hook after_epoch, but its at_work has no function after_epoch that the fit can call. The hooks are begin, begin_epoch, gather, after_step, after_epoch, keep, end, resumed, each_block and interruptible.
// expect-types: network_mistake<strata::detail::the_fit, printed_epochs, strata::core::mistake_kind::hook_has_no_function, strata::core::the_name<'a', 'f', 't', 'e', 'r', '_', 'e', 'p', 'o', 'c', 'h'>, strata::core::hooks_of_a_fit<strata::core::the_name<'b', 'e', 'g', 'i', 'n'>, strata::core::the_name<'b', 'e', 'g', 'i', 'n', '_', 'e', 'p', 'o', 'c', 'h'>, strata::core::the_name<'g', 'a', 't', 'h', 'e', 'r'>, strata::core::the_name<'a', 'f', 't', 'e', 'r', '_', 's', 't', 'e', 'p'>, strata::core::the_name<'a', 'f', 't', 'e', 'r', '_', 'e', 'p', 'o', 'c', 'h'>, strata::core::the_name<'k', 'e', 'e', 'p'>, strata::core::the_name<'e', 'n', 'd'>, strata::core::the_name<'r', 'e', 's', 'u', 'm', 'e', 'd'>, strata::core::the_name<'e', 'a', 'c', 'h', '_', 'b', 'l', 'o', 'c', 'k'>, strata::core::the_name<'i', 'n', 't', 'e', 'r', 'r', 'u', 'p', 't', 'i', 'b', 'l', 'e'>>>
#include <strata/strata.hpp>
#include <strata/train/companions/hooks.hpp>

// [snippet]
struct mlp : strata::network<strata::features<784>, strata::dense<64>, strata::relu, strata::dense<10>> {};

struct printed_epochs {
    template <class Run>
    struct at_work {
        using hooks = strata::hooks<"after_epoch">;
        Run& run;
        at_work(const printed_epochs&, Run& r) : run(r) {}
#ifdef STRATA_BROKEN
        void after_epoch(int epoch) { std::printf("%d: %g\n", epoch, run.all.epochs.back().loss); }
#else
        void after_epoch() { std::printf("%g\n", run.all.epochs.back().loss); }
#endif
    };
};

void train(strata::model<mlp>& net, const strata::data::in_memory<>& images, const strata::data::in_memory<>& others) {
    strata::trainer trainer{net, strata::cross_entropy{}, strata::adam{}};
    trainer.fit(images, others, {.epochs = 9}, printed_epochs{});
    trainer.fit(images, {.epochs = 9}, printed_epochs{}); // said once
}
// [/snippet]
