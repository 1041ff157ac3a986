#pragma once
/// trainer_arguments — the arguments of a trainer, distinguished by type: the loss, the optimiser, and then, in any
/// order, metrics, `frozen<...>` and `parameter_group<...>`. A wrong or misplaced argument is one compile error that
/// states the order. (tests/compile_fail/train/trainer_*.cpp)
#include <strata/base/type_list.hpp>
#include <strata/model/model.hpp>
#include <strata/train/learner.hpp>
#include <strata/train/metrics/metric.hpp>

#include <concepts>
#include <type_traits>

namespace strata::inline STRATA_ABI {
template <class Net, class Policy, class Precision, class Loss, class Optimizer, class... Extras>
class trainer;
} // namespace strata::inline STRATA_ABI

namespace strata::inline STRATA_ABI::detail {

template <class L>
concept is_loss = requires(graph& g) {
    L::build(g);
    { L::takes_class_index } -> std::convertible_to<bool>;
};
template <class O>
concept is_optimiser = requires(O& o, const O& given) {
    { O::states } -> std::convertible_to<int>;
    o.rate *= 0.5;
    given.check();
};
template <class G>
concept is_parameter_group = requires(const G& g) {
    g.rate_factor;
    typename G::template list_of<G>;
};
template <class F, class Net>
concept is_freezing = requires { typename F::template diagnosis<Net>; };

// ---- behind the optimiser -------------------------------------------------------------------------------------------

template <class Frozen, class Groups, class Metrics>
struct sorted_extras {
    using frozen = Frozen;
    using groups = Groups;
    using metrics = Metrics;
};
template <class Net, class Sorted, class... Extras>
struct sort_extras : type_is<Sorted> {};
template <class Net, class Frozen, class... Groups, class... Metrics, class First, class... Rest>
struct sort_extras<Net, sorted_extras<Frozen, type_list<Groups...>, type_list<Metrics...>>, First, Rest...> {
    static auto sorted() {
        if constexpr (is_parameter_group<First>)
            return sort_extras<Net, sorted_extras<Frozen, type_list<Groups..., First>, type_list<Metrics...>>,
                               Rest...>{};
        else if constexpr (is_freezing<First, Net>)
            return sort_extras<Net, sorted_extras<First, type_list<Groups...>, type_list<Metrics...>>, Rest...>{};
        else
            return sort_extras<Net, sorted_extras<Frozen, type_list<Groups...>, type_list<Metrics..., First>>,
                               Rest...>{};
    }
    using type = typename decltype(sorted())::type;
};
template <class Net, class... Extras>
using extras_of = typename sort_extras<Net, sorted_extras<nothing_frozen, type_list<>, type_list<>>, Extras...>::type;

// ---- mistakes -------------------------------------------------------------------------------------------------------

enum class trainer_mistake : int {
    none,
    temporary_model,
    const_model,
    model_elsewhere,
    no_optimiser_given,
    swapped,
    metric_as_loss,
    no_loss,
    no_optimiser,
    second_optimiser,
    second_loss,
    frozen_twice,
    group_twice,
    no_metric
};

/// A class, so that there is one error however often such a trainer is made.
template <trainer_mistake Why>
struct explained_trainer {
    static_assert(Why != trainer_mistake::temporary_model,
                  "strata: a trainer needs a model that outlives it, but was given a temporary. Give the model a name: "
                  "strata::model<net> model; strata::trainer trainer{model, strata::cross_entropy{}, strata::adam{}};");
    static_assert(
        Why != trainer_mistake::const_model,
        "strata: a trainer changes its model's parameters, but was given a const model. Pass a non-const model.");
    static_assert(Why != trainer_mistake::model_elsewhere,
                  "strata: a trainer takes the model first, then the loss, then the optimiser, then metrics: "
                  "strata::trainer{model, strata::cross_entropy{}, strata::adam{}, strata::accuracy{}}.");
    static_assert(Why != trainer_mistake::no_optimiser_given,
                  "strata: a trainer takes a model, a loss and an optimiser, but one of these is missing: "
                  "strata::trainer{model, strata::cross_entropy{}, strata::adam{}}.");
    static_assert(Why != trainer_mistake::swapped,
                  "strata: a trainer takes the loss before the optimiser, but was given them the other way round: "
                  "strata::trainer{model, strata::cross_entropy{}, strata::adam{}}.");
    static_assert(Why != trainer_mistake::metric_as_loss,
                  "strata: a trainer was given a metric in place of its loss. Metrics come after the optimiser: "
                  "strata::trainer{model, strata::cross_entropy{}, strata::adam{}, strata::accuracy{}}.");
    static_assert(
        Why != trainer_mistake::no_loss,
        "strata: a trainer's second argument is not a loss. A loss has 'static constexpr void build(strata::graph&)' "
        "and 'static constexpr bool takes_class_index'; the available ones are in <strata/losses.hpp>.");
    static_assert(
        Why != trainer_mistake::no_optimiser,
        "strata: a trainer's third argument is not an optimiser. An optimiser has 'double rate', 'static constexpr int "
        "states', 'check() const' and 'apply'; <strata/train/optimisers/sgd.hpp> is an example.");
    static_assert(Why != trainer_mistake::second_optimiser,
                  "strata: a trainer was given two optimisers. To give layers a different rate, use "
                  "strata::parameter_group<\"layer\">{.rate_factor = 0.1}.");
    static_assert(Why != trainer_mistake::second_loss,
                  "strata: a trainer was given a loss after its optimiser, where metrics go. There is one loss, before "
                  "the optimiser; for metrics, use strata::mean_squared and others from <strata/metrics.hpp>.");
    static_assert(
        Why != trainer_mistake::frozen_twice,
        "strata: a trainer was given frozen<...> twice. Name all frozen layers in one: strata::frozen<\"stem\", 3>{}.");
    static_assert(Why != trainer_mistake::group_twice,
                  "strata: a trainer was given the same parameter_group twice. Use one, with both factors.");
    static_assert(Why != trainer_mistake::no_metric,
                  "strata: after its optimiser, a trainer takes metrics, such as strata::accuracy{}, "
                  "strata::frozen<...>{} and strata::parameter_group<...>{...}, but was given something else. "
                  "<strata/train/metrics/metric.hpp> says what a metric needs.");
};

template <class X, class... All>
inline constexpr int occurrences = (0 + ... + int(std::is_same_v<X, All>));

template <class Net, class Loss, class Optimizer, class... Extras>
constexpr trainer_mistake mistake_of_arguments() {
    using m = trainer_mistake;
    if constexpr (is_optimiser<Loss> && is_loss<Optimizer>) return m::swapped;
    else if constexpr (metric<Loss> && !is_loss<Loss>) return m::metric_as_loss;
    else if constexpr (!is_loss<Loss>) return m::no_loss;
    else if constexpr (!is_optimiser<Optimizer>) return m::no_optimiser;
    else if constexpr ((is_optimiser<Extras> || ...)) return m::second_optimiser;
    else if constexpr (((is_loss<Extras> && !metric<Extras>) || ...)) return m::second_loss;
    else if constexpr ((0 + ... + int(is_freezing<Extras, Net>)) > 1) return m::frozen_twice;
    else if constexpr (((is_parameter_group<Extras> && occurrences<Extras, Extras...> > 1) || ...))
        return m::group_twice;
    else if constexpr (!((is_parameter_group<Extras> || is_freezing<Extras, Net> || metric<Extras>) && ...))
        return m::no_metric;
    else return m::none;
}

// ---- the model ------------------------------------------------------------------------------------------------------

// (Functions instead of lambdas in a requires-expression, in which nvcc finds no model.)
template <class Net, class Policy, class Precision>
std::true_type is_pointer_to_model(const model<Net, Policy, Precision>*);
std::false_type is_pointer_to_model(...);
template <class M>
concept is_model = decltype(is_pointer_to_model(static_cast<std::remove_reference_t<M>*>(nullptr)))::value;
template <class First, class... Rest>
constexpr trainer_mistake mistake_of_model() {
    using m = trainer_mistake;
    if constexpr (!is_model<First>) return (is_model<Rest> || ...) ? m::model_elsewhere : m::no_optimiser_given;
    else if constexpr (std::is_const_v<std::remove_reference_t<First>>) return m::const_model;
    else if constexpr (!std::is_lvalue_reference_v<First>) return m::temporary_model;
    else if constexpr (sizeof...(Rest) < 2) return m::no_optimiser_given;
    else return m::none;
}
template <trainer_mistake Why>
struct no_network;

/// One argument, and that a trainer: a copy or a move.
template <class... Given>
inline constexpr bool is_trainer = false;
template <class... All>
std::true_type is_pointer_to_trainer(const trainer<All...>*);
std::false_type is_pointer_to_trainer(...);
template <class Only>
inline constexpr bool is_trainer<Only> =
    decltype(is_pointer_to_trainer(static_cast<std::remove_reference_t<Only>*>(nullptr)))::value;

} // namespace strata::inline STRATA_ABI::detail
