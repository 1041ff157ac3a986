#pragma once
/// run_description — the settings of a fit: history.run, which a report shows.
#include <strata/base/random/seed.hpp>
#include <strata/train/fit/fit_options.hpp>

#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

namespace strata::inline STRATA_ABI {

struct run_description {
    std::string_view loss = {}, optimiser = {};             ///< their names; empty where they have none, or nothing ran
    double rate = std::numeric_limits<double>::quiet_NaN(); ///< the optimiser's, before any schedule
    double momentum = 0, dampening = 0, weight_decay = 0;   ///< the optimiser's, where it has such options
    bool nesterov = false, centered = false;                ///< the same
    std::vector<std::string> groups = {};                   ///< a text for each parameter_group: "head: rate x 0.1"
    int epochs = 0, batch = 0, accumulate = 1;
    double clip_norm = 0, clip_value = 0, average = 0; ///< as in fit_options
    std::int64_t samples = 0;                          ///< of training
    strata::seed seed{};                               ///< the model's
    std::string_view policy = {};
    int threads = 0; ///< of training; 0: the policy does not say
};

/// The learning rate of a step that began when so many epochs were done.
struct rate_point {
    double epochs, rate;
};

namespace detail {

/// Not a template: a program's second trainer costs the compiler only what differs.
[[nodiscard, gnu::cold, gnu::noinline]] inline run_description describe_run(const char* loss, const char* optimiser,
                                                                            const char* policy, const fit_options& o) {
    run_description run;
    run.loss = loss, run.optimiser = optimiser, run.policy = policy;
    run.epochs = o.epochs, run.batch = o.batch, run.accumulate = o.accumulate;
    run.clip_norm = o.clip_norm, run.clip_value = o.clip_value, run.average = o.average;
    return run;
}
/// The name of a loss, an optimiser or a policy; empty where it has none.
template <class T>
constexpr const char* name_if_any() {
    if constexpr (requires { static_cast<const char*>(T::name); }) return T::name;
    else return "";
}
template <class Learner>
[[nodiscard, gnu::cold]] run_description describe_run(const Learner& learner, const fit_options& o,
                                                      std::int64_t samples) {
    using optimiser_type = typename Learner::optimizer_type;
    run_description run = describe_run(name_if_any<typename Learner::loss_type>(), name_if_any<optimiser_type>(),
                                       name_if_any<typename Learner::policy>(), o);
    run.samples = samples;
    run.seed = learner.net().initial_seed();
    const optimiser_type& optimiser = learner.optimizer();
    run.rate = static_cast<double>(optimiser.rate);
    if constexpr (requires { static_cast<double>(optimiser.momentum); })
        run.momentum = static_cast<double>(optimiser.momentum);
    if constexpr (requires { static_cast<double>(optimiser.dampening); })
        run.dampening = static_cast<double>(optimiser.dampening);
    if constexpr (requires { static_cast<bool>(optimiser.nesterov); })
        run.nesterov = static_cast<bool>(optimiser.nesterov);
    if constexpr (requires { static_cast<bool>(optimiser.centered); })
        run.centered = static_cast<bool>(optimiser.centered);
    if constexpr (requires { learner.groups().words(); }) run.groups = learner.groups().words();
    if constexpr (requires { static_cast<double>(optimiser.weight_decay); })
        run.weight_decay = static_cast<double>(optimiser.weight_decay);
    if constexpr (requires { static_cast<int>(learner.net().policy_instance().threads); })
        run.threads = static_cast<int>(learner.net().policy_instance().threads);
    return run;
}

} // namespace detail

} // namespace strata::inline STRATA_ABI
