#pragma once
/// Matrix products of other libraries, where CMake found them: c = a·b, row-major, a [m, k], b [k, n]; or with a or b
/// transposed in memory. Each is a struct with a name and `multiply`.
#if defined(STRATA_BENCH_OPENBLAS)
#include <cblas.h>
#endif
#if defined(STRATA_BENCH_ONEDNN)
#include <dnnl.h>
#endif
#if defined(STRATA_BENCH_EIGEN)
#include <Eigen/Core>
#endif

namespace strata_bench {

#if defined(STRATA_BENCH_OPENBLAS)
struct openblas {
    static constexpr const char* name = "openblas";
    static void multiply(bool turn_a, bool turn_b, int m, int n, int k, const float* a, const float* b, float* c) {
        cblas_sgemm(CblasRowMajor, turn_a ? CblasTrans : CblasNoTrans, turn_b ? CblasTrans : CblasNoTrans, m, n, k, 1, a,
                    turn_a ? m : k, b, turn_b ? k : n, 0, c, n);
    }
};
#endif
#if defined(STRATA_BENCH_ONEDNN)
struct onednn {
    static constexpr const char* name = "onednn";
    static void multiply(bool turn_a, bool turn_b, int m, int n, int k, const float* a, const float* b, float* c) {
        dnnl_sgemm(turn_a ? 'T' : 'N', turn_b ? 'T' : 'N', m, n, k, 1, a, turn_a ? m : k, b, turn_b ? k : n, 0, c, n);
    }
};
#endif
#if defined(STRATA_BENCH_EIGEN)
struct eigen {
    static constexpr const char* name = "eigen";
    static void multiply(bool turn_a, bool turn_b, int m, int n, int k, const float* a, const float* b, float* c) {
        using matrix = Eigen::Matrix<float, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
        using view = Eigen::Map<const matrix>;
        Eigen::Map<matrix> y(c, m, n);
        if (turn_a) y.noalias() = view(a, k, m).transpose() * view(b, k, n);
        else if (turn_b) y.noalias() = view(a, m, k) * view(b, n, k).transpose();
        else y.noalias() = view(a, m, k) * view(b, k, n);
    }
};
#endif

} // namespace strata_bench
