// Your own policy, without a kernel for one of the network's operations.
// expect: strata: the policy mine has no kernel for the operation max_pool. Specialise the policy's kernel for operations::max_pool::kind, and include it where the policy is defined.
// expect-types: network_mistake<mine, strata::core::the_operation<'m', 'a', 'x', '_', 'p', 'o', 'o', 'l'>, strata::core::mistake_kind::policy_has_no_kernel
#include <strata/strata.hpp>
#include <strata/reference/reference.hpp>

// [snippet]
template <strata::core::op Kind, strata::core::key K, class F, class T>
struct my_kernel; // the policy's kernels, one specialisation for each kind of operation

template <strata::core::key K, class F, class T>
struct my_kernel<strata::operations::conv::kind, K, F, T>
    : strata::on_reference::kernel<strata::operations::conv::kind, K, F, T> {};
template <strata::core::key K, class F, class T>
struct my_kernel<strata::operations::affine::kind, K, F, T>
    : strata::on_reference::kernel<strata::operations::affine::kind, K, F, T> {};
#ifndef STRATA_BROKEN
template <strata::core::key K, class F, class T>
struct my_kernel<strata::operations::max_pool::kind, K, F, T>
    : strata::on_reference::kernel<strata::operations::max_pool::kind, K, F, T> {};
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
