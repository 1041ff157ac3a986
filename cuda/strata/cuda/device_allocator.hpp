#pragma once
/// device_allocator<T> — memory of one GPU for thrust::device_vector. It is freed on the GPU that it was taken from,
/// and freeing never throws: after a failure of the GPU the error must still reach the caller.
#include <strata/cuda/status.hpp>

#include <thrust/device_malloc_allocator.h>

namespace strata::inline STRATA_ABI::on_cuda {

template <class T>
class device_allocator : public thrust::device_malloc_allocator<T> {
  public:
    using base = thrust::device_malloc_allocator<T>;
    using pointer = typename base::pointer;
    using size_type = typename base::size_type;
    template <class U>
    struct rebind {
        using other = device_allocator<U>;
    };

    device_allocator() = default;
    explicit device_allocator(int device) : device_(device) {}
    template <class U>
    device_allocator(const device_allocator<U>& other) : device_(other.device()) {}
    [[nodiscard]] int device() const noexcept { return device_; }

    /// Errors   device_error with the bytes asked for and the bytes free
    pointer allocate(size_type count) {
        const on_device here(device_);
        void* at = nullptr;
        const auto bytes = static_cast<std::size_t>(count) * sizeof(T);
        const cudaError_t status = cudaMalloc(&at, bytes);
        if (status == cudaErrorMemoryAllocation) {
            static_cast<void>(cudaGetLastError());
            std::size_t free = 0, total = 0;
            static_cast<void>(cudaMemGetInfo(&free, &total));
            raise<device_error>(
                sentence({"strata: GPU ", device_, " cannot allocate ", bytes, " bytes: only ", free, " of its ", total,
                          " are free. Use a smaller network or batch, or a GPU with more memory."}));
        }
        check(status, "cudaMalloc");
        return pointer(static_cast<T*>(at));
    }
    void deallocate(pointer at, size_type) noexcept {
        int before = 0;
        static_cast<void>(cudaGetDevice(&before));
        if (before != device_) static_cast<void>(cudaSetDevice(device_));
        static_cast<void>(cudaFree(thrust::raw_pointer_cast(at)));
        if (before != device_) static_cast<void>(cudaSetDevice(before));
    }
    friend bool operator==(const device_allocator& a, const device_allocator& b) { return a.device_ == b.device_; }
    friend bool operator!=(const device_allocator& a, const device_allocator& b) { return !(a == b); }

  private:
    int device_ = 0;
};

} // namespace strata::inline STRATA_ABI::on_cuda
