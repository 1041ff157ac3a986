#pragma once
#include <strata/base/abi.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace strata::inline STRATA_ABI::data {

/// Blanks in front of a text and behind it, the no-break space included.
[[nodiscard]] inline std::string_view trimmed(std::string_view text) {
    constexpr std::string_view blank = " \t\r\n\v\f", no_break = "\xc2\xa0";
    for (;;) {
        const std::size_t before = text.size();
        while (!text.empty() && blank.find(text.front()) != std::string_view::npos) text.remove_prefix(1);
        while (!text.empty() && blank.find(text.back()) != std::string_view::npos) text.remove_suffix(1);
        if (text.substr(0, 2) == no_break) text.remove_prefix(2);
        if (text.size() >= 2 && text.substr(text.size() - 2) == no_break) text.remove_suffix(2);
        if (text.size() == before) return text;
    }
}

/// decimal — a number as it is written, without rounding: 0.d₁d₂d₃… · 10^power. It compares exactly, so that
/// 9 stands before 10, "+1", "1" and "1.0" are equal, and two long numbers are never taken for one another.
struct decimal {
    static constexpr long long farthest = 1'000'000'000; ///< powers stay within ±farthest

    bool negative = false;
    long long power = 0;
    std::string digits{}; ///< without zeros at either end; none: the number is 0

    [[nodiscard]] bool whole() const { return digits.empty() || power >= static_cast<long long>(digits.size()); }

    friend bool operator==(const decimal&, const decimal&) = default;
    friend bool operator<(const decimal& a, const decimal& b) {
        if (a.negative != b.negative) return a.negative;
        const decimal &low = a.negative ? b : a, &high = a.negative ? a : b; // by magnitude
        if (low.digits.empty() || high.digits.empty()) return low.digits.empty() && !high.digits.empty();
        return low.power != high.power ? low.power < high.power : low.digits < high.digits;
    }

    /// The number that a text is; none where it is no decimal number. "nan" and "inf" are none.
    [[nodiscard, gnu::cold]] static std::optional<decimal> of(std::string_view text) {
        decimal number;
        std::size_t i = 0;
        if (i < text.size() && (text[i] == '+' || text[i] == '-')) number.negative = text[i++] == '-';
        bool any = false, point = false;
        for (; i < text.size(); ++i) {
            const char c = text[i];
            if (c == '.' && !point) {
                point = true;
                continue;
            }
            if (c < '0' || c > '9') break;
            any = true;
            if (c == '0' && number.digits.empty()) {
                number.power -= point;
                continue;
            }
            number.digits.push_back(c);
            number.power += !point;
        }
        if (!any) return std::nullopt;
        if (i < text.size() && (text[i] == 'e' || text[i] == 'E')) {
            bool down = false;
            if (++i < text.size() && (text[i] == '+' || text[i] == '-')) down = text[i++] == '-';
            if (i == text.size()) return std::nullopt;
            long long power = 0;
            for (; i < text.size() && text[i] >= '0' && text[i] <= '9'; ++i)
                if (power < farthest) power = power * 10 + (text[i] - '0');
            number.power += down ? -power : power;
        }
        if (i != text.size()) return std::nullopt;
        while (!number.digits.empty() && number.digits.back() == '0') number.digits.pop_back();
        if (number.digits.empty()) return decimal{};
        number.power = number.power > farthest ? farthest : number.power < -farthest ? -farthest : number.power;
        return number;
    }
};

} // namespace strata::inline STRATA_ABI::data
