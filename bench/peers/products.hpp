#pragma once
/// Matrix products of other libraries, where CMake found them: c = a·b, row-major, a [m, k], b [k, n]; or
/// with a or b transposed in memory. Each is a struct with a name and `multiply`; one that does not take b
/// transposed says so.
#if defined(STRATA_BENCH_OPENBLAS)
#include <cblas.h>
#endif
#if defined(STRATA_BENCH_ONEDNN)
#include <dnnl.h>
#endif
#if defined(STRATA_BENCH_EIGEN)
#include <Eigen/Core>
#endif
#if defined(STRATA_BENCH_BLIS)
#define BLIS_DISABLE_BLAS_DEFS // OpenBLAS declares them
#include <blis.h>
#endif
#if defined(STRATA_BENCH_LIBXSMM)
#include <libxsmm.h>
#endif

namespace strata_bench {

#if defined(STRATA_BENCH_OPENBLAS)
struct openblas {
    static constexpr const char* name = "openblas";
    static void multiply(bool transpose_a, bool transpose_b, int m, int n, int k, const float* a, const float* b,
                         float* c) {
        cblas_sgemm(CblasRowMajor, transpose_a ? CblasTrans : CblasNoTrans, transpose_b ? CblasTrans : CblasNoTrans, m,
                    n, k, 1, a, transpose_a ? m : k, b, transpose_b ? k : n, 0, c, n);
    }
};
#endif
#if defined(STRATA_BENCH_ONEDNN)
struct onednn {
    static constexpr const char* name = "onednn";
    static void multiply(bool transpose_a, bool transpose_b, int m, int n, int k, const float* a, const float* b,
                         float* c) {
        dnnl_sgemm(transpose_a ? 'T' : 'N', transpose_b ? 'T' : 'N', m, n, k, 1, a, transpose_a ? m : k, b,
                   transpose_b ? k : n, 0, c, n);
    }
};
#endif
#if defined(STRATA_BENCH_EIGEN)
struct eigen {
    static constexpr const char* name = "eigen";
    static void multiply(bool transpose_a, bool transpose_b, int m, int n, int k, const float* a, const float* b,
                         float* c) {
        using matrix = Eigen::Matrix<float, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
        using view = Eigen::Map<const matrix>;
        Eigen::Map<matrix> y(c, m, n);
        if (transpose_a) y.noalias() = view(a, k, m).transpose() * view(b, k, n);
        else if (transpose_b) y.noalias() = view(a, m, k) * view(b, n, k).transpose();
        else y.noalias() = view(a, m, k) * view(b, k, n);
    }
};
#endif
#if defined(STRATA_BENCH_BLIS)
struct blis {
    static constexpr const char* name = "blis";
    static void multiply(bool transpose_a, bool transpose_b, int m, int n, int k, const float* a, const float* b,
                         float* c) {
        float one = 1, zero = 0;
        bli_sgemm(transpose_a ? BLIS_TRANSPOSE : BLIS_NO_TRANSPOSE, transpose_b ? BLIS_TRANSPOSE : BLIS_NO_TRANSPOSE, m,
                  n, k, &one, const_cast<float*>(a), transpose_a ? m : k, 1, const_cast<float*>(b), transpose_b ? k : n,
                  1, &zero, c, n, 1);
    }
};
#endif
#if defined(STRATA_BENCH_LIBXSMM)
/// Its generated kernels, column-major: cᵀ = bᵀ·aᵀ. They do not take a transposed b, so b is
/// transposed beforehand.
struct libxsmm {
    static constexpr const char* name = "libxsmm";
    static constexpr bool takes_transposed_b = false;
    static void multiply(bool transpose_a, bool, int m, int n, int k, const float* a, const float* b, float* c) {
        const libxsmm_blasint of_b = n, of_a = transpose_a ? m : k, of_c = n;
        const float one = 1, zero = 0;
        const int flags = transpose_a ? LIBXSMM_GEMM_FLAG_TRANS_B : LIBXSMM_GEMM_FLAG_NONE;
        if (const auto kernel = libxsmm_smmdispatch(n, m, k, &of_b, &of_a, &of_c, &one, &zero, &flags, nullptr))
            return kernel(b, a, c);
        libxsmm_sgemm("N", transpose_a ? "T" : "N", &n, &m, &k, &one, b, &of_b, a, &of_a, &zero, c, &of_c);
    }
};
#endif

} // namespace strata_bench
