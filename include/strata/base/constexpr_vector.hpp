#pragma once
/// constexpr_vector<T> — an array for constant evaluation: without a fixed capacity, and with a fraction of the
/// evaluation steps that std::vector takes of clang's default limit of 1,048,576.
#include <strata/base/abi.hpp>

#include <memory>
#include <type_traits>

namespace strata::inline STRATA_ABI {

template <class T>
class constexpr_vector {
    // Elements are constructed by copying only and never destroyed: default construction of a large aggregate is what
    // costs evaluation steps.
    static_assert(std::is_trivially_copyable_v<T> && std::is_trivially_destructible_v<T>);

  public:
    constexpr constexpr_vector() = default;
    constexpr constexpr_vector(const constexpr_vector& other) { assign(other.data_, other.size_); }
    constexpr constexpr_vector(constexpr_vector&& other) noexcept
        : data_(other.data_), size_(other.size_), capacity_(other.capacity_) {
        other.data_ = nullptr;
        other.size_ = other.capacity_ = 0;
    }
    constexpr constexpr_vector& operator=(const constexpr_vector& other) {
        if (this != &other) {
            release();
            assign(other.data_, other.size_);
        }
        return *this;
    }
    constexpr constexpr_vector& operator=(constexpr_vector&& other) noexcept {
        T* const data = data_;
        const int size = size_, capacity = capacity_;
        data_ = other.data_, size_ = other.size_, capacity_ = other.capacity_;
        other.data_ = data, other.size_ = size, other.capacity_ = capacity;
        return *this;
    }
    constexpr ~constexpr_vector() { release(); }

    constexpr void push(const T& item) { // one expression: statements are what clang counts
        size_ == capacity_ ? grow_and_push(item) : static_cast<void>(std::construct_at(data_ + size_++, item));
    }
    constexpr void resize(int size, const T& fill = T{}) {
        if (size > capacity_) reserve(size < 4 * capacity_ ? 4 * capacity_ : size); // side tables grow one by one
        for (int i = size_; i < size; ++i) std::construct_at(data_ + i, fill);
        size_ = size;
    }
    constexpr void assign(const T* items, int size) {
        size_ = 0;
        reserve(size);
        for (int i = 0; i < size; ++i) std::construct_at(data_ + i, items[i]);
        size_ = size;
    }
    constexpr void pop() { --size_; }
    constexpr void erase(int index) {
        for (int i = index + 1; i < size_; ++i) data_[i - 1] = data_[i];
        --size_;
    }
    constexpr void clear() { size_ = 0; }

    [[nodiscard]] constexpr int size() const { return size_; }
    [[nodiscard]] constexpr bool empty() const { return size_ == 0; }
    constexpr T& operator[](int i) { return data_[i]; }
    constexpr const T& operator[](int i) const { return data_[i]; }
    constexpr T& back() { return data_[size_ - 1]; }
    constexpr const T& back() const { return data_[size_ - 1]; }
    constexpr T* begin() { return data_; }
    constexpr T* end() { return data_ + size_; }
    constexpr const T* begin() const { return data_; }
    constexpr const T* end() const { return data_ + size_; }

  private:
    /// The item may stand in this very array: it is copied before the old memory goes. The capacity grows fourfold,
    /// since in constant evaluation copies cost steps and memory that holds nothing costs none.
    constexpr void grow_and_push(const T& item) {
        const T copy = item;
        reserve(capacity_ == 0 ? 16 : 4 * capacity_);
        std::construct_at(data_ + size_++, copy);
    }
    constexpr void reserve(int capacity) {
        if (capacity <= capacity_) return;
        T* const data = std::allocator<T>().allocate(static_cast<unsigned>(capacity));
        for (int i = 0; i < size_; ++i) std::construct_at(data + i, data_[i]);
        if (data_ != nullptr) std::allocator<T>().deallocate(data_, static_cast<unsigned>(capacity_));
        data_ = data;
        capacity_ = capacity;
    }
    constexpr void release() {
        if (data_ != nullptr) std::allocator<T>().deallocate(data_, static_cast<unsigned>(capacity_));
        data_ = nullptr;
        size_ = capacity_ = 0;
    }

    T* data_ = nullptr;
    int size_ = 0;
    int capacity_ = 0;
};

} // namespace strata::inline STRATA_ABI
