#pragma once
#include <cstddef>
#include <memory>
#include <span>
#include <strata/base/error.hpp>
#include <strata/base/sentence.hpp>
#include <strata/data/data_set.hpp>
#include <strata/data/split.hpp>
#include <string>
#include <utility>
#include <vector>

namespace strata::inline v0_1::data {

/// subset<Data> — some samples of another data set, chosen by index. It holds a copy of the data set (cheap
/// where the set shares its storage, as in_memory does) and shares its list: copies cost nothing.
///
/// Errors   shape_error for an index beyond the data set's size
template <data_set Data> class subset {
  public:
    using target_type = typename Data::target_type;

    subset(Data data, std::vector<std::size_t> indices)
        : data_(std::move(data)),
          indices_(std::make_shared<const std::vector<std::size_t>>(std::move(indices))) {
        for (const std::size_t i : *indices_)
            if (i >= data_.size())
                raise<shape_error>(sentence({"strata: a subset names sample ", i, " of a data set of ",
                                             data_.size(), ": the indices start at 0."}));
    }

    [[nodiscard]] std::size_t size() const { return indices_->size(); }
    [[nodiscard]] shape sample_shape() const { return data_.sample_shape(); }
    [[nodiscard]] int classes() const requires labelled<Data> { return data_.classes(); }
    [[nodiscard]] shape target_shape() const requires dense_targets<Data> { return data_.target_shape(); }
    [[nodiscard]] const std::string& origin() const requires requires(const Data& d) { d.origin(); }
    { return data_.origin(); }
    /// Which samples of the underlying data set these are.
    [[nodiscard]] const std::vector<std::size_t>& indices() const { return *indices_; }

    /// Reads sample i of the subset. The underlying set sees its own index, so that an augmentation belongs
    /// to the sample and not to its place in the subset.
    void read(std::size_t i, key k, std::span<float> x, target_type& target) const {
        if (i >= size())
            raise<shape_error>(sentence(
                {"strata: sample ", i, " was asked of a subset of ", size(), ": the indices start at 0."}));
        data_.read((*indices_)[i], k, x, target);
    }

    /// Two disjoint, covering subsets, the first with round(fraction · size()) samples; see split_indices.
    [[nodiscard]] std::pair<subset, subset> split(double fraction, seed s) const {
        auto [first, second] = split_indices(size(), fraction, s);
        for (std::size_t& i : first) i = (*indices_)[i];
        for (std::size_t& i : second) i = (*indices_)[i];
        return {subset(data_, std::move(first)), subset(data_, std::move(second))};
    }

  private:
    Data data_;
    std::shared_ptr<const std::vector<std::size_t>> indices_;
};

} // namespace strata::inline v0_1::data
