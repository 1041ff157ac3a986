#pragma once
/// text — builds a sentence during constant evaluation (and at run time): `text{}.add("layer ", 4, " of ", 9)`.
#include <strata/base/shape.hpp>

namespace strata::inline v0_1 {

class text {
  public:
    template <class... Parts>
    constexpr text& add(const Parts&... parts) {
        int in_order[] = {(one(parts), 0)..., 0};
        (void)in_order;
        return *this;
    }
    /// The text, or so much of it that it takes `longest` characters with "..." at its end.
    [[nodiscard]] constexpr text shortened(int longest) const {
        if (size() <= longest) return *this;
        text t;
        t.append(characters_, longest - 3);
        return t.add("...");
    }
    [[nodiscard]] constexpr int size() const { return size_; }
    [[nodiscard]] constexpr char operator[](int i) const { return characters_[i]; }
    [[nodiscard]] constexpr const char* begin() const { return characters_; }
    [[nodiscard]] constexpr const char* end() const { return characters_ + size_; }

    constexpr text() = default;
    constexpr text(const text& other) { append(other.characters_, other.size_); }
    constexpr text(text&& other) noexcept : characters_(other.characters_), size_(other.size_), capacity_(other.capacity_) {
        other.characters_ = nullptr;
        other.size_ = other.capacity_ = 0;
    }
    constexpr text& operator=(const text& other) {
        if (this == &other) return *this;
        size_ = 0;
        append(other.characters_, other.size_);
        return *this;
    }
    constexpr ~text() { delete[] characters_; }

  private:
    // Few statements per character: each counts against the compiler's evaluation steps.
    constexpr void append(const char* part, int count) {
        if (size_ + count > capacity_) {
            capacity_ = size_ + count > 2 * capacity_ ? size_ + count + 64 : 2 * capacity_;
            char* const grown = new char[static_cast<unsigned>(capacity_)];
            for (int i = 0; i < size_; ++i) grown[i] = characters_[i];
            delete[] characters_;
            characters_ = grown;
        }
        for (int i = 0; i < count; ++i) characters_[size_ + i] = part[i];
        size_ += count;
    }
    constexpr void one(const char* part) {
        int count = 0;
        while (part[count] != 0) ++count;
        append(part, count);
    }
    constexpr void one(const text& part) { append(part.characters_, part.size_); }
    constexpr void one(char part) { append(&part, 1); }
    constexpr void one(int part) { one(static_cast<long long>(part)); }
    constexpr void one(long long part) {
        if (part < 0) one('-');
        char digits[24]{};
        int n = 0;
        unsigned long long rest = part < 0 ? 0ULL - static_cast<unsigned long long>(part)
                                           : static_cast<unsigned long long>(part);
        do digits[n++] = static_cast<char>('0' + rest % 10);
        while ((rest /= 10) != 0);
        while (n > 0) one(digits[--n]);
    }
    /// At most six decimals, without trailing zeros: enough for a rate or a slope.
    constexpr void one(double part) {
        if (part < 0) one('-'), part = -part;
        auto millionths = static_cast<long long>(part * 1e6 + 0.5);
        one(millionths / 1'000'000);
        long long rest = millionths % 1'000'000;
        if (rest == 0) return;
        one('.');
        for (long long unit = 100'000; rest != 0; unit /= 10) {
            one(static_cast<char>('0' + rest / unit));
            rest %= unit;
        }
    }
    constexpr void one(const shape& part) {
        one('[');
        for (int axis = 0; axis < part.rank; ++axis) {
            if (axis != 0) one(", ");
            one(part[axis]);
        }
        one(']');
    }

    char* characters_ = nullptr;
    int size_ = 0, capacity_ = 0;
};

} // namespace strata::inline v0_1
