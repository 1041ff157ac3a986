#pragma once
#include <strata/base/error.hpp>
#include <strata/base/sentence.hpp>
#include <strata/data/csv_options.hpp>

#include <algorithm>
#include <charconv>
#include <cstddef>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

namespace strata::inline STRATA_ABI::data {

/// csv_class_names — the texts of a class column and the numbers that they stand for: those given in the
/// options, or else those met.
class csv_class_names {
  public:
    [[gnu::cold]] csv_class_names(const csv_options& options, const std::string& path)
        : names_(options.class_names), given_(!names_.empty()), order_(options.order) {
        for (std::size_t c = 0; c < names_.size(); ++c)
            if (!numbers_.emplace(names_[c], static_cast<int>(c)).second)
                raise<file_error>(sentence({"strata: the class names given for ", path, " hold '", names_[c],
                                            "' twice: a class has one number."}));
    }

    [[nodiscard]] const std::vector<std::string>& names() const { return names_; }
    [[nodiscard]] int size() const { return static_cast<int>(names_.size()); }
    /// The number of a text, −1 where it has none.
    [[nodiscard]] int find(std::string_view text) const {
        const auto known = numbers_.find(text);
        return known == numbers_.end() ? -1 : known->second;
    }
    /// The same; where no names were given a new text gets the next number.
    [[gnu::cold]] int meet(std::string_view text) {
        const int known = find(text);
        if (known >= 0 || given_) return known;
        numbers_.emplace(text, size());
        names_.emplace_back(text);
        return size() - 1;
    }
    /// Puts the names that were met into the order that was asked for: for each number up to now, the new
    /// one.
    [[nodiscard, gnu::cold]] std::vector<int> put_in_order() {
        std::vector<std::string> sorted = names_;
        if (!given_ && order_ == class_order::sorted) {
            if (std::all_of(sorted.begin(), sorted.end(), is_whole_number))
                std::sort(sorted.begin(), sorted.end(),
                          [](const std::string& a, const std::string& b) { return std::stoll(a) < std::stoll(b); });
            else std::sort(sorted.begin(), sorted.end());
        }
        std::vector<int> now(sorted.size());
        for (std::size_t c = 0; c < sorted.size(); ++c) {
            int& number = numbers_[sorted[c]];
            now[static_cast<std::size_t>(number)] = static_cast<int>(c);
            number = static_cast<int>(c);
        }
        names_ = std::move(sorted);
        return now;
    }

  private:
    /// Without a plus sign or zeros in front.
    [[nodiscard, gnu::cold]] static bool is_whole_number(std::string_view text) {
        long long n = 0;
        const auto [stop, problem] = std::from_chars(text.data(), text.data() + text.size(), n);
        return problem == std::errc() && stop == text.data() + text.size() && sentence({n}) == text;
    }

    std::vector<std::string> names_;
    std::map<std::string, int, std::less<>> numbers_;
    bool given_;
    class_order order_;
};

} // namespace strata::inline STRATA_ABI::data
