#pragma once
/// distinct_names — says of each name whether it is the first of its kind, whatever the order in which they come. Names
/// are in sorted lists of lengths that double, so n names take n log(n)^2 comparisons at most. (std::set does the same,
/// but its header is a part of what every program that includes strata has to compile.)
#include <strata/base/abi.hpp>

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <string>
#include <utility>
#include <vector>

namespace strata::inline STRATA_ABI::io::detail {

/// (A template, so that only programs that read such files compile it.)
template <class Name = std::string>
class distinct_names {
  public:
    /// False if it is not new.
    [[gnu::cold]] bool insert(const Name& name) {
        for (const std::vector<Name>& list : lists_)
            if (std::binary_search(list.begin(), list.end(), name)) return false;
        std::vector<Name> added(1, name);
        for (; !lists_.empty() && lists_.back().size() <= added.size(); lists_.pop_back()) {
            std::vector<Name> both;
            both.reserve(lists_.back().size() + added.size());
            std::merge(std::make_move_iterator(lists_.back().begin()), std::make_move_iterator(lists_.back().end()),
                       std::make_move_iterator(added.begin()), std::make_move_iterator(added.end()),
                       std::back_inserter(both));
            added = std::move(both);
        }
        lists_.push_back(std::move(added));
        ++size_;
        return true;
    }
    [[nodiscard]] std::size_t size() const noexcept { return size_; }

  private:
    std::vector<std::vector<Name>> lists_;
    std::size_t size_ = 0;
};

} // namespace strata::inline STRATA_ABI::io::detail
