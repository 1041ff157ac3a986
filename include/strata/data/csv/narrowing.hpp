#pragma once
#include <strata/base/abi.hpp>
#include <strata/base/words/sentence.hpp>

#include <bit>
#include <charconv>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <string>
#include <vector>

namespace strata::inline STRATA_ABI::data {

/// narrowing — looks for different doubles of one column that become the same float: timestamps a second apart, long
/// identifiers. It remembers 4,096 floats, so that it costs little and may miss two that stand far apart. The loss is
/// worth a word where a whole number is lost, or more than one in twenty of all numbers.
class narrowing {
  public:
    void add(double x) {
        ++count_;
        const double size = x < 0 ? -x : x;
        if (seen_.empty()) {
            if (size < 0x1p24 && x == static_cast<double>(static_cast<int>(x))) return; // a small whole number
            seen_.resize(places);
        }
        const auto narrow = static_cast<float>(x);
        const auto bits = std::bit_cast<std::uint32_t>(narrow);
        place& p = seen_[(bits * std::uint32_t{2654435769}) >> (32 - place_bits)];
        const double apart = p.number < x ? x - p.number : p.number - x;
        if (p.taken && apart > tiny && static_cast<float>(p.number) == narrow) {
            ++lost_;
            const bool whole = is_whole(x) && is_whole(p.number);
            if (lost_ == 1 || (whole && !whole_)) one_ = p.number, other_ = x;
            whole_ = whole_ || whole;
        }
        p = {x, true};
    }
    [[nodiscard]] bool loses() const { return whole_ || lost_ > count_ / 20; }
    /// Two of the numbers, as text: "1700000000 and 1700000001".
    [[nodiscard, gnu::cold]] std::string two() const { return text_of(one_) + " and " + text_of(other_); }

    /// Says on stderr what a model of fp32 does not see; `where` names file and column.
    [[gnu::cold, gnu::noinline]] void say(const std::string& where) const {
        std::fprintf(stderr,
                     "strata: note: %s: %s round to the same float in an fp32 model (floats near %s are %s apart). To "
                     "keep them distinct, train with strata::fp64, or wrap the data in strata::data::normalised, which "
                     "subtracts the mean before rounding.\n",
                     where.c_str(), two().c_str(), text_of(one_).c_str(), text_of(spacing(one_)).c_str());
    }

  private:
    static constexpr double tiny = 1e-37; ///< what vanishes beside 0 is no loss
    static constexpr int place_bits = 12;
    static constexpr std::size_t places = std::size_t{1} << place_bits;
    struct place {
        double number = 0;
        bool taken = false;
    };

    [[nodiscard]] static bool is_whole(double x) {
        const double size = x < 0 ? -x : x;
        return size >= 0x1p52 || x == static_cast<double>(static_cast<std::int64_t>(x));
    }
    /// From the float that stands for x to the next one.
    [[nodiscard, gnu::cold]] static double spacing(double x) {
        const float at = static_cast<float>(x < 0 ? -x : x);
        return static_cast<double>(std::bit_cast<float>(std::bit_cast<std::uint32_t>(at) + 1))
               - static_cast<double>(at);
    }
    [[nodiscard, gnu::cold]] static std::string text_of(double x) {
        char text[64];
        const bool plain = is_whole(x) && x < 1e18 && x > -1e18;
        const auto end = plain ? std::to_chars(text, text + sizeof text, static_cast<std::int64_t>(x))
                               : std::to_chars(text, text + sizeof text, x);
        return {text, end.ptr};
    }

    std::vector<place> seen_; ///< none before the first number that may be lost
    std::size_t count_ = 0, lost_ = 0;
    bool whole_ = false;
    double one_ = 0, other_ = 0;
};

/// Looks at each element of samples of `each` numbers, one after the other, and says which ones floats do not hold.
[[gnu::cold, gnu::noinline]] inline void say_narrowing(const std::vector<double>& numbers, std::size_t each,
                                                       const char* what, const char* of, const std::string& origin) {
    for (std::size_t j = 0; j < each && j < numbers.size(); ++j) {
        narrowing element;
        for (std::size_t i = j; i < numbers.size(); i += each) element.add(numbers[i]);
        if (element.loses())
            element.say(sentence({origin.empty() ? "data in memory" : origin.c_str(), ", ", what, j, of}));
    }
}

} // namespace strata::inline STRATA_ABI::data
