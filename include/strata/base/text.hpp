#pragma once
/// text — builds a sentence during constant evaluation (and at run time): `text{}.add("layer ", 4, " of ", 9)`.
#include <strata/base/growing.hpp>
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
    [[nodiscard]] constexpr int size() const { return characters_.size(); }
    [[nodiscard]] constexpr char operator[](int i) const { return characters_[i]; }
    [[nodiscard]] constexpr const char* begin() const { return characters_.begin(); }
    [[nodiscard]] constexpr const char* end() const { return characters_.end(); }

  private:
    constexpr void one(const char* part) {
        for (; *part != 0; ++part) characters_.push(*part);
    }
    constexpr void one(const text& part) {
        for (char c : part) characters_.push(c);
    }
    constexpr void one(char part) { characters_.push(part); }
    constexpr void one(int part) { one(static_cast<long long>(part)); }
    constexpr void one(long long part) {
        if (part < 0) characters_.push('-');
        char digits[24]{};
        int n = 0;
        unsigned long long rest = part < 0 ? 0ULL - static_cast<unsigned long long>(part)
                                           : static_cast<unsigned long long>(part);
        do digits[n++] = static_cast<char>('0' + rest % 10);
        while ((rest /= 10) != 0);
        while (n > 0) characters_.push(digits[--n]);
    }
    /// At most six decimals, without trailing zeros: enough for a rate or a slope.
    constexpr void one(double part) {
        if (part < 0) characters_.push('-'), part = -part;
        auto millionths = static_cast<long long>(part * 1e6 + 0.5);
        one(millionths / 1'000'000);
        long long rest = millionths % 1'000'000;
        if (rest == 0) return;
        characters_.push('.');
        for (long long unit = 100'000; rest != 0; unit /= 10) {
            characters_.push(static_cast<char>('0' + rest / unit));
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

    growing<char> characters_;
};

} // namespace strata::inline v0_1
