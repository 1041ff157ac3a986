#pragma once
/// fit_arguments — the arguments of trainer.fit, distinguished by type: training data, held-out data, options, and then
/// companions. A misplaced one is one compile error that states the order. (tests/compile_fail/fit/fit_*.cpp)
#include <strata/base/abi.hpp>

namespace strata::inline STRATA_ABI::detail {

struct any_run;
/// What a fit calls between its steps: see fit_run.hpp.
template <class C>
concept companion = requires { typename C::template at_work<any_run>; };

enum class fit_mistake : int { none, companion_too_early, no_companion };

/// A class, so that there is one error however often such a fit is called.
template <fit_mistake Why>
struct explained_fit {
    static_assert(
        Why != fit_mistake::companion_too_early,
        "strata: fit was given a companion, such as early_stopping, where its data or its options go. It takes "
        "the training data, the held-out data if there are any, the options, and then companions: "
        "trainer.fit(train, held_out, {.epochs = 10}, strata::early_stopping{}).");
    static_assert(Why != fit_mistake::no_companion,
                  "strata: after its options, fit takes companions, such as strata::early_stopping{} and "
                  "strata::checkpoints{...}, but was given something else. Data come before the options, and metrics "
                  "are arguments of the trainer.");
};

} // namespace strata::inline STRATA_ABI::detail
