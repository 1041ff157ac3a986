#pragma once
#include <strata/base/abi.hpp>

#include <concepts>
#include <cstddef>
#include <initializer_list>
#include <string>
#include <string_view>

namespace strata::inline STRATA_ABI {

/// One word of a sentence: a text or an integer. (Of any kind, without a template: see sentence.)
class sentence_part {
  public:
    sentence_part(const char* text) : sentence_part(std::string_view(text)) {}
    sentence_part(std::string_view text) : text_(text.data()), number_(text.size()), kind_(kind::text) {}
    sentence_part(const std::string& text) : sentence_part(std::string_view(text)) {}
    template <std::integral Number>
    sentence_part(Number number) : number_(static_cast<unsigned long long>(number)), kind_(kind::natural) {
        if constexpr (std::signed_integral<Number>)
            if (number < 0) number_ = 0ULL - number_, kind_ = kind::negative;
    }

    void append_to(std::string& sentence) const {
        if (kind_ == kind::text) {
            sentence.append(text_, number_);
            return;
        }
        char digits[21]; // the last comes first
        char* const end = digits + sizeof digits;
        char* begin = end;
        unsigned long long rest = number_;
        do *--begin = static_cast<char>('0' + rest % 10);
        while ((rest /= 10) != 0);
        if (kind_ == kind::negative) *--begin = '-';
        sentence.append(begin, static_cast<std::size_t>(end - begin));
    }

  private:
    // Few members: a message stores them for each of its words.
    enum class kind { text, natural, negative };
    const char* text_ = nullptr;
    unsigned long long number_; ///< or the text's length
    kind kind_;
};

/// Puts a run-time message together: `sentence({"the file holds ", n, " bytes."})`. One function for all
/// messages, out of line and cold, so that chains of string additions cost no caller compile time.
[[nodiscard, gnu::noinline, gnu::cold]] inline std::string sentence(std::initializer_list<sentence_part> words) {
    std::string result;
    for (const sentence_part& w : words) w.append_to(result);
    return result;
}

} // namespace strata::inline STRATA_ABI
