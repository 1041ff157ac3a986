#pragma once
/// text — builds a sentence during constant evaluation (and at run time): `text{}.add("layer ", 4, " of ", 9)`.
#include <strata/base/shape.hpp>

namespace strata::inline STRATA_ABI {

class text {
  public:
    template <class... Parts>
    constexpr text& add(const Parts&... parts) {
        int in_order[] = {(one(parts), 0)..., 0};
        (void)in_order;
        return *this;
    }
    /// The text, or so much of it that it takes at most `longest` bytes with "..." at its end; it is not cut within a
    /// character of UTF-8, nor between a letter and its accents.
    [[nodiscard]] constexpr text shortened(int longest) const {
        if (size() <= longest) return *this;
        int kept = longest - 3;
        const auto continues = [this](int i) {
            const auto byte = static_cast<unsigned char>(characters_[i]);
            return (byte & 0xc0) == 0x80 || byte == 0xcc || byte == 0xcd; // within, or a combining U+0300 to U+036F
        };
        while (kept > 0 && continues(kept)) --kept;
        text t;
        t.append(characters_, kept);
        return t.add("...");
    }
    [[nodiscard]] constexpr int size() const { return size_; }
    [[nodiscard]] constexpr char operator[](int i) const { return characters_[i]; }
    [[nodiscard]] constexpr const char* begin() const { return characters_; }
    [[nodiscard]] constexpr const char* end() const { return characters_ + size_; }

    constexpr text() = default;
    constexpr text(const text& other) { append(other.characters_, other.size_); }
    constexpr text(text&& other) noexcept
        : characters_(other.characters_), size_(other.size_), capacity_(other.capacity_) {
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
        unsigned long long rest =
            part < 0 ? 0ULL - static_cast<unsigned long long>(part) : static_cast<unsigned long long>(part);
        do digits[n++] = static_cast<char>('0' + rest % 10);
        while ((rest /= 10) != 0);
        while (n > 0) one(digits[--n]);
    }
    /// x · 10^power; of the powers that a double holds exactly, correctly rounded.
    static constexpr double scaled(double x, int power) {
        for (; power > 22; power -= 22) x *= 1e22;
        for (; power < -22; power += 22) x /= 1e22;
        double ten = 1;
        for (int i = power < 0 ? power : -power; i < 0; ++i) ten *= 10;
        return power < 0 ? x / ten : x * ten;
    }
    /// With the fewest digits that tell it from other numbers: 0.2, 1e-8, 2.5e30. (What has more than fifteen, like a
    /// third, or lies far from 1, may be off in the last of seventeen.)
    constexpr void one(double part) {
        if (part != part) return one("nan");
        if (part < 0) one('-'), part = -part;
        if (part == 0) return one('0');
        if (part > 1.7976931348623157e308) return one("infinity");
        int exponent = 0;
        for (double rest = part; rest >= 10; rest /= 10) ++exponent;
        for (double rest = part; rest < 1; rest *= 10) --exponent;
        int count = part < 1e300 ? 1 : 17; // as digits that are tried may be above the largest number
        long long number = 0;
        for (;; ++count) {
            number = static_cast<long long>(scaled(part, count - 1 - exponent) + 0.5);
            if (count >= 17 || scaled(static_cast<double>(number), exponent + 1 - count) == part) break;
        }
        int power = exponent + 1 - count; // part = number · 10^power
        for (; number % 10 == 0; number /= 10) ++power;
        text digits;
        digits.one(number);
        const int point = digits.size_ + power; // how many digits stand before it
        if (point > 21 || point < -5) {
            append(digits.characters_, 1);
            if (digits.size_ > 1) one('.'), append(digits.characters_ + 1, digits.size_ - 1);
            one('e'), one(point - 1);
        } else if (point <= 0) {
            one("0.");
            for (int i = point; i < 0; ++i) one('0');
            one(digits);
        } else {
            for (int i = 0; i < point; ++i) one(i < digits.size_ ? digits[i] : '0');
            if (power < 0) one('.'), append(digits.characters_ + point, digits.size_ - point);
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

} // namespace strata::inline STRATA_ABI
