#pragma once
/// check — checks every status of CUDA and cuBLAS: anything but success becomes a device_error that names the call, its
/// operation, and that operation's shapes.
#include <strata/base/error.hpp>
#include <strata/base/words/sentence.hpp>
#include <strata/plan/key.hpp>

#include <cublas_v2.h>
#include <cuda_runtime_api.h>
#include <thrust/system_error.h>

namespace strata::inline STRATA_ABI::on_cuda {

/// The current work, for messages: an operation over a batch, or nothing in particular.
struct occasion {
    const char* name = ""; ///< of the operation
    const key* operation = nullptr;
    int batch = 0;
};

[[gnu::cold, gnu::noinline]] inline std::string words_of(const occasion& now) {
    if (now.operation == nullptr) return {};
    std::string words = sentence({" in the operation ", now.name, ", "});
    for (const shape* const s : {&now.operation->x, &now.operation->y}) {
        words += s == &now.operation->x ? "[" : " to [";
        for (int axis = 0; axis < s->rank; ++axis) words += sentence({axis == 0 ? "" : ", ", (*s)[axis]});
        words += "]";
    }
    return words + sentence({" for ", now.batch, " samples"});
}

[[noreturn, gnu::cold, gnu::noinline]] inline void refuse(const char* reason, const char* call, const occasion& now) {
    static_cast<void>(cudaGetLastError()); // so that the next call is not blamed for it
    raise<device_error>(
        sentence({"strata: ", call, " failed", words_of(now), ": ", reason,
                  ". Errors of earlier work on the GPU can arrive late; compute-sanitizer names their origin."}));
}
inline void check(cudaError_t status, const char* call, const occasion& now = {}) {
    if (status != cudaSuccess) refuse(cudaGetErrorString(status), call, now);
}
inline void check(cublasStatus_t status, const char* call, const occasion& now = {}) {
    if (status != CUBLAS_STATUS_SUCCESS) refuse(cublasGetStatusString(status), call, now);
}

/// Calls f; what Thrust throws becomes a device_error.
template <class F>
decltype(auto) guarded(const char* call, const occasion& now, F&& f) {
    try {
        return f();
    } catch (const thrust::system_error& failure) {
        refuse(failure.what(), call, now);
    }
}

/// While it lives, CUDA calls of this thread go to a device; then to the one before.
class on_device {
  public:
    explicit on_device(int device) : device_(device) {
        check(cudaGetDevice(&before_), "cudaGetDevice");
        if (device_ != before_) check(cudaSetDevice(device_), "cudaSetDevice");
    }
    ~on_device() {
        if (device_ != before_) static_cast<void>(cudaSetDevice(before_));
    }
    on_device(const on_device&) = delete;
    on_device& operator=(const on_device&) = delete;

  private:
    int device_, before_ = 0;
};

} // namespace strata::inline STRATA_ABI::on_cuda
