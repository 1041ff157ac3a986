// An operation without a kernel under the policy gpu: an error already where the host compiler sees it.
// expect: strata: the policy gpu has no kernel for the operation max_pool. Specialise the policy's kernel for op::max_pool, and include it where the policy is defined.
// expect-types: network_mistake<strata::gpu, strata::operations::max_pool, strata::core::because::policy_has_no_kernel
#include <strata/cuda/kernel.hpp>
#ifndef STRATA_BROKEN
#include <strata/cuda/max_pool.hpp>
#endif

constexpr strata::core::key pooling = [] {
    strata::core::key k;
    k.kind = strata::core::op::max_pool;
    k.x = k.y = strata::shape(1, 2, 2);
    return k;
}();

// [snippet]
template <class Context>
void pool(const strata::core::call<float>& c, Context& context) {
    strata::on_cuda::launch<pooling, strata::core::no_function>(c, context);
}
// [/snippet]

struct nowhere {
    void begin(const strata::core::key&, int) {}
    template <class Kernel, class T>
    void each_item(long long, const strata::core::call<T>&) {}
};
template void pool(const strata::core::call<float>&, nowhere&);
