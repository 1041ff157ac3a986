#pragma once
/// pinned_memory<T> — numbers of the host that a GPU copies from and to by itself, while the host goes on; zero at
/// first.
#include <strata/cuda/status.hpp>

#include <cstring>
#include <memory>

namespace strata::inline STRATA_ABI::on_cuda {

template <class T>
class pinned_memory {
  public:
    pinned_memory() = default;
    /// Errors   device_error where the system has no such memory
    explicit pinned_memory(long long elements) : size_(elements) {
        if (elements == 0) return;
        void* at = nullptr;
        const std::size_t bytes = static_cast<std::size_t>(elements) * sizeof(T);
        check(cudaHostAlloc(&at, bytes, cudaHostAllocPortable), "cudaHostAlloc");
        std::memset(at, 0, bytes);
        numbers_.reset(static_cast<T*>(at));
    }
    [[nodiscard]] T* data() const noexcept { return numbers_.get(); }
    [[nodiscard]] long long size() const noexcept { return size_; }

  private:
    struct release {
        void operator()(T* at) const noexcept { static_cast<void>(cudaFreeHost(at)); }
    };
    std::unique_ptr<T, release> numbers_;
    long long size_ = 0;
};

} // namespace strata::inline STRATA_ABI::on_cuda
