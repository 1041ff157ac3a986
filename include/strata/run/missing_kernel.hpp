#pragma once
/// missing_kernel — the compile error of an operation for which a policy has no kernel: one sentence with the names of
/// both, once for each, in however many plans it stands. There is no fallback.
#include <strata/plan/diagnosis.hpp>
#include <strata/plan/operations.hpp>

namespace strata::inline STRATA_ABI::core::parts {

template <class Kernel>
concept is_defined = requires { sizeof(Kernel); };

template <class Policy, op Kind, class Named>
struct missing_kernel_source {
    using outermost = operation_list::at<static_cast<int>(Kind)>;
    using outside = Policy;
    static constexpr mistake find() {
        mistake m;
        m.why = because::policy_has_no_kernel;
        m.sentence.add("strata: the policy ", Named::name, " has no kernel for the operation ", operation_name(Kind),
                       ". Specialise the policy's kernel for op::", operation_name(Kind),
                       ", and include it where the policy is defined.");
        return m;
    }
};
/// `Named` has the policy's name, where the policy itself is not known yet.
template <class Policy, op Kind, class Named = Policy>
struct missing_kernel : decltype(reported<missing_kernel_source<Policy, Kind, Named>>::mistake()){};

/// Takes the place of a kernel that is missing, behind the one error that says so.
struct no_kernel {
    template <class Call, class... Context>
    static void run(const Call&, Context&...) noexcept {}
};
template <class Policy, op Kind, class Kernel>
struct kernel_or_error : type_is<no_kernel> {
    static_assert(sizeof(missing_kernel<Policy, Kind>) > 0);
};
template <class Policy, op Kind, is_defined Kernel>
struct kernel_or_error<Policy, Kind, Kernel> : type_is<Kernel> {};

} // namespace strata::inline STRATA_ABI::core::parts
