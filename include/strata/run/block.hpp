#pragma once
/// block<T> — contiguous memory at a 64-byte boundary, zero at first: the memory of the host policies.
#include <strata/base/error.hpp>
#include <strata/base/words/sentence.hpp>

#include <cstddef>
#include <cstring>
#include <new>
#include <span>

namespace strata::inline STRATA_ABI::core {

template <class T>
class block {
  public:
    block() = default;
    /// Errors   error where the system has no such memory
    explicit block(long long elements) : size_(elements) {
        if (elements == 0) return;
        data_ = static_cast<T*>(::operator new(bytes(), alignment, std::nothrow));
        if (data_ == nullptr)
            raise(sentence({"strata: ", bytes(), " bytes of memory could not be allocated. Use a smaller batch."}));
        clear();
    }
    block(const block& other) : block(other.size_) {
        if (size_ != 0) std::memcpy(data_, other.data_, bytes());
    }
    block(block&& other) noexcept : data_(other.data_), size_(other.size_) {
        other.data_ = nullptr;
        other.size_ = 0;
    }
    block& operator=(block other) noexcept {
        T* const data = data_;
        const long long size = size_;
        data_ = other.data_, size_ = other.size_;
        other.data_ = data, other.size_ = size;
        return *this;
    }
    ~block() { ::operator delete(data_, alignment); }

    void clear() noexcept {
        if (size_ != 0) std::memset(static_cast<void*>(data_), 0, bytes());
    }
    /// Copies n numbers from place `first` on to the caller, or the caller's to there.
    void read(long long first, long long n, T* to) const noexcept {
        if (n != 0) std::memcpy(to, data_ + first, static_cast<std::size_t>(n) * sizeof(T));
    }
    void write(long long first, long long n, const T* from) noexcept {
        if (n != 0) std::memcpy(data_ + first, from, static_cast<std::size_t>(n) * sizeof(T));
    }
    [[nodiscard]] std::span<T> view() noexcept { return {data_, static_cast<std::size_t>(size_)}; }
    [[nodiscard]] std::span<const T> view() const noexcept { return {data_, static_cast<std::size_t>(size_)}; }
    [[nodiscard]] T* data() const noexcept { return data_; }
    [[nodiscard]] long long size() const noexcept { return size_; }
    [[nodiscard]] std::size_t bytes() const noexcept { return static_cast<std::size_t>(size_) * sizeof(T); }

  private:
    static constexpr std::align_val_t alignment{64};
    T* data_ = nullptr;
    long long size_ = 0;
};

} // namespace strata::inline STRATA_ABI::core
