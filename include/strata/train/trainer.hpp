#pragma once
/// trainer — trains a model: it joins a model, a loss, an optimiser and metrics.
///
///   strata::trainer trainer{net, strata::cross_entropy{}, strata::adam{.rate = 1e-3f}, strata::accuracy{},
///                           strata::top_k<5>{}};
///   auto history = trainer.fit(train, held_out, {.epochs = 10, .batch = 64});
///   auto result = trainer.evaluate(test);                  // result.loss, result.metric, result.get<top_k<5>>()
///   double loss = trainer.step(samples, targets);          // one step, below fit
///
/// It derives the training plan and owns the gradients, the optimiser's state, the arena and the random counters.
/// Without metrics it measures the loss's usual one: accuracy for cross_entropy. Frozen layers:
/// <strata/train/parameters/frozen.hpp>. Two networks with one loss, gradients to the input, loops of your own:
/// <strata/gradients.hpp>. The same seed, binary and instruction set give the same bits for any number of threads,
/// interrupted or not.
/// Errors   shape_error where data do not fit the network; not_finite_error, naming step, operation and layer, where a
///          loss is not finite, and naming step and parameter where a gradient or a parameter is not
#include <strata/data/missing_member.hpp>
#include <strata/train/evaluation.hpp>
#include <strata/train/fit/fit_arguments.hpp>
#include <strata/train/fit/fit_loop.hpp>
#include <strata/train/fit/fit_options.hpp>
#include <strata/train/history/history.hpp>
#include <strata/train/learner.hpp>
#include <strata/train/losses/cross_entropy.hpp>
#include <strata/train/losses/mean_squared_error.hpp>
#include <strata/train/metrics/accuracy.hpp>
#include <strata/train/metrics/collected_metrics.hpp>
#include <strata/train/metrics/metric_place.hpp>
#include <strata/train/optimisers/adam.hpp>
#include <strata/train/optimisers/sgd.hpp>
#include <strata/train/silent_trainer.hpp>
#include <strata/train/trainer_arguments.hpp>

namespace strata::inline STRATA_ABI {

namespace detail {

template <class Learner, class... Metrics>
class working_trainer {
    using learner = Learner;
    using Model = typename Learner::model_type;
    using Loss = typename Learner::loss_type;
    using only_loss = first_loss<Loss>;
    using Optimizer = typename Learner::optimizer_type;
    using number = typename Model::number;
    using memory = typename learner::memory;
    using collected = collected_metrics<Metrics...>;
    using loop = fit_loop<learner, collected>;
    template <class Metric>
    using place = metric_place<learner, Metric>;
    static_assert((place<Metrics>::is_there && ...),
                  "strata: a metric is on an output that has no loss, so there is nothing to compare the output with. "
                  "Give on<\"x\">(accuracy{}) the name of an output in losses{on<\"x\">(...), ...}.");
    static_assert((place<Metrics>::fits_loss && ...),
                  "strata: a classification metric was given to a trainer whose loss takes values. Use cross_entropy, "
                  "or a regression metric such as mean_absolute_error.");
    static_assert(
        (place<Metrics>::has_targets && ...),
        "strata: a metric compares the output with a target of its shape, but the loss's targets have a shape "
        "of their own, as those of weighted_cross_entropy. Leave the metric out, and measure it on a data set "
        "of classes.");
    static_assert(
        (place<Metrics>::compares_scores && ...),
        "strata: a metric that compares class scores, such as accuracy, needs more than one output, but the network "
        "has a single one. Use binary_accuracy, or end the network with dense<2> and use cross_entropy.");
    static_assert((place<Metrics>::has_right_size && ...),
                  "strata: a metric expects a different number of outputs than the network has, such as "
                  "confusion_matrix<10> for 3 classes. Give the metric the network's number of classes.");

    static_assert((place<Metrics>::has_few_enough && ...),
                  "strata: a two-class metric, such as roc_auc, was given to a trainer whose network has more than two "
                  "outputs. End the network with dense<1> and use binary_cross_entropy, or with dense<2> and "
                  "cross_entropy, or use a multi-class metric, such as macro_f1.");
    static_assert(
        (place<Metrics>::has_enough && ...),
        "strata: the metric top_k<K> was given to a trainer whose network has fewer than K outputs, so every sample "
        "would count as correct. Use a K below the number of classes, such as top_k<5> for 10 classes.");

  public:
    using training_plan = typename learner::training_plan;
    using sample_type = typename learner::layout::read_type; ///< the model's numbers, or tokens
    using evaluation_plan = typename learner::evaluation_plan;

    template <class... Extras>
    working_trainer(Model& net, const Loss& loss, const Optimizer& optimizer, const Extras&... extras)
        : learner_(net, loss, optimizer, learner::groups_type::from(extras...)) {}

    /// Trains on `train`, one pass per epoch, and evaluates on `held_out` after each. Companions are early_stopping and
    /// checkpoints.
    template <class Train, class HeldOut, class... Companions>
        requires(!std::derived_from<HeldOut, fit_options>)
    history fit(const Train& train, const HeldOut& held_out, const fit_options& options = {},
                const Companions&... companions) {
        if constexpr (companion<Train> || companion<HeldOut>) {
            return misplaced<fit_mistake::companion_too_early>();
        } else if constexpr (!(companion<Companions> && ...)) {
            return misplaced<fit_mistake::no_companion>();
        } else if constexpr (data::trains<Train, number> && data::trains<HeldOut, number>) {
            learner::check(held_out, "held-out");
            return loop{learner_, passes_}(
                train, true, options,
                [&](epoch_record& record) {
                    const auto e = evaluate(held_out);
                    const collected there{e.metrics};
                    record.set_held_out(e.loss, there.values(), there.standard_errors());
                },
                companions...);
        } else {
            [[maybe_unused]] const data::explained_data_set<Train> said_once;
            [[maybe_unused]] const data::explained_data_set<HeldOut> and_of_this;
            return {};
        }
    }
    template <class Train, class... Companions>
    history fit(const Train& train, const fit_options& options = {}, const Companions&... companions) {
        if constexpr (companion<Train>) {
            return misplaced<fit_mistake::companion_too_early>();
        } else if constexpr (!(companion<Companions> && ...)) {
            return misplaced<fit_mistake::no_companion>();
        } else if constexpr (data::trains<Train, number>) {
            return loop{learner_, passes_}(train, false, options, [](epoch_record&) {}, companions...);
        } else {
            [[maybe_unused]] const data::explained_data_set<Train> said_once;
            return {};
        }
    }

    /// A companion in the place of the options, with or without these behind it: one error says so.
    template <class Train, class HeldOut, companion First, class... Rest>
        requires(!std::derived_from<HeldOut, fit_options>)
    history fit(const Train&, const HeldOut&, const First&, const Rest&...) {
        return misplaced<fit_mistake::companion_too_early>();
    }
    template <class Train, class HeldOut, companion First>
        requires(!std::derived_from<HeldOut, fit_options>)
    history fit(const Train&, const HeldOut&, const First&, const fit_options&) {
        return misplaced<fit_mistake::companion_too_early>();
    }

    /// One step of gradient descent: whole samples and their targets, one after the other. Gives the batch's mean loss
    /// before the step.
    double step(std::span<const sample_type> samples, std::span<const number> targets) {
        take_samples(samples, targets.size(), learner::target_size, training_plan::data.target, false);
        learner_.take_numbers(targets);
        return run_step(static_cast<int>(samples.size() / learner::sample_size));
    }
    /// The same of class numbers, one for each position of the output; what is negative, or what the loss ignores, does
    /// not count.
    /// Errors   shape_error for a class that the network does not have
    template <class Classes>
        requires(reads_classes<only_loss> && numbers_of<Classes, std::int32_t>)
    double step(std::span<const sample_type> samples, const Classes& given) {
        const std::span<const std::int32_t> classes = given;
        take_samples(samples, classes.size(), static_cast<std::size_t>(learner::output.positions()),
                     learner::output.one_per_position(), true);
        learner_.take_classes(classes);
        return run_step(static_cast<int>(samples.size() / learner::sample_size));
    }

    /// What is no range of the model's numbers: one error says so.
    template <class X, class Y>
        requires(!numbers_of<X, sample_type>
                 || !(numbers_of<Y, number> || (reads_classes<only_loss> && numbers_of<Y, std::int32_t>)))
    double step(const X&, const Y&) {
        [[maybe_unused]] const explained_numbers<std::conditional_t<numbers_of<X, sample_type>, Y, X>,
                                                 std::conditional_t<numbers_of<X, sample_type>, number, sample_type>>
            said_once;
        return 0;
    }

    /// The loss and the metrics over a data set, in inference mode.
    template <class Data>
    evaluation<Metrics...> evaluate(const Data& data) {
        if constexpr (!data::trains<Data, number>) {
            [[maybe_unused]] const data::explained_data_set<Data> said_once;
            return {};
        } else {
            learner::check(data, "evaluated");
            const auto size = static_cast<std::int64_t>(data.size());
            int batch = size < 256 ? static_cast<int>(size) : 256;
            while (batch > 1 && batch > learner_.reserved() && !learner_.fits(batch))
                batch /= 2; // a machine may be full
            learner_.reserve(batch);
            double loss = 0, weight = 0;
            collected metrics;
            const auto take = [&](const auto& of) {
                loss += of.loss * of.weight, weight += of.weight;
                learner_.measure(metrics, of);
            };
            for (std::int64_t first = 0; first < size; first += batch) {
                const int n = size - first < batch ? static_cast<int>(size - first) : batch;
                learner_.gather(data, nullptr, first, n, 0);
                learner_.evaluate(n);
                learner_.collect(take);
            }
            learner_.collect(take, true);
            return {weight > 0 ? loss / weight : 0, metrics.first(), metrics.all};
        }
    }

    /// A copy of the model with the running average of its parameters (fit's option `average`); statistics are the
    /// model's. Source: Polyak & Juditsky 1992, with exponential weights
    [[nodiscard]] Model averaged() {
        if (!learner_.has_average())
            raise("strata: this trainer has no averaged parameters: call fit with {.average = 0.999} first.");
        Model copy = learner_.net();
        copy.parameter_memory() = learner_.average();
        return copy;
    }

    /// The gradients of the last step, laid out like the model's parameter block.
    [[nodiscard]] auto gradient_block() const& noexcept { return learner_.gradients().view(); }
    void gradient_block() const&& = delete;
    /// How many steps were taken.
    [[nodiscard]] std::int64_t steps() const noexcept { return learner_.steps(); }
    /// Bytes of the gradients, the optimiser's state and the values of a step over `batch` samples on one thread (the
    /// samples, targets and results themselves come on top, and for each further thread some scratch).
    [[nodiscard]] static constexpr long long bytes(int batch) { return learner::bytes(batch); }
    /// Of these, the optimiser's state: none for parameters that are frozen.
    [[nodiscard]] static constexpr long long optimiser_bytes() { return learner::optimiser_bytes(); }

  private:
    template <fit_mistake Why>
    static history misplaced() {
        [[maybe_unused]] const explained_fit<Why> said_once;
        return {};
    }
    /// Samples of a step by hand; `targets` of them are given, `each` are needed for a sample.
    void take_samples(std::span<const sample_type> samples, std::size_t targets, std::size_t each, const shape& target,
                      bool of_classes) {
        static_assert(learner::blocks == 2,
                      "strata: a step by hand takes samples of one input and targets of one loss. Train this network "
                      "with fit.");
        const auto batch = samples.size() / learner::sample_size;
        if (batch == 0 || samples.size() % learner::sample_size != 0 || targets != batch * each)
            raise<shape_error>(sentence({"strata: a step was given ", samples.size(), " sample numbers and ", targets,
                                         of_classes ? " class numbers; it needs " : " target numbers; it needs ",
                                         words_of(training_plan::data.input), " and ", words_of(target),
                                         " for each sample of the batch."}));
        learner_.expect_classes(of_classes);
        learner_.reserve(batch_of(samples.size(), learner::sample_size));
        check_tokens(samples, training_plan::data.inputs[0]);
        std::copy(samples.begin(), samples.end(), reinterpret_cast<sample_type*>(learner_.block(0)));
        learner_.sample_weights().clear();
    }
    double run_step(int batch) {
        double loss = 0;
        const auto take = [&](const auto& of) { loss = of.loss; };
        learner_.differentiate(batch);
        learner_.collect(take);
        learner_.update(1);
        learner_.collect(take, true);
        return loss;
    }

    learner learner_;
    std::uint64_t passes_ = 0; ///< over data, begun ones counted
};

/// The metrics that are measured: those given, or else the loss's usual one, if it has one.
template <class Loss, class Metrics>
struct measured_metrics : type_is<Metrics> {};
template <class Loss>
    requires requires { typename Loss::usual_metric; }
struct measured_metrics<Loss, type_list<>> : type_is<type_list<typename Loss::usual_metric>> {};

template <class Learner, class Metrics>
struct trainer_with_metrics;
template <class Learner, class... Metrics>
struct trainer_with_metrics<Learner, type_list<Metrics...>> : type_is<working_trainer<Learner, Metrics...>> {};

/// Is everything in order? (Broken parts are not examined.)
template <class Net, class Loss, class Optimizer, class... Extras>
constexpr bool is_sound_trainer() {
    if constexpr (mistake_of_arguments<Net, Loss, Optimizer, Extras...>() != trainer_mistake::none) return false;
    else return is_sound<Net> && is_sound<Net, Loss>;
}
template <bool Sound, class Model, class Loss, class Optimizer, class... Extras>
struct trainer_base : type_is<silent_trainer_of<Model>> {};
template <class Model, class Loss, class Optimizer, class... Extras>
struct trainer_base<true, Model, Loss, Optimizer, Extras...> {
    using extras = extras_of<typename Model::network, Extras...>;
    using groups = typename groups_of_list<typename extras::groups>::type;
    using type = typename trainer_with_metrics<learner<Model, Loss, Optimizer, typename extras::frozen, groups>,
                                               typename measured_metrics<Loss, typename extras::metrics>::type>::type;
};
template <class Net, class Policy, class Precision, class Loss, class Optimizer, class... Extras>
using trainer_of = typename trainer_base<is_sound_trainer<Net, Loss, Optimizer, Extras...>(),
                                         model<Net, Policy, Precision>, Loss, Optimizer, Extras...>::type;

} // namespace detail

template <class Net, class Policy, class Precision, class Loss, class Optimizer, class... Extras>
class trainer : private core::diagnosis<Net, std::conditional_t<detail::is_loss<Loss>, Loss, core::no_loss>>,
                private detail::explained_trainer<detail::mistake_of_arguments<Net, Loss, Optimizer, Extras...>()>,
                public detail::trainer_of<Net, Policy, Precision, Loss, Optimizer, Extras...> {
  public:
    /// The trainer follows the model where that is moved; a model that was destroyed is an error of the next call.
    /// Behind the optimiser stand, in any order, metrics, which tell by their types what is measured, `frozen<...>{}`,
    /// layers that stay as they are, and `parameter_group<...>{...}`, parameters with a rate or decay of their own.
    trainer(model<Net, Policy, Precision>& net, const Loss& loss, const Optimizer& optimizer, Extras... extras)
        : detail::trainer_of<Net, Policy, Precision, Loss, Optimizer, Extras...>(net, loss, optimizer, extras...) {}
};

/// The arguments are not those of a trainer: one error says so.
template <detail::trainer_mistake Why>
class trainer<detail::no_network<Why>, cpu, fp32, void, void> : private detail::explained_trainer<Why>,
                                                                public detail::silent_trainer<> {
  public:
    template <class... Given>
    trainer(Given&&...) {}
};
template <class... Given>
    requires(!detail::is_trainer<Given...> && detail::mistake_of_model<Given...>() != detail::trainer_mistake::none)
trainer(Given&&...) -> trainer<detail::no_network<detail::mistake_of_model<Given...>()>, cpu, fp32, void, void>;

} // namespace strata::inline STRATA_ABI
