#pragma once
#include <strata/data/csv/decimal.hpp>

#include <bit>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <limits>
#include <string_view>
#include <system_error>

namespace strata::inline STRATA_ABI::data {

/// What a text turned out to be.
enum class csv_number_kind { number, text, not_finite, too_large };

/// csv_number — the number that a text is, without blanks around it. It is the double nearest to the text; where
/// rounding that to a float would not give the float nearest to the text, it is the double next to it, which
/// does. What is too small for a double is 0, what is too large for a float is refused.
struct csv_number {
    double value = 0;
    csv_number_kind kind = csv_number_kind::text;

    [[nodiscard]] static csv_number of(std::string_view text) {
        if (text.size() > 1 && text[0] == '+' && text[1] != '-' && text[1] != '+') text.remove_prefix(1);
        const char* const end = text.data() + text.size();
        csv_number n;
        const auto [stop, problem] = std::from_chars(text.data(), end, n.value);
        if (problem == std::errc::result_out_of_range) return beyond_double(text);
        if (problem != std::errc() || stop != end || text.empty()) return {};
        if (starts_with_letter(text)) return {0, csv_number_kind::not_finite}; // by the text: no flag changes it
        n.kind = csv_number_kind::number;
        const double size = n.value < 0 ? -n.value : n.value;
        if (!in_range(n.value)) return {0, csv_number_kind::too_large};
        const bool halfway = (std::bit_cast<std::uint64_t>(n.value) & 0x1fffffff) == 0x10000000;
        if (halfway || (size < 0x1p-126 && size > 0)) round_once(n.value, text);
        return n;
    }

    /// Is it finite, and no larger than a float can hold?
    [[nodiscard]] static constexpr bool in_range(double x) {
        constexpr double largest = 0x1.ffffffp127; // halfway from the largest float to what would be the next
        return x < largest && -x < largest;
    }

  private:
    [[nodiscard]] static bool starts_with_letter(std::string_view text) {
        const char c = text[0] == '-' ? text[1] : text[0];
        return c == 'i' || c == 'I' || c == 'n' || c == 'N';
    }
    [[nodiscard, gnu::cold, gnu::noinline]] static csv_number beyond_double(std::string_view text) {
        const auto number = decimal::of(text);
        if (!number) return {};
        if (number->power > 0) return {0, csv_number_kind::too_large};
        return {number->negative ? -0.0 : 0.0, csv_number_kind::number};
    }
    /// A double halfway between two floats may be the text rounded up or down: rounding it again would forget which.
    [[gnu::cold, gnu::noinline]] static void round_once(double& value, std::string_view text) {
        float nearest = 0;
        const auto parsed = std::from_chars(text.data(), text.data() + text.size(), nearest);
        if (parsed.ec != std::errc()) return;
        const auto twice = static_cast<float>(value);
        if (nearest == twice) return;
        const double far = std::numeric_limits<double>::max();
        value = std::nextafter(value, nearest > twice ? far : -far);
    }
};

} // namespace strata::inline STRATA_ABI::data
