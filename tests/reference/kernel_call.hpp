#pragma once
/// One kernel of the reference policy on a few numbers, without a plan.
#include <strata/reference/kernels.hpp>
#include <vector>

namespace strata_tests {

namespace operations = strata::operations;

/// The part of the work, as strata::core::call has it.
struct task {
    int batch = 1, first = 0, last = 1, chunk_size = 8, chunks = 1, ordinal = 0;
    strata::core::random_source random{};
};

template <strata::core::key K, class F = strata::core::no_function>
void call_kernel(const task& part, std::vector<std::vector<double>*> operands) {
    strata::core::call<double> c;
    for (std::size_t i = 0; i < operands.size(); ++i) c.at[i] = operands[i]->data();
    c.batch = part.batch;
    c.first = part.first;
    c.last = part.last;
    c.chunk_size = part.chunk_size;
    c.chunks = part.chunks;
    c.ordinal = part.ordinal;
    c.random = part.random;
    strata::on_reference::kernel<K.kind, K, F, double>::run(c);
}

constexpr strata::core::key key_of(strata::core::op kind, strata::shape x, strata::shape y) {
    strata::core::key k;
    k.kind = kind;
    k.x = x;
    k.y = y;
    return k;
}
/// A key with a few fields set:  with(k, [](key& k) { k.bias = true; }).
template <class Change>
constexpr strata::core::key with(strata::core::key k, Change change) {
    change(k);
    return k;
}
constexpr strata::core::key with_window(strata::core::key k, const strata::core::window& win) {
    k.win = win;
    return k;
}
constexpr strata::core::key with_bias(strata::core::key k) {
    k.bias = true;
    return k;
}

} // namespace strata_tests
