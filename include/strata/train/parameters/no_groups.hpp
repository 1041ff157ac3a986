#pragma once
#include <strata/base/type_list.hpp>
#include <strata/plan/weights/trainable_runs.hpp>

namespace strata::inline STRATA_ABI::detail {

/// The `parameter_group<...>`s of a trainer without any.
struct no_groups {
    template <class Net>
    struct diagnosis {};
    template <class... Extras>
    static no_groups from(const Extras&...) {
        return {};
    }
    template <class Optimizer>
    static void check(const Optimizer&) {}
    template <class Plan, class Optimizer, class Visit>
    static void each_part(const element_run& run, const Optimizer& optimizer, Visit visit) {
        visit(run, optimizer);
    }
};

/// How a learner or an optimiser treats its groups. Programs without groups do not include parameter_group.hpp.
template <class Groups>
struct groups_of_list : type_is<no_groups> {};
template <class First, class... Rest>
struct groups_of_list<type_list<First, Rest...>> : type_is<typename First::template list_of<First, Rest...>> {};

} // namespace strata::inline STRATA_ABI::detail
