#pragma once
#include <concepts>
#include <initializer_list>
#include <string>
#include <string_view>

namespace strata::inline v0_1 {

/// One word of a sentence: a text or an integer. (Of any kind, without a template: see sentence.)
class word {
  public:
    word(const char* text) : text_(text) {}
    word(std::string_view text) : text_(text) {}
    word(const std::string& text) : text_(text) {}
    template <std::integral Number>
    word(Number number) : number_(static_cast<unsigned long long>(number)), kind_(kind::natural) {
        if constexpr (std::signed_integral<Number>)
            if (number < 0) number_ = 0ULL - number_, kind_ = kind::negative;
    }

    void append_to(std::string& sentence) const {
        if (kind_ == kind::text) {
            sentence.append(text_.data(), text_.size());
            return;
        }
        if (kind_ == kind::negative) sentence.push_back('-');
        char digits[20];
        int n = 0;
        unsigned long long rest = number_;
        do digits[n++] = static_cast<char>('0' + rest % 10);
        while ((rest /= 10) != 0);
        while (n > 0) sentence.push_back(digits[--n]);
    }

  private:
    enum class kind { text, natural, negative };
    std::string_view text_;
    unsigned long long number_ = 0;
    kind kind_ = kind::text;
};

/// Puts a run-time message together: `sentence({"the file holds ", n, " bytes."})`. One function for all
/// messages, out of line and cold, so that chains of string additions cost no caller compile time.
[[nodiscard, gnu::noinline, gnu::cold]] inline std::string sentence(std::initializer_list<word> words) {
    std::string result;
    for (const word& w : words) w.append_to(result);
    return result;
}

} // namespace strata::inline v0_1
