#pragma once
/// missing_kernel — the compile error of an operation for which a policy has no kernel: one sentence with the names of
/// both, once for each, in however many plans it stands. There is no fallback. A definition that counts its items by a
/// unit that its operation's division does not have is an error here as well.
#include <strata/call/definition.hpp>
#include <strata/plan/diagnosis.hpp>
#include <strata/plan/plan.hpp>

namespace strata::inline STRATA_ABI::core {

/// An operation in messages, by the letters of its name.
template <char... Letters>
struct the_operation;

namespace parts {

template <class Kernel>
concept is_defined = requires { sizeof(Kernel); };

template <class Plan, int Index>
constexpr int letters_of_key() {
    int n = 0;
    for (const char* const name = Plan::data.names[Index]; name[n] != 0;) ++n;
    return n;
}
template <class Plan, int Index, int... At>
auto operation_of_key(std::integer_sequence<int, At...>) -> the_operation<Plan::data.names[Index][At]...>;

template <class Policy, class Operation>
struct missing_kernel_source;
template <class Policy, char... Letters>
struct missing_kernel_source<Policy, the_operation<Letters...>> {
    using outermost = the_operation<Letters...>;
    using outside = Policy;
    static constexpr char name[sizeof...(Letters) + 1]{Letters..., 0}; // nvcc 13 wants the bound
    static constexpr mistake find() {
        mistake m;
        m.why = mistake_kind::policy_has_no_kernel;
        if constexpr (requires { Policy::header_with_kernel(name); }) {
            if (const char* const header = Policy::header_with_kernel(name)) {
                m.sentence.add("strata: the operation ", name, " has no kernel for the policy ", Policy::name,
                               " here. Its header is missing: #include ", header, ".");
                return m;
            }
        }
        m.sentence.add("strata: the policy ", Policy::name, " has no kernel for the operation ", name,
                       ". Specialise the policy's kernel for operations::", name,
                       "::kind, and include it where the policy is defined.");
        return m;
    }
};
template <class Policy, class Operation>
struct missing_kernel;
template <class Policy, char... Letters> // deduced, so that nvcc prints them and not how they were found
struct missing_kernel<Policy, the_operation<Letters...>>
    : decltype(reported<missing_kernel_source<Policy, the_operation<Letters...>>>::mistake()){};

/// Takes the place of a kernel that is missing, behind the one error that says so.
struct no_kernel {
    template <class Call, class... Context>
    static void run(const Call&, Context&...) noexcept {}
};
template <class Policy, class Plan, int Index, class Kernel>
struct kernel_or_error : type_is<no_kernel> {
    using operation =
        decltype(operation_of_key<Plan, Index>(std::make_integer_sequence<int, letters_of_key<Plan, Index>()>{}));
    static_assert(sizeof(missing_kernel<Policy, operation>) > 0);
};
/// Does a definition count its items by what its operation is divided into? (Steps with the same key have the same
/// division.) Other kernels count for themselves.
template <class Plan, int Index, class Kernel>
constexpr bool counts_by_its_division() {
    if constexpr (requires { Kernel::per; })
        for (int t = 0; t < Plan::steps; ++t)
            if (Plan::data.steps[t].kernel == Index) return is_unit_of(Plan::data.steps[t].split, Kernel::per);
    return true;
}
template <bool DoesSo>
struct counted_by_its_division { // a class of its own: where it is wrong, that stays the one error
    static_assert(
        DoesSo, "strata: a definition counts its items by what its operation is not divided into. Divided by samples, "
                "it counts by unit::sample or unit::chunk; by rows, by unit::row; whole, not by unit::chunk.");
};
template <class Policy, class Plan, int Index, is_defined Kernel>
struct kernel_or_error<Policy, Plan, Index, Kernel> : type_is<Kernel> {
    static_assert(sizeof(counted_by_its_division<counts_by_its_division<Plan, Index, Kernel>()>) > 0);
};

} // namespace parts

} // namespace strata::inline STRATA_ABI::core
