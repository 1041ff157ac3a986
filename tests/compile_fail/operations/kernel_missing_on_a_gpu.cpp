// An operation without a kernel under the policy gpu: an error already where the host compiler sees it.
// expect: strata: the policy gpu has no kernel for the operation max_pool. Specialise the policy's kernel for operations::max_pool::kind, and include it where the policy is defined.
// expect-types: network_mistake<policy_of_a_card, strata::core::the_operation<'m', 'a', 'x', '_', 'p', 'o', 'o', 'l'>, strata::core::mistake_kind::policy_has_no_kernel
#include <strata/cuda/kernel.hpp>
#include <strata/run/kernel_table.hpp>
#include <strata/layers.hpp>
#ifndef STRATA_BROKEN
#include <strata/cuda/pool/max_pool.hpp>
#endif

struct nowhere {
    void begin(const strata::core::key&, int) {}
    template <class Kernel, class T>
    void each_item(long long, const strata::core::call<T>&) {}
};

// [snippet]
struct net : strata::network<strata::image<1, 8, 8>, strata::max_pool<2>, strata::max_pool<2>> {};
using pooling = strata::core::plan<net, strata::core::request{}>;
// [/snippet]

struct policy_of_a_card {
    struct machine {
        template <class T>
        using function = void (*)(const strata::core::call<T>&, nowhere&);
    };
    template <strata::core::key K, class Function, class T>
    using kernel = strata::on_cuda::launched<K, Function, T, nowhere>;
    static constexpr const char* name = "gpu";
};

void pool(const strata::core::call<float>& c, nowhere& context) {
    strata::core::kernel_table<pooling, policy_of_a_card, float>.rows[0](c, context);
}
