#pragma once
/// optimiser — an optimiser's rule with its state for one model, for hand-written training loops:
///
///   strata::optimiser opt{net, strata::adam{.rate = 1e-3}};
///   opt.apply(net, step.gradients());                         // one step, bit for bit that of trainer.step
///   opt.apply(net, step.gradients(), 0.5);                    // at half the rate
///
///   opt.add(real.gradients(), 0.5);                           // or several gradients, weighted:
///   opt.add(fake.gradients(), 0.5);
///   opt.apply(net);
///
/// Groups of parameters with their own rate or decay may follow the rule: parameter_group.hpp. Parameters outside the
/// gradients do not change, even under weight decay.
/// Errors   error for options that make no sense, for an empty sum, and for gradients of different parameters in one
///          sum; not_finite_error, naming step and parameter, for a gradient that is not finite (nothing has changed
///          then), and for a step that leaves such a parameter; under `gpu` it comes up to three steps later
#include <strata/base/silent_call.hpp>
#include <strata/model/model.hpp>
#include <strata/run/blend.hpp>
#include <strata/run/host_training.hpp>
#include <strata/train/checked_update.hpp>
#include <strata/train/gradients/parameter_gradients.hpp>
#include <strata/train/parameters/no_groups.hpp>

#include <algorithm>
#include <memory>
#include <span>

namespace strata::inline STRATA_ABI {

namespace detail {

template <class Model, class Rule, class Groups>
class working_optimiser : private Groups::template diagnosis<typename Model::network> {
    using policy = typename Model::policy;
    using machine = typename policy::machine;
    using number = typename Model::number;
    using memory = typename machine::template memory<number>;

  public:
    using training = typename machine::template training<policy>;
    /// The type of a step's gradients.
    using gradients_type = parameter_gradients<memory, training>;

    working_optimiser(const Model& net, Rule rule, const Groups& groups)
        : rule_(rule), groups_(groups), state_(net.policy_instance()),
          slots_(
              machine::template allocate<number>(net.policy_instance(), net.parameter_memory().size() * Rule::states)) {
        rule_.check();
        groups_.check(rule_);
    }

    /// One step, at a factor of the rule's rate.
    void apply(Model& net, const gradients_type& gradients, double rate_factor = 1) {
        training& there = *gradients.machine;
        const number* const g = gradients.numbers->data();
        update_parts<typename Model::inference_plan>(
            there, state_, step_rule<Rule, Groups>{rule_, groups_, rate_factor}, gradients.runs, g,
            net.parameter_memory().data(), slots_.data(), net.parameter_memory().size(),
            [](long long offset) { return offset; });
        state_.post(place_);
        place_ = (place_ + 1) % all_slots; // now that of the oldest, once all are taken
        if (++posted_ >= all_slots && state_.posted(place_).found != not_finite::nothing) give_up(there, net, g);
    }

    /// Adds gradients, weighted, to the sum that the next `apply(net)` takes.
    void add(const gradients_type& gradients, double weight = 1) {
        if (sum_.size() == 0) sum_ = *gradients.numbers; // room
        const bool first = !has_sum_;
        if (!first && !std::ranges::equal(summed_, gradients.runs))
            raise("strata: gradients of different parameters cannot be added up. Request the same ones in each step.");
        summed_ = gradients.runs, has_sum_ = true;
        for (const element_run& run : gradients.runs)
            gradients.machine->for_elements(
                run.count, blend<number>{first ? number(0) : number(1), static_cast<number>(weight),
                                         gradients.numbers->data() + run.first, sum_.data() + run.first});
    }
    /// One step along the sum, which then begins anew.
    void apply(Model& net, double rate_factor = 1) {
        if (!has_sum_) raise("strata: an optimiser cannot step along an empty sum of gradients. Call add(...) first.");
        if (machine_ == nullptr) machine_ = std::make_shared<training>(net.policy_instance());
        apply(net, {&sum_, summed_, machine_.get()}, rate_factor);
        has_sum_ = false;
    }

    [[nodiscard]] const Rule& rule() const noexcept { return rule_; }
    /// How many steps were taken.
    [[nodiscard]] std::int64_t steps() const noexcept { return state_.steps(); }

  private:
    [[gnu::cold, gnu::noinline]] void give_up(training& there, const Model& net, const number* gradients) {
        const step_state then = state_.read();
        state_.write({.step = then.step});
        posted_ = 0;
        if (then.found == not_finite::gradient)
            explain_gradient<Model>(there, gradients, net.parameter_memory().size(), then);
        explain_parameters(there, net, then.step, {});
    }

    Rule rule_;
    [[no_unique_address]] Groups groups_;
    static constexpr int all_slots = training::step_memory::batches_in_flight;
    typename training::step_memory state_;
    int place_ = 0;           ///< where the state is sent next
    std::int64_t posted_ = 0; ///< how often it was
    memory slots_, sum_;
    std::span<const element_run> summed_; ///< what the sum is of
    bool has_sum_ = false;
    std::shared_ptr<training> machine_; ///< for steps along a sum: the steps that gave it may be gone
};

/// The optimiser of a broken network's model: the error is reported, everything else stays silent.
template <class Rule>
class silent_optimiser {
  public:
    template <class... Given>
    explicit silent_optimiser(Given&&...) {}
    static constexpr silent_call<> apply{}, add{};
    static constexpr silent_call<Rule> rule{};
    static constexpr silent_call<std::int64_t> steps{};
};

template <bool Sound, class Model, class Rule, class... Groups>
struct optimiser_base : type_is<silent_optimiser<Rule>> {};
template <class Model, class Rule, class... Groups>
struct optimiser_base<true, Model, Rule, Groups...>
    : type_is<working_optimiser<Model, Rule, typename groups_of_list<type_list<Groups...>>::type>> {};
template <class Net, class Policy, class Precision, class Rule, class... Groups>
using optimiser_of = typename optimiser_base<is_sound<Net>, model<Net, Policy, Precision>, Rule, Groups...>::type;

} // namespace detail

template <class Net, class Policy, class Precision, class Rule, class... Groups>
class optimiser : public detail::optimiser_of<Net, Policy, Precision, Rule, Groups...> {
    using base = detail::optimiser_of<Net, Policy, Precision, Rule, Groups...>;

  public:
    optimiser(const model<Net, Policy, Precision>& net, Rule rule, Groups... groups)
        : base(net, rule, detail::groups_of_list<type_list<Groups...>>::type::from(groups...)) {}
};

} // namespace strata::inline STRATA_ABI
