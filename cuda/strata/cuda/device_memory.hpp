#pragma once
/// device_memory<T> — numbers in the memory of a GPU, zero at first; and device_staging<T>, which uploads a
/// caller's numbers and downloads results. Both are required of a machine by <strata/run/host.hpp>.
#include <strata/cuda/device_allocator.hpp>

#include <thrust/device_vector.h>
#include <utility>

namespace strata::inline STRATA_ABI::on_cuda {

/// A place on a GPU: its address is of no use on the host.
template <class T>
struct device_view {
    T* at = nullptr;
    long long count = 0;
    [[nodiscard]] T* data() const noexcept { return at; }
    [[nodiscard]] long long size() const noexcept { return count; }
};

template <class T>
class device_memory {
  public:
    device_memory() = default;
    /// Errors   device_error where the GPU has no such memory
    device_memory(int device, cudaStream_t stream, long long elements)
        : numbers_(device_allocator<T>(device)), stream_(stream) {
        const on_device here(device);
        guarded("the making of a block on the GPU", {}, [&] { numbers_.resize(static_cast<std::size_t>(elements)); });
    }
    /// Behind all work on the other's stream.
    device_memory(const device_memory& other) : device_memory(other.device(), other.stream_, other.size()) {
        move(data(), other.data(), size(), cudaMemcpyDeviceToDevice);
    }
    device_memory(device_memory&& other) noexcept = default;
    device_memory& operator=(device_memory other) noexcept {
        numbers_.swap(other.numbers_);
        std::swap(stream_, other.stream_);
        return *this;
    }
    ~device_memory() = default;

    /// Copies n numbers from place `first` on to the caller, or the caller's to there; done when it returns.
    void read(long long first, long long n, T* to) const { move(to, data() + first, n, cudaMemcpyDeviceToHost); }
    void write(long long first, long long n, const T* from) { move(data() + first, from, n, cudaMemcpyHostToDevice); }

    /// The same without waiting, from and to pinned memory.
    void begin_read(long long first, long long n, T* to) const { begin(to, data() + first, n, cudaMemcpyDeviceToHost); }
    void begin_write(long long first, long long n, const T* from) {
        begin(data() + first, from, n, cudaMemcpyHostToDevice);
    }
    void clear() {
        if (size() == 0) return;
        const on_device here(device());
        check(cudaMemsetAsync(data(), 0, bytes(), stream_), "cudaMemsetAsync");
    }

    [[nodiscard]] T* data() const noexcept { return const_cast<T*>(thrust::raw_pointer_cast(numbers_.data())); }
    [[nodiscard]] long long size() const noexcept { return static_cast<long long>(numbers_.size()); }
    [[nodiscard]] std::size_t bytes() const noexcept { return numbers_.size() * sizeof(T); }
    [[nodiscard]] device_view<T> view() const noexcept { return {data(), size()}; }

  private:
    void begin(T* to, const T* from, long long n, cudaMemcpyKind kind) const {
        if (n == 0) return;
        const on_device here(device());
        check(cudaMemcpyAsync(to, from, static_cast<std::size_t>(n) * sizeof(T), kind, stream_), "cudaMemcpyAsync");
    }
    void move(T* to, const T* from, long long n, cudaMemcpyKind kind) const {
        if (n == 0) return;
        begin(to, from, n, kind);
        const on_device here(device());
        check(cudaStreamSynchronize(stream_), "cudaStreamSynchronize");
    }

    [[nodiscard]] int device() const noexcept { return numbers_.get_allocator().device(); }

    thrust::device_vector<T, device_allocator<T>> numbers_;
    cudaStream_t stream_ = nullptr;
};

template <class T>
class device_staging {
  public:
    template <class Policy>
    device_staging(const Policy& p, long long elements) : there_(p.device, p.stream, elements) {}

    T* upload(const T* from, long long n) {
        there_.write(0, n, from);
        return there_.data();
    }
    [[nodiscard]] T* slot(T*) const noexcept { return there_.data(); }
    void download(T* to, long long n) const { there_.read(0, n, to); }

    /// The same of pinned memory, without waiting: the copy takes its place among the work on the stream.
    T* begin_upload(const T* from, long long n) {
        there_.begin_write(0, n, from);
        return there_.data();
    }
    void begin_download(T* to, long long n) const { there_.begin_read(0, n, to); }

  private:
    device_memory<T> there_;
};

} // namespace strata::inline STRATA_ABI::on_cuda
