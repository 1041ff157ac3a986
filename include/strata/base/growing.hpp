#pragma once
/// growing<T> — the growing array of constant evaluation: no fixed capacity, and a fraction of the evaluation steps
/// that std::vector takes under clang's default limit of 1,048,576.
namespace strata::inline v0_1 {

template <class T>
class growing {
  public:
    constexpr growing() = default;
    constexpr growing(const growing& other) { assign(other); }
    constexpr growing(growing&& other) noexcept
        : data_(other.data_), size_(other.size_), capacity_(other.capacity_) {
        other.data_ = nullptr;
        other.size_ = other.capacity_ = 0;
    }
    constexpr growing& operator=(const growing& other) {
        if (this != &other) {
            delete[] data_;
            data_ = nullptr;
            size_ = capacity_ = 0;
            assign(other);
        }
        return *this;
    }
    constexpr growing& operator=(growing&& other) noexcept {
        T* const data = data_;
        const int size = size_, capacity = capacity_;
        data_ = other.data_, size_ = other.size_, capacity_ = other.capacity_;
        other.data_ = data, other.size_ = size, other.capacity_ = capacity;
        return *this;
    }
    constexpr ~growing() { delete[] data_; }

    constexpr void push(const T& item) {
        if (size_ == capacity_) reserve(capacity_ == 0 ? 16 : 2 * capacity_);
        data_[size_++] = item;
    }
    constexpr void resize(int size, const T& fill = T{}) {
        reserve(size);
        for (int i = size_; i < size; ++i) data_[i] = fill;
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
    constexpr void reserve(int capacity) {
        if (capacity <= capacity_) return;
        T* const data = new T[static_cast<unsigned>(capacity)]{};
        for (int i = 0; i < size_; ++i) data[i] = data_[i];
        delete[] data_;
        data_ = data;
        capacity_ = capacity;
    }
    constexpr void assign(const growing& other) {
        reserve(other.size_);
        for (int i = 0; i < other.size_; ++i) data_[i] = other.data_[i];
        size_ = other.size_;
    }

    T* data_ = nullptr;
    int size_ = 0;
    int capacity_ = 0;
};

} // namespace strata::inline v0_1
