#pragma once
/// kernel<Kind, K, F, T> — the `gpu` policy's code for one operation: key K, elementwise function F, element T, over
/// conventional layouts. One thread makes one item of the result, or several one after the other:
///   items(c)      how many items the call has: the whole batch at once, every chunk included
///   item(c, i)    makes the i-th; no two write the same number, and each sums in a fixed order, so results are
///                 reproducible bit by bit
///   products(c, library)   before the items, where the operation is a matrix product: see products.hpp
/// Items are host functions as well, and tested there. Where an operation has a definition and no kernel here, a thread
/// makes an item of the definition. A kind with neither is a compile error.
#include <strata/call/definition.hpp>
#include <strata/call/views.hpp>
#include <strata/call/windows.hpp>
#include <strata/run/function_at.hpp>
#include <strata/run/missing_kernel.hpp>

// A function that the device cannot call would make a kernel that does nothing. This makes it an error, where nvcc only
// warns. Write STRATA_HD before f and df of an elementwise function.
#if defined(__CUDACC__)
#pragma nv_diag_error 20011, 20014
#endif

namespace strata::inline STRATA_ABI::on_cuda {

template <op Kind, key K, class F, class T>
struct kernel;
template <op Kind, key K, class F, class T>
    requires is_definition<operations::definition<Kind, K, F>>
struct kernel<Kind, K, F, T> : by_definition<operations::definition<Kind, K, F>, T, T> {};

/// This policy's numbers for the plan: conventional layouts everywhere, sums over the batch in chunks of 8 samples.
template <class T>
inline constexpr target_numbers target{
    .lanes = 1, .chunk = 8, .channels_last = false, .packed_weights = false, .number_bytes = sizeof(T)};

/// Runs an operation in a context: its products go to the context's library, its items to as many threads as there are.
/// (A kernel template of CUDA's takes `Kernel`, a type: nvcc 13 cannot carry the key itself in its arguments.)
template <key K, class F, class T, class Context>
void launch(const call<T>& c, Context& context) {
    using Kernel = kernel<K.kind, K, F, T>;
    static_assert(sizeof(Kernel) > 0); // what is incomplete would have neither products nor items
    static constexpr key operation = K;
    context.begin(operation, c.batch);
    if constexpr (requires { Kernel::products(c, context); }) Kernel::products(c, context);
    if constexpr (requires { Kernel::items(c); })
        if (const long long items = Kernel::items(c); items > 0) context.template each_item<Kernel>(items, c);
}
/// An operation as a policy's kernel. Without a kernel it is incomplete as well, and so reported with its name.
template <key K, class F, class T, class Context>
struct launched;
template <key K, class F, class T, class Context>
    requires strata::core::parts::is_defined<kernel<K.kind, K, F, T>>
struct launched<K, F, T, Context> {
    static void run(const call<T>& c, Context& context) { launch<K, F>(c, context); }
};

/// Chunk j's samples [first, last) of the batch, whatever the task is: in a step over rows or over the whole its range
/// is not one of samples, and samples_of_task would be wrong.
struct samples_of_chunk {
    int first, last;
    template <class T>
    STRATA_HD samples_of_chunk(const call<T>& c, int j)
        : first(j * c.chunk_size), last(first + c.chunk_size < c.batch ? first + c.chunk_size : c.batch) {}
};

/// Where the partial value of chunk j begins, of `size` elements a chunk.
template <class T>
STRATA_HD T* partial_of_chunk(T* partials, int j, long long size) {
    return partials + j * padded_to(size, alignment_elements);
}

/// What affine and conv do with a sum before they store it: the function fused into them, if any.
template <key K, class F, class T>
STRATA_HD T epilogue(T y) {
    if constexpr (K.function >= 0) return F::f(y);
    else return y;
}

} // namespace strata::inline STRATA_ABI::on_cuda

#if defined(__CUDACC__)
#pragma nv_diag_default 20011, 20014
#endif
