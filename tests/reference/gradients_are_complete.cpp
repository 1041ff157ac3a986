#include "catch.hpp"
#include "gradient_nets.hpp"
#include "operation_list.hpp"
#include <set>
#include <strata/plan/passes/build.hpp>

using namespace strata_tests;

namespace {

template <class... Nets>
void add_kinds(std::set<strata::core::op>& kinds, std::tuple<Nets...>*, bool in_inference) {
    const auto add_one = [&](const strata::graph& g) {
        for (const strata::core::operation& o : g.operations) kinds.insert(o.k.kind);
    };
    (add_one(strata::core::build<Nets>({.mode = strata::core::mode::train})), ...);
    if (in_inference) (add_one(strata::core::build<Nets>({})), ...);
}
template <class List>
std::set<strata::core::op> with_kinds_of(std::set<strata::core::op> kinds, bool in_inference = false) {
    add_kinds(kinds, static_cast<List*>(nullptr), in_inference);
    return kinds;
}

} // namespace

TEST_CASE("every operation with a gradient rule stands in a network compared with central differences", "[reference]") {
    std::set<strata::core::op> tested = with_kinds_of<dense_nets>({});
    tested = with_kinds_of<conv_nets>(tested);
    tested = with_kinds_of<pool_nets>(tested);
    tested = with_kinds_of<element_nets>(tested);
    tested = with_kinds_of<batch_norm_nets>(tested, true);
    tested = with_kinds_of<structure_nets>(tested);
    for (const strata::core::operation_rule& rule : operation_rules) {
        if (!rule.has_gradient || is_under_laws(rule.kind)) continue;
        INFO(rule.name << " has a gradient rule; add a network with it to gradient_nets.hpp");
        CHECK(tested.count(rule.kind) == 1);
    }
}
