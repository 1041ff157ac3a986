// Your own policy, without a kernel for one of the network's operations.
// expect: strata: the policy mine has no kernel for the operation max_pool. Specialise the policy's kernel for op::max_pool, and include it where the policy is defined.
// expect-types: network_mistake<mine, strata::operations::max_pool, strata::core::because::policy_has_no_kernel
#include <strata/strata.hpp>
#include <strata/reference/reference.hpp>

// [snippet]
template <strata::core::op Kind, strata::core::key K, class F, class T>
struct my_kernel; // the policy's kernels, one specialisation for each kind of operation

template <strata::core::key K, class F, class T>
struct my_kernel<strata::core::op::conv, K, F, T> : strata::on_reference::kernel<strata::core::op::conv, K, F, T> {};
template <strata::core::key K, class F, class T>
struct my_kernel<strata::core::op::affine, K, F, T>
    : strata::on_reference::kernel<strata::core::op::affine, K, F, T> {};
#ifndef STRATA_BROKEN
template <strata::core::key K, class F, class T>
struct my_kernel<strata::core::op::max_pool, K, F, T>
    : strata::on_reference::kernel<strata::core::op::max_pool, K, F, T> {};
#endif

struct mine {
    template <class T>
    static constexpr strata::core::target_numbers numbers() { return {}; }
    template <strata::core::key K, class Function, class T>
    using kernel = my_kernel<K.kind, K, Function, T>;
    using machine = strata::core::host;
    static constexpr const char* name = "mine";
};

struct net : strata::network<
    strata::image<1, 8, 8>,
    strata::conv<4, 3>, strata::relu, strata::max_pool<2>, strata::conv<4, 2>, strata::max_pool<2>,
    strata::flatten, strata::dense<2>> {};

std::vector<float> classify(const strata::model<net, mine>& model, const std::vector<float>& image) {
    return model(image);
}
// [/snippet]
