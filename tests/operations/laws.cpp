/// What holds of the operations together: each is tested, and each that the policy cpu runs by definition is known.
#include "laws/operation_laws.hpp"

using namespace strata_tests;

namespace {

template <class Operation>
using definition_of = strata::operations::definition<Operation::kind, strata::core::key{.kind = Operation::kind},
                                                     strata::core::no_function>;

template <class... Operations>
std::vector<std::string> run_by_cpu(strata::type_list<Operations...>) {
    std::vector<std::string> names;
    ((strata::core::is_definition_for_cpu<definition_of<Operations>> ? names.push_back(Operations::name) : void()),
     ...);
    return names;
}
template <class... Operations>
std::vector<std::string> names_of(strata::type_list<Operations...>) {
    return {Operations::name...};
}

} // namespace

TEST_CASE("the policy cpu runs the definition of those operations that the list names, and of no other") {
    CHECK(run_by_cpu(operation_list{}) == names_of(definitions_of_cpu{}));
}

TEST_CASE("every operation whose test stands in this folder occurs in a network of it") {
    CHECK(compared_kinds.unlisted() == 0);
    for (const strata::core::operation_rule& rule : operation_rules) {
        INFO(rule.name);
        if (is_under_laws(rule.kind)) CHECK(compared_kinds[rule.kind]);
    }
}
