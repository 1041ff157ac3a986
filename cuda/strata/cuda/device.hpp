#pragma once
/// device — the machine of the `gpu` policy: what <strata/run/host.hpp> is for the host, on an NVIDIA GPU. A plan's
/// steps are launched one after the other on one stream, each over the whole batch; nothing waits until numbers are
/// asked for.
#include <strata/cuda/device_memory.hpp>
#include <strata/cuda/device_step_memory.hpp>
#include <strata/cuda/grid.hpp>
#include <strata/cuda/kernels.hpp>
#include <strata/cuda/largest_batch.hpp>
#include <strata/cuda/step_functions.hpp>
#include <strata/cuda/update.hpp>
#include <strata/run/executor.hpp>
#include <strata/run/host.hpp>
#include <strata/run/kernel_table.hpp>
#include <strata/run/thread_pool.hpp>

#include <memory>
#include <type_traits>
#include <vector>

namespace strata::inline STRATA_ABI::on_cuda {

/// A thread makes item i, i + all threads, ...
template <class Kernel, class T>
__global__ void make_items(const call<T> c, long long items) {
    const long long threads = static_cast<long long>(gridDim.x) * blockDim.x;
    for (long long i = static_cast<long long>(blockIdx.x) * blockDim.x + threadIdx.x; i < items; i += threads)
        Kernel::item(c, i);
}

/// One thread does it.
template <class F>
__global__ void run_once(const F f) {
    f();
}
/// A thread does it for i, i + all threads, ...
template <class F>
__global__ void run_each(const F f, long long n) {
    const long long threads = static_cast<long long>(gridDim.x) * blockDim.x;
    for (long long i = static_cast<long long>(blockIdx.x) * blockDim.x + threadIdx.x; i < n; i += threads) f(i);
}

/// A kernel to ask whether there is code for a card.
template <class T>
__global__ void code_for_this_gpu() {}

/// A stream of one device and a handle of cuBLAS: runs plans.
class device_context {
  public:
    template <class Policy>
    explicit device_context(const Policy& p) : device_(p.device), stream_(p.stream) {
        const on_device here(device_);
        cublasHandle_t made = nullptr;
        check(cublasCreate(&made), "cublasCreate");
        library_.reset(made);
        check(cublasSetStream(made, stream_), "cublasSetStream");
        check(cublasSetMathMode(made, CUBLAS_PEDANTIC_MATH),
              "cublasSetMathMode"); // no TF32, whatever the environment says
    }

    /// All steps of the plan, or those in [first, last).
    template <class Plan, class Policy, class T>
    void run(const frame<T>& f, int first = 0, int last = Plan::steps) {
        const on_device here(device_);
        for (int t = first; t < last; ++t) {
            const step& s = Plan::data.steps[t];
            now_.name = Plan::data.names[s.kernel];
            kernel_table<Plan, Policy, T>.rows[s.kernel](whole_call(s, f), *this);
        }
    }
    /// Step t of the plan alone, finished when it returns.
    template <class Plan, class Policy, class T>
    void run_one(int t, const frame<T>& f) {
        const on_device here(device_);
        const step& s = Plan::data.steps[t];
        now_.name = Plan::data.names[s.kernel];
        kernel_table<Plan, Policy, T>.rows[s.kernel](whole_call(s, f), *this);
        check(cudaStreamSynchronize(stream_), "cudaStreamSynchronize", now_);
    }

    // ---- what launch() asks for: see kernel.hpp and products.hpp -------------------------------------------------

    void begin(const key& operation, int batch) { now_.operation = &operation, now_.batch = batch; }
    template <class Kernel, class T>
    void each_item(long long items, const call<T>& c) {
        const grid g = grid_of(items);
        make_items<Kernel, T><<<g.blocks, g.threads, 0, stream_>>>(c, items);
        check(cudaGetLastError(), "the launch of a kernel", now_);
    }
    void gemm(bool transpose_a, bool transpose_b, int m, int n, int k, const float* a, int lda, const float* b, int ldb,
              float* c, int ldc) {
        const float one = 1, zero = 0;
        check(cublasSgemm(library_.get(), form(transpose_a), form(transpose_b), m, n, k, &one, a, lda, b, ldb, &zero, c,
                          ldc),
              "cublasSgemm", now_);
    }
    void gemm(bool transpose_a, bool transpose_b, int m, int n, int k, const double* a, int lda, const double* b,
              int ldb, double* c, int ldc) {
        const double one = 1, zero = 0;
        check(cublasDgemm(library_.get(), form(transpose_a), form(transpose_b), m, n, k, &one, a, lda, b, ldb, &zero, c,
                          ldc),
              "cublasDgemm", now_);
    }

  protected:
    static cublasOperation_t form(bool transposed) { return transposed ? CUBLAS_OP_T : CUBLAS_OP_N; }
    struct destroy {
        void operator()(cublasHandle_t handle) const noexcept { static_cast<void>(cublasDestroy(handle)); }
    };
    int device_ = 0;
    cudaStream_t stream_ = nullptr;
    std::unique_ptr<std::remove_pointer_t<cublasHandle_t>, destroy> library_;
    occasion now_;
};

/// The same for a trainer: samples are gathered by threads of the host, the optimiser follows on the stream.
template <class Policy>
class device_training : public device_context {
  public:
    explicit device_training(const Policy& p) : device_context(p), pool_(std::make_unique<thread_pool>(p.threads)) {}

    template <class Plan, class T>
    void run(const frame<T>& f, int first = 0, int last = Plan::steps) {
        device_context::run<Plan, Policy>(f, first, last);
    }
    template <class Plan, class T>
    void run_one(int t, const frame<T>& f) {
        device_context::run_one<Plan, Policy>(t, f);
    }
    [[nodiscard]] static constexpr int threads() noexcept { return 1; }
    template <class Task>
    void for_each(int tasks, Task&& task) noexcept {
        pool_->run(tasks, task);
    }
    /// n numbers of the GPU's memory, where the caller can read them until the next call.
    template <class T>
    const T* read_back(const T* there, long long n) {
        const on_device here(device_);
        seen_.resize(static_cast<std::size_t>(n) * sizeof(T));
        if (n > 0) {
            check(cudaMemcpyAsync(seen_.data(), there, seen_.size(), cudaMemcpyDeviceToHost, stream_),
                  "cudaMemcpyAsync", now_);
            check(cudaStreamSynchronize(stream_), "cudaStreamSynchronize", now_);
        }
        return reinterpret_cast<const T*>(seen_.data());
    }
    template <class T>
    void copy(const T* from, long long n, T* to) {
        if (n == 0) return;
        const on_device here(device_);
        check(cudaMemcpyAsync(to, from, static_cast<std::size_t>(n) * sizeof(T), cudaMemcpyDeviceToDevice, stream_),
              "cudaMemcpyAsync");
    }
    /// f(i) for i in [0, n), a thread each.
    template <class F>
    void for_elements(long long n, const F& f) {
        if (n == 0) return;
        const on_device here(device_);
        const grid g = grid_of(n);
        run_each<F><<<g.blocks, g.threads, 0, stream_>>>(f, n);
        check(cudaGetLastError(), "the launch of a loop over parameters");
    }

    // ---- the parts of a step that read or change its state: nothing waits ----------------------------------------

    using step_memory = device_step_memory;

    template <class F>
    void for_elements(const step_memory& s, long long n, const F& f) {
        for_elements(n, while_finite<F>{s.there(), f});
    }
    template <class T>
    void keep(const step_memory& s, const T* from, long long n, T* to) {
        for_elements(s, n, copy_element<T>{from, to});
    }
    template <class T>
    void take_loss(step_memory& s, const T* loss, bool trains) {
        once(on_cuda::take_loss<T>{s.there(), loss, trains});
    }
    template <class T>
    void limit_norm(step_memory& s, double most, T* gradient, long long n) {
        if (sums_.size() == 0) sums_ = device_memory<double>(device_, stream_, first_sums + second_sums);
        double *const first = sums_.data(), *const second = first + first_sums;
        for_elements(first_sums, sum_squares<T>{gradient, n, first});
        for_elements(second_sums, sum_sums{first, second});
        once(finish_norm{s.there(), second});
        check_finite(s, not_finite::gradient, gradient, 0, n); // before a factor of zero hides it
        for_elements(s, n, on_cuda::limit_norm<T>{s.there(), most, gradient});
    }
    template <class T>
    void check_finite(step_memory& s, not_finite what, const T* x, long long first, long long n) {
        for_elements(n, find_not_finite<T>{s.there(), x, first, what});
    }
    void advance(step_memory& s, double rate_factor) {
        s.count_step();
        once(on_cuda::advance{s.there(), rate_factor});
    }
    /// As it is: the GPU has the factor of its rate.
    template <class Optimizer>
    static const Optimizer& of_step(const step_memory&, const Optimizer& optimizer) noexcept {
        return optimizer;
    }
    template <class Optimizer, class T>
    void update(step_memory& s, const Optimizer& optimizer, const T* gradient, T* parameter, T* all_slots, long long n,
                long long slot_size) {
        using rule = rule_of<Optimizer, T>;
        once(make_rule<Optimizer, T>{s.there(), optimizer, s.rule<rule>()});
        for_elements(
            s, n,
            element_update<rule, Optimizer::states, T>{s.rule<rule>(), gradient, parameter, all_slots, slot_size});
        check_finite(s, not_finite::model, parameter, 0, n);
    }

  private:
    template <class F>
    void once(const F& f) {
        const on_device here(device_);
        run_once<F><<<1, 1, 0, stream_>>>(f);
        check(cudaGetLastError(), "the launch of a kernel");
    }
    std::unique_ptr<thread_pool> pool_;
    std::vector<std::byte> seen_;
    device_memory<double> sums_; ///< of a gradient's squares
};

struct device {
    template <class T>
    using memory = device_memory<T>;
    template <class T>
    using staging = device_staging<T>;
    template <class T>
    using caller_memory = pinned_memory<T>;
    template <class T>
    using function = void (*)(const call<T>&, device_context&);
    template <class Plan, class Policy, class T>
    static constexpr long long scratch = 0; // a kernel's threads have registers and shared memory
    using inference = device_context;
    template <class Policy>
    using training = device_training<Policy>;
    template <class Plan, class Model, class Loss, class... Others>
    using training_step = detail::training_step<Plan, Model, Loss, Others...>;

    template <class T, class Policy>
    static memory<T> allocate(const Policy& p, long long elements) {
        return {p.device, p.stream, elements};
    }
    template <class Policy, class Bytes>
    static void require_memory(const Policy& p, int batch, const Bytes& bytes) {
        require_bytes(batch, free_bytes(p), bytes);
    }
    /// Do that many bytes fit at present?
    template <class Policy>
    static bool fits(const Policy& p, long long bytes) {
        return bytes <= free_bytes(p);
    }

  private:
    /// Of the GPU's memory, without what cuBLAS takes for its own work with each handle.
    template <class Policy>
    static long long free_bytes(const Policy& p) {
        constexpr long long of_the_library = 64LL << 20;
        const on_device here(p.device);
        std::size_t free = 0, total = 0;
        check(cudaMemGetInfo(&free, &total), "cudaMemGetInfo");
        return static_cast<long long>(free) - of_the_library;
    }
};

} // namespace strata::inline STRATA_ABI::on_cuda
