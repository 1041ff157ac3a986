#pragma once
/// Matrix products of row-major matrices by a library with column-major matrices, such as BLAS. To such a library, a
/// row-major matrix [rows, columns] is its own transpose, so  C = A · B  is requested as  Cᵀ = Bᵀ · Aᵀ.
#include <strata/base/host_device.hpp>

namespace strata::inline STRATA_ABI::on_cuda {

/// A matrix of a product: row-major, `columns` numbers a row, used directly or transposed.
template <class T>
struct factor {
    const T* data;
    int columns;
    bool transposed = false;
};

/// C [m, n] = A [m, k] · B [k, n], the extents after transposition.
/// The library: gemm(transpose_a, transpose_b, m, n, k, a, lda, b, ldb, c, ldc), C = op(A) op(B), all column-major.
template <class T, class Library>
void multiply(Library& library, int m, int n, int k, const factor<T>& a, const factor<T>& b, T* c) {
    library.gemm(b.transposed, a.transposed, n, m, k, b.data, b.columns, a.data, a.columns, c, n);
}

} // namespace strata::inline STRATA_ABI::on_cuda
