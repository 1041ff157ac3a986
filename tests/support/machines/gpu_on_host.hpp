#pragma once
/// gpu_on_host — the kernels of the `gpu` policy on this computer: the same plans, the same code of every item, one
/// item after the other; products come from a readable gemm with the contract of BLAS. What it cannot show is left to
/// the tests with a device: that kernels start, and that cuBLAS keeps its contract.
#include "host_run.hpp"

#include <strata/cuda/kernels.hpp>
#include <strata/run/host.hpp>

namespace strata_tests {

/// Column-major C [m, n] = op(A) [m, k] · op(B) [k, n], as cublas<T>gemm has it with alpha 1 and beta 0.
struct host_context {
    static void begin(const strata::core::key&, int) {}
    template <class T>
    static void gemm(bool transpose_a, bool transpose_b, int m, int n, int k, const T* a, int lda, const T* b, int ldb,
                     T* c, int ldc) {
        for (int i = 0; i < m; ++i)
            for (int j = 0; j < n; ++j) {
                T sum = 0;
                for (int l = 0; l < k; ++l)
                    sum += (transpose_a ? a[l + i * lda] : a[i + l * lda])
                           * (transpose_b ? b[j + l * ldb] : b[l + j * ldb]);
                c[i + j * ldc] = sum;
            }
    }
    template <class Kernel, class T>
    static void each_item(long long items, const strata::core::call<T>& c) {
        // Backwards: no item may stand on another.
        for (long long i = items - 1; i >= 0; --i) Kernel::item(c, i);
    }
};

/// A kernel of the policy; incomplete where there is none.
template <strata::core::key K, class F, class T>
struct launched_on_host;
template <strata::core::key K, class F, class T>
    requires strata::core::parts::is_defined<strata::on_cuda::kernel<K.kind, K, F, T>>
struct launched_on_host<K, F, T> {
    static void run(const strata::core::call<T>& c) noexcept {
        host_context context;
        strata::on_cuda::launch<K, F>(c, context);
    }
};

struct gpu_on_host {
    int threads = 1;
    template <class T>
    static constexpr strata::core::target_numbers numbers() {
        return strata::on_cuda::target<T>;
    }
    template <strata::core::key K, class F, class T>
    using kernel = launched_on_host<K, F, T>;
    using machine = strata::core::host;
    static constexpr const char* name = "gpu_on_host";
};

/// A run whose steps are not divided: every kernel gets the whole batch at once.
template <class Plan, class T>
struct run_type<Plan, gpu_on_host, T> {
    struct type : any_run<T> {
        explicit type(int batch) : any_run<T>(facts_of<Plan>(batch), batch) {}
        void execute() override {
            for (const strata::core::step& s : Plan::data.steps)
                strata::core::kernel_table<Plan, gpu_on_host, T>.rows[s.kernel](
                    strata::core::whole_call(s, this->frame_));
        }
    };
};

} // namespace strata_tests
