#pragma once
#include <cstddef>
#include <memory>
#include <span>
#include <strata/base/error.hpp>
#include <strata/base/words/sentence.hpp>
#include <strata/data/data_set.hpp>
#include <strata/data/missing_member.hpp>
#include <strata/data/ports.hpp>
#include <strata/data/views/split.hpp>
#include <strata/data/views/view.hpp>
#include <string>
#include <utility>
#include <vector>

namespace strata::inline STRATA_ABI::data {

/// Of what is no data set: one error says so.
template <class Data>
class subset : public explained_view<Data> {
  public:
    subset(const Data&, const std::vector<std::size_t>&) {}
};
template <class Data>
subset(Data, std::vector<std::size_t>) -> subset<Data>;

/// subset<Data> — samples of another data set, chosen by index.
/// It holds a copy of the data set (cheap where the set shares its storage, as in_memory does) and shares its list of
/// indices: copies cost nothing.
///
/// Errors   shape_error for an index beyond the data set's size
template <data_set Data>
class subset<Data> : public view<Data> {
    using view<Data>::data_;

  public:
    using typename view<Data>::target_type;

    subset(Data data, std::vector<std::size_t> indices)
        : view<Data>(std::move(data)), indices_(std::make_shared<const std::vector<std::size_t>>(std::move(indices))) {
        for (const std::size_t i : *indices_)
            if (i >= data_.size())
                raise<shape_error>(sentence({"strata: sample ", i, " of a subset is out of range: the data set has ",
                                             data_.size(), " samples, numbered from 0."}));
    }

    [[nodiscard]] std::size_t size() const { return indices_->size(); }
    /// Which samples of the underlying data set these are.
    [[nodiscard]] const std::vector<std::size_t>& indices() const { return *indices_; }

    /// Reads sample i of the subset. The underlying set sees its own index, so that an augmentation belongs
    /// to the sample and not to its place in the subset.
    void read(std::size_t i, key k, std::span<float> x, target_type& target) const
        requires(reads<Data, float> || reads<Data, double>)
    {
        if (i >= size()) refuse(i);
        this->template read_data<float>((*indices_)[i], k, x, target);
    }
    void read(std::size_t i, key k, std::span<std::int32_t> x, target_type& target) const
        requires reads<Data, std::int32_t>
    {
        if (i >= size()) refuse(i);
        data_.read((*indices_)[i], k, x, target);
    }
    void read(std::size_t i, key k, std::span<double> x, target_for<target_type, double>& target) const
        requires reads<Data, double>
    {
        if (i >= size()) refuse(i);
        data_.read((*indices_)[i], k, x, target);
    }

    /// The class of sample i alone, where the data set can tell it without reading the sample.
    [[nodiscard]] int label(std::size_t i) const
        requires requires(const Data& d) { d.label(std::size_t{}); }
    {
        return data_.label((*indices_)[i]);
    }
    [[nodiscard]] double weight(std::size_t i) const
        requires requires(const Data& d) { d.weight(std::size_t{}); }
    {
        if (i >= size()) refuse(i);
        return static_cast<double>(data_.weight((*indices_)[i]));
    }

    /// Some of these samples, by their numbers here: again a subset of the underlying set, not one of this
    /// subset.
    [[nodiscard]] subset part(std::vector<std::size_t> indices) const {
        for (std::size_t& i : indices) {
            if (i >= size()) refuse(i);
            i = (*indices_)[i];
        }
        return subset(data_, std::move(indices));
    }
    /// Two disjoint, covering subsets, the first with round(fraction · size()) samples; see split_indices.
    [[nodiscard]] std::pair<subset, subset> split(double fraction, seed s) const {
        auto [first, second] = split_indices(size(), fraction, s);
        return {part(std::move(first)), part(std::move(second))};
    }
    /// Three: to train on, to validate with, to test with.
    [[nodiscard]] three_parts<subset> split(double train, double validation, seed s) const {
        auto parts = split_indices(size(), train, validation, s);
        return {part(std::move(parts.train)), part(std::move(parts.validation)), part(std::move(parts.test))};
    }

  private:
    [[noreturn, gnu::cold]] void refuse(std::size_t i) const {
        raise<shape_error>(sentence(
            {"strata: sample ", i, " is out of range: the subset has ", size(), " samples, numbered from 0."}));
    }

    std::shared_ptr<const std::vector<std::size_t>> indices_;
};

/// Samples of a data set of ports.
template <ported_data Data>
class subset<Data> {
  public:
    subset(Data data, std::vector<std::size_t> indices)
        : data_(std::move(data)), indices_(std::make_shared<const std::vector<std::size_t>>(std::move(indices))) {}

    [[nodiscard]] std::size_t size() const { return indices_->size(); }
    [[nodiscard]] const std::vector<std::size_t>& indices() const { return *indices_; }
    [[nodiscard]] std::vector<port> ports() const { return data_.ports(); }
    template <class T>
        requires ported<Data, T>
    void read(std::size_t i, key k, const parts<T>& sample) const {
        data_.read(indices_->at(i), k, sample);
    }
    [[nodiscard]] bool has_weights() const { return data::has_weights(data_); }
    [[nodiscard]] double weight(std::size_t i) const
        requires requires(const Data& d) { d.weight(std::size_t{}); }
    {
        return static_cast<double>(data_.weight(indices_->at(i)));
    }
    [[nodiscard]] subset part(std::vector<std::size_t> indices) const {
        for (std::size_t& i : indices) i = indices_->at(i);
        return subset(data_, std::move(indices));
    }

  private:
    Data data_;
    std::shared_ptr<const std::vector<std::size_t>> indices_;
};

/// The samples with these numbers of any data set. The subset of a subset refers to the original data set.
template <class Data>
[[nodiscard]] auto subset_of(const Data& data, std::vector<std::size_t> indices) {
    if constexpr (!data_set<Data> && !ported_data<Data>) return explained_view<Data>();
    else if constexpr (requires { data.part(std::move(indices)); }) return data.part(std::move(indices));
    else return subset<Data>(data, std::move(indices));
}

/// Splits any data set, views included, as subset and in_memory split themselves:
///   auto [fitted_on, held_out] = data::split(set, 0.9, strata::seed{1});
///   auto [train, validation, test] = data::split(set, 0.8, 0.1, strata::seed{1});
/// Errors   shape_error for fractions outside (0, 1), or ones that leave a part empty
template <class Data>
[[nodiscard]] auto split(const Data& data, double fraction, seed s) {
    auto [first, second] = split_indices(explained_size(data), fraction, s);
    return std::pair{subset_of(data, std::move(first)), subset_of(data, std::move(second))};
}
template <class Data>
[[nodiscard]] auto split(const Data& data, double train, double validation, seed s) {
    auto parts = split_indices(explained_size(data), train, validation, s);
    using part = decltype(subset_of(data, std::move(parts.train)));
    return three_parts<part>{subset_of(data, std::move(parts.train)), subset_of(data, std::move(parts.validation)),
                             subset_of(data, std::move(parts.test))};
}

} // namespace strata::inline STRATA_ABI::data
