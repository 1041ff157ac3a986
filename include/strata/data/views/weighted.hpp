#pragma once
#include <strata/base/error.hpp>
#include <strata/base/words/sentence.hpp>
#include <strata/data/data_set.hpp>
#include <strata/data/readers/refused_reads.hpp>
#include <strata/data/target_memory.hpp>
#include <strata/data/views/view.hpp>

#include <concepts>
#include <cstddef>
#include <iterator>
#include <memory>
#include <span>
#include <type_traits>
#include <utility>
#include <vector>

namespace strata::inline STRATA_ABI::data {

/// weighed_sample<Target> — a sample as the function of `weighted` sees it.
/// Where the targets are classes, it has `int label`, the class, in the place of `target`.
template <class Target>
struct weighed_sample {
    std::size_t index = 0;
    std::span<const double> x{};      ///< its numbers
    std::span<const double> target{}; ///< its target
    double weight = 1;                ///< that it had so far
};
template <>
struct weighed_sample<class_index> {
    std::size_t index = 0;
    std::span<const double> x{}; ///< its numbers
    int label = 0;               ///< its class
    double weight = 1;           ///< that it had so far
};
template <>
struct weighed_sample<class_indices> {
    std::size_t index = 0;
    std::span<const double> x{};            ///< its numbers
    std::span<const std::int32_t> labels{}; ///< the class of each position
    double weight = 1;                      ///< that it had so far
};

/// Of what is no data set: one error says so.
template <class Data>
class weighted : public explained_view<Data> {
  public:
    template <class By>
    weighted(const Data&, const By&) {}
    weighted(const Data&, const std::vector<double>&) {}
};
template <class Data, class By>
weighted(Data, By) -> weighted<Data>;
template <class Data>
weighted(Data, std::vector<double>) -> weighted<Data>;

/// weighted<Data> — a view of a data set whose samples have weights from a formula or a list.
///
///   auto more = data::weighted(houses, [](const auto& sample) { return 100 / sample.x[0]; }); // by the first feature
///   auto fair = data::weighted(flowers, [](const auto& sample) { return sample.label == 2 ? 5 : 1; });
///   auto listed = data::weighted(houses, std::vector<double>{1, 0.5, 2});                     // one for each sample
///
/// A list is any range of numbers: a std::vector<int>, an array, a std::span. The function is called once for each
/// sample when the view is made, with its index, numbers `x`, `label` (of classes) or `target` (of values), and the
/// `weight` that it had. What it returns replaces that weight. A weight is from 0 to the largest float;
/// docs/training.md tells what it does. The view keeps 8 bytes for each sample. Below an augmentation,
/// augmented(weighted(train, f), ...), the function sees the samples as they are.
///
/// Errors   shape_error for a weight that is negative, not a number or beyond the floats, and for a list of another
///          length
template <data_set Data>
class weighted<Data> : public view<Data> {
    using view<Data>::data_;

  public:
    using typename view<Data>::target_type;
    using sample = weighed_sample<target_type>;

    template <class Function>
        requires std::is_invocable_r_v<double, const Function&, const sample&>
    weighted(Data data, const Function& weight_of) : view<Data>(std::move(data)) {
        std::vector<double> weights(this->size());
        std::vector<double> x(static_cast<std::size_t>(data_.sample_shape().size()));
        target_memory<Data, double> memory(data_);
        for (std::size_t i = 0; i < weights.size(); ++i) {
            sample one{.index = i};
            one.x = x;
            if constexpr (requires { static_cast<double>(data_.weight(i)); })
                one.weight = static_cast<double>(data_.weight(i));
            read_as<double>(data_, i, key{}, std::span(x), memory.target);
            if constexpr (labelled<Data>) one.label = memory.target.value;
            else if constexpr (labelled_positions<Data>) one.labels = memory.target.into;
            else one.target = memory.target.into;
            weights[i] = static_cast<double>(weight_of(std::as_const(one)));
        }
        keep(std::move(weights));
    }
    weighted(Data data, std::vector<double> weights) : view<Data>(std::move(data)) { keep(std::move(weights)); }
    template <class Weights>
        requires(!std::is_invocable_r_v<double, const Weights&, const sample&>)
    weighted(Data data, const Weights& weights) : weighted(std::move(data), list_of(weights)) {}

    [[nodiscard]] bool has_weights() const { return true; }
    /// How much sample i counts in the loss.
    [[nodiscard]] double weight(std::size_t i) const {
        if (i >= weights_->size()) refuse_sample(i, weights_->size());
        return (*weights_)[i];
    }

    void read(std::size_t i, key k, std::span<float> x, target_type& target) const
        requires(reads<Data, float> || reads<Data, double>)
    {
        this->template read_data<float>(i, k, x, target);
    }
    void read(std::size_t i, key k, std::span<std::int32_t> x, target_type& target) const
        requires reads<Data, std::int32_t>
    {
        data_.read(i, k, x, target);
    }
    void read(std::size_t i, key k, std::span<double> x, target_for<target_type, double>& target) const
        requires reads<Data, double>
    {
        data_.read(i, k, x, target);
    }

  private:
    template <class Weights>
    [[nodiscard, gnu::cold]] static std::vector<double> list_of(const Weights& weights) {
        std::vector<double> all;
        constexpr bool is_list = requires {
            { *std::begin(weights) } -> std::convertible_to<double>;
            std::end(weights);
        };
        static_assert(is_list, "strata: data::weighted needs a weight for each sample: a list of numbers, such as a "
                               "std::vector<double>, or a function of a sample that returns a number.");
        if constexpr (is_list)
            for (auto i = std::begin(weights); i != std::end(weights); ++i) all.push_back(static_cast<double>(*i));
        return all;
    }
    [[gnu::cold]] void keep(std::vector<double> weights) {
        if (weights.size() != this->size())
            raise<shape_error>(sentence({"strata: ", weights.size(), " weights were given for a data set of ",
                                         this->size(), " samples. Give one for each sample."}));
        for (std::size_t i = 0; i < weights.size(); ++i)
            if (!counts_as_weight(weights[i])) refuse_weight(i);
        weights_ = std::make_shared<const std::vector<double>>(std::move(weights));
    }

    std::shared_ptr<const std::vector<double>> weights_;
};

} // namespace strata::inline STRATA_ABI::data
