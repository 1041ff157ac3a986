#pragma once
/// parameter_group<Which...> — parameters with their own rate or weight decay; it follows the optimiser:
///
///   strata::trainer trainer{net, strata::cross_entropy{}, strata::adamw{.rate = 1e-3, .weight_decay = 0.01},
///                           strata::parameter_group<"backbone">{.rate_factor = 0.1},
///                           strata::parameter_group<strata::all_biases, strata::all_norms>{.weight_decay_factor = 0}};
///
/// Which    a layer or block, by its name or its position (see `<strata/plan/layer_id.hpp>`); `all_biases`,
///          every parameter called "bias"; `all_norms`, the parameters of every batch_norm. A group has the parameters
///          of all of them.
/// Options  rate_factor, weight_decay_factor: multiples of the optimiser's rate, which a schedule may change as well,
///          and of its weight_decay. The factors of several groups are multiplied. Any number of groups is possible; a
///          trainer without groups pays nothing.
/// Errors   a compile error for a layer that the network does not have; error for factors that are negative or not
///          finite, and for a weight_decay_factor other than 0 and 1 where the optimiser's weight decay is 0 (with 0
///          the group has none in any case)
/// In PyTorch: parameter groups with an `lr` and a `weight_decay` each.
#include <strata/base/words/sentence.hpp>
#include <strata/operations/norm/batch_norm.hpp>
#include <strata/plan/chosen_layers.hpp>
#include <strata/plan/weights/trainable_runs.hpp>
#include <strata/train/optimisers/option_check.hpp>

#include <cstdio>
#include <initializer_list>
#include <string>
#include <tuple>
#include <vector>

namespace strata::inline STRATA_ABI {

/// Parameters by what they are, wherever they stand.
enum class parameter_kind : int { of_a_layer, bias, norm };
inline constexpr parameter_kind all_biases = parameter_kind::bias, all_norms = parameter_kind::norm;

/// The argument of a parameter_group: a layer, or a kind of parameters.
struct parameter_choice {
    layer_id layer{0};
    parameter_kind kind = parameter_kind::of_a_layer;

    constexpr parameter_choice(int position) : layer(position) {}
    constexpr parameter_choice(parameter_kind k) : kind(k) {}
    template <unsigned long N>
    constexpr parameter_choice(const char (&name)[N]) : layer(name) {}
    friend constexpr bool operator==(const parameter_choice&, const parameter_choice&) = default;
};

namespace detail {
template <class... Groups>
class group_list;
} // namespace detail

template <parameter_choice... Which>
struct parameter_group {
    static_assert(sizeof...(Which) > 0, "strata: a parameter_group must name layers or kinds of parameters, such as "
                                        "parameter_group<\"head\", strata::all_biases>.");
    double rate_factor = 1;
    double weight_decay_factor = 1;

    template <class... Groups>
    using list_of = detail::group_list<Groups...>;
};

namespace detail {

/// The first mistake in the layers that groups name.
template <class Net, parameter_choice Choice>
constexpr mistake mistake_in_choice() {
    if constexpr (Choice.kind != parameter_kind::of_a_layer) return {};
    else return choose_layers<Net, Choice.layer>().wrong;
}
template <class Net, parameter_choice... Which>
struct group_source {
    using outermost = Net;
    using outside = the_call;
    static constexpr mistake find() {
        mistake first;
        ((first.why == mistake_kind::nothing ? void(first = mistake_in_choice<Net, Which>()) : void()), ...);
        return first;
    }
};
template <class Net, parameter_choice... Which>
inline constexpr bool groups_are_there = group_source<Net, Which...>::find().why == mistake_kind::nothing;

template <class Net, parameter_choice... Which>
auto verdict_on_groups() -> nothing_wrong;
template <class Net, parameter_choice... Which>
    requires(is_sound<Net> && !groups_are_there<Net, Which...>)
auto verdict_on_groups() -> decltype(reported<group_source<Net, Which...>>::mistake());

/// Numbers of the parameter block that are of the same groups: bit g of `groups` for the g-th.
struct grouped_run {
    long long first = 0, count = 0;
    unsigned long long groups = 0;
};

/// What a choice is asked of each parameter.
struct parameter_facts {
    const graph& net;
    const char* name; ///< within its layer
    int layer;        ///< its row of the graph's layers; −1 outside of any
    bool of_a_norm;
};
constexpr bool chooses(const parameter_choice& which, const parameter_facts& p) {
    switch (which.kind) {
    case parameter_kind::bias: return same_text(p.name, "bias");
    case parameter_kind::norm: return p.of_a_norm;
    default:
        for (int row = p.layer; row >= 0; row = p.net.layers[row].parent)
            if (is_layer(p.net, row, which.layer)) return true;
        return false;
    }
}

[[nodiscard, gnu::cold, gnu::noinline]] inline std::string words_of_choice(const parameter_choice& which) {
    if (which.kind == parameter_kind::bias) return "all_biases";
    if (which.kind == parameter_kind::norm) return "all_norms";
    if (which.layer.position < 0) return which.layer.name;
    return sentence({which.layer.position});
}
[[nodiscard, gnu::cold, gnu::noinline]] inline std::string words_of_group(std::initializer_list<std::string> choices,
                                                                          double rate, double decay) {
    std::string words;
    for (const std::string& choice : choices) words += sentence({words.empty() ? "" : ", ", choice});
    const char* before = ": ";
    const auto add = [&](const char* what, double factor) {
        if (factor == 1) return;
        char digits[32];
        std::snprintf(digits, sizeof digits, "%g", factor);
        words += sentence({before, what, " x ", digits});
        before = ", ";
    };
    add("rate", rate);
    add("weight decay", decay);
    return words;
}

template <class Group>
struct group_choices;
template <parameter_choice... Which>
struct group_choices<parameter_group<Which...>> {
    static constexpr bool have(const parameter_facts& p) { return (chooses(Which, p) || ...); }
    /// "head, all_biases: rate x 0.1"
    [[nodiscard, gnu::cold]] static std::string words(double rate_factor, double weight_decay_factor) {
        return words_of_group({words_of_choice(Which)...}, rate_factor, weight_decay_factor);
    }
    template <class Net>
    struct diagnosis : decltype(verdict_on_groups<Net, Which...>()) {};
};

/// The whole parameter block in stretches of the same groups.
template <class Plan, class... Groups>
struct grouped_runs {
    grouped_run runs[Plan::parameters + 1]{};
    int count = 0;

    constexpr grouped_runs() {
        const graph g = build<typename Plan::network>(request{});
        for (int i = 0; i < Plan::parameters; ++i) {
            const parameter_info& p = Plan::data.parameters[i];
            if (p.where != storage::parameter) continue;
            const grouped_run next{p.offset, padded_to(p.elements, alignment_elements), groups_of(g, i)};
            if (count > 0 && runs[count - 1].groups == next.groups) runs[count - 1].count += next.count;
            else runs[count++] = next;
        }
    }
    static constexpr unsigned long long groups_of(const graph& g, int parameter) {
        parameter_facts p{g, g.names_of_parameters[parameter], g.parameters[parameter].layer, false};
        for (const operation& o : g.operations)
            if (o.k.kind == operations::batch_norm::kind || o.k.kind == operations::batch_norm_inference::kind)
                for (int i = 0; i < o.inputs; ++i)
                    p.of_a_norm = p.of_a_norm || o.in[i].index == g.parameters[parameter].used_as;
        unsigned long long groups = 0, bit = 1;
        ((groups |= group_choices<Groups>::have(p) ? bit : 0, bit <<= 1), ...);
        return groups;
    }
};
template <class Plan, class... Groups>
inline constexpr grouped_runs<Plan, Groups...> grouped_runs_of{};

/// The groups of a trainer or an optimiser.
template <class... Groups>
class group_list {
    static_assert(sizeof...(Groups) <= 64, "strata: there can be at most 64 parameter groups.");

  public:
    template <class Net>
    struct diagnosis : group_choices<Groups>::template diagnosis<Net>... {};

    /// The groups among a trainer's arguments.
    template <class... Extras>
    static group_list from(const Extras&... extras) {
        const std::tuple<const Extras&...> all(extras...);
        return group_list(std::get<const Groups&>(all)...);
    }
    explicit group_list(const Groups&... all) : factors_{{all.rate_factor, all.weight_decay_factor}...} {}

    /// Raises `error` for factors that make no sense with that optimiser.
    template <class Optimizer>
    [[gnu::cold]] void check(const Optimizer& optimizer) const {
        const option_check is{"parameter_group<...>"};
        for (const factors& f : factors_) {
            is.not_negative("rate factor", f.rate, ".rate_factor = 0.1");
            is.not_negative("weight decay factor", f.decay, ".weight_decay_factor = 0");
            if (f.decay == 0 || f.decay == 1) continue;
            bool decays = false;
            if constexpr (requires { optimizer.weight_decay; }) decays = optimizer.weight_decay != 0;
            if (!decays)
                raise("strata: a parameter_group has a weight decay factor, but the optimiser's weight_decay is 0. Set "
                      "the optimiser's weight_decay.");
        }
    }
    /// Each group in words, for a report.
    [[nodiscard, gnu::cold]] std::vector<std::string> words() const {
        std::vector<std::string> all;
        std::size_t g = 0;
        ((all.push_back(group_choices<Groups>::words(factors_[g].rate, factors_[g].decay)), ++g), ...);
        return all;
    }
    /// Calls visit(part, optimizer) for each part of a run of the parameter block, with its groups' optimiser.
    template <class Plan, class Optimizer, class Visit>
    void each_part(const element_run& run, const Optimizer& optimizer, Visit visit) const {
        constexpr const auto& table = grouped_runs_of<Plan, Groups...>;
        const long long end = run.first + run.count;
        for (int i = 0; i < table.count; ++i) {
            const grouped_run& r = table.runs[i];
            const long long from = r.first > run.first ? r.first : run.first;
            const long long to = r.first + r.count < end ? r.first + r.count : end;
            if (from >= to) continue;
            Optimizer own = optimizer;
            for (std::size_t g = 0; g < sizeof...(Groups); ++g) {
                if ((r.groups >> g & 1) == 0) continue;
                own.rate *= factors_[g].rate;
                if constexpr (requires { own.weight_decay; }) own.weight_decay *= factors_[g].decay;
            }
            visit(element_run{from, to - from}, own);
        }
    }

  private:
    struct factors {
        double rate, decay;
    };
    factors factors_[sizeof...(Groups)];
};

} // namespace detail

} // namespace strata::inline STRATA_ABI
