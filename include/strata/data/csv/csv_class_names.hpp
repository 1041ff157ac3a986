#pragma once
#include <strata/base/error.hpp>
#include <strata/base/words/sentence.hpp>
#include <strata/data/csv/csv_options.hpp>
#include <strata/data/csv/decimal.hpp>

#include <algorithm>
#include <cstddef>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace strata::inline STRATA_ABI::data {

/// csv_class_names — the texts of a column of classes or categories and the numbers that they stand for: those
/// that were given, or else those met. Where all of them are numbers, equal numbers are one class, however they
/// are written ("1", "+1" and "1.0"), and its name is the spelling that was met first.
class csv_class_names {
  public:
    csv_class_names() = default;
    [[gnu::cold]] csv_class_names(std::vector<std::string> given, class_order order, const std::string& path)
        : names_(std::move(given)), given_(!names_.empty()), order_(order) {
        for (std::size_t c = 0; c < names_.size(); ++c)
            if (!numbers_.emplace(names_[c], static_cast<int>(c)).second) refuse_twice(names_[c], path);
        number_the_decimals();
        if (!decimals_.empty() && decimals_.size() < names_.size())
            for (std::size_t c = 0; c < names_.size(); ++c)
                if (decimals_.at(*decimal::of(names_[c])) != static_cast<int>(c)) refuse_twice(names_[c], path);
    }

    [[nodiscard]] const std::vector<std::string>& names() const { return names_; }
    [[nodiscard]] int size() const { return static_cast<int>(names_.size()); }
    /// Are all of them numbers? Known when they are in order.
    [[nodiscard]] bool all_numbers() const { return !decimals_.empty(); }
    [[nodiscard]] const std::map<decimal, int>& decimals() const { return decimals_; }
    /// The number of a text, −1 where it has none.
    [[nodiscard]] int find(std::string_view text) const {
        const auto known = numbers_.find(text);
        return known != numbers_.end() ? known->second : decimals_.empty() ? -1 : find_decimal(text);
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
        std::vector<int> now(names_.size());
        if (given_) {
            for (std::size_t c = 0; c < now.size(); ++c) now[c] = static_cast<int>(c);
            return now;
        }
        number_the_decimals();
        const bool numbers = !decimals_.empty();
        std::vector<int> order; // of the names that stand for their class
        for (std::size_t c = 0; c < names_.size(); ++c)
            if (!numbers || decimals_.at(*decimal::of(names_[c])) == static_cast<int>(c))
                order.push_back(static_cast<int>(c));
        if (order_ == class_order::sorted) {
            if (numbers) {
                order.clear();
                for (const auto& each : decimals_) order.push_back(each.second);
            } else {
                std::sort(order.begin(), order.end(), [&](int a, int b) {
                    return names_[static_cast<std::size_t>(a)] < names_[static_cast<std::size_t>(b)];
                });
            }
        }
        std::vector<std::string> sorted;
        for (const int c : order) {
            now[static_cast<std::size_t>(c)] = static_cast<int>(sorted.size());
            sorted.push_back(names_[static_cast<std::size_t>(c)]);
        }
        for (auto& [text, number] : numbers_) {
            const int first = numbers ? decimals_.at(*decimal::of(text)) : number;
            const int to = now[static_cast<std::size_t>(first)];
            now[static_cast<std::size_t>(number)] = to, number = to;
        }
        for (auto& each : decimals_) each.second = now[static_cast<std::size_t>(each.second)];
        names_ = std::move(sorted);
        return now;
    }

  private:
    [[noreturn, gnu::cold, gnu::noinline]] static void refuse_twice(const std::string& name, const std::string& path) {
        raise<file_error>(
            sentence({"strata: the class names for ", path, " contain '", name, "' twice. List each class once."}));
    }
    /// Fills the table of decimals where all names are numbers, the first of equal ones counting; else empties it.
    [[gnu::cold]] void number_the_decimals() {
        decimals_.clear();
        for (std::size_t c = 0; c < names_.size(); ++c) {
            auto number = decimal::of(names_[c]);
            if (!number) {
                decimals_.clear();
                return;
            }
            decimals_.emplace(std::move(*number), static_cast<int>(c));
        }
    }
    [[nodiscard, gnu::cold, gnu::noinline]] int find_decimal(std::string_view text) const {
        const auto number = decimal::of(text);
        const auto known = number ? decimals_.find(*number) : decimals_.end();
        return known == decimals_.end() ? -1 : known->second;
    }

    std::vector<std::string> names_;
    std::map<std::string, int, std::less<>> numbers_; ///< every spelling
    std::map<decimal, int> decimals_;                 ///< where all names are numbers
    bool given_ = false;
    class_order order_ = class_order::sorted;
};

} // namespace strata::inline STRATA_ABI::data
