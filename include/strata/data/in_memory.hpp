#pragma once
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <strata/base/error.hpp>
#include <strata/base/shape.hpp>
#include <strata/base/words/sentence.hpp>
#include <strata/data/csv/narrowing.hpp>
#include <strata/data/data_set.hpp>
#include <strata/data/readers/refused_reads.hpp>
#include <strata/data/views/subset.hpp>
#include <string>
#include <utility>
#include <vector>

namespace strata::inline STRATA_ABI::data {

/// From a stored number to the network's input: x = stored · factor + shift.
struct scaling {
    float factor = 1, shift = 0;

    /// The scaling that takes bytes 0 … 255 to [0, 1] and then to the given mean 0 and deviation 1.
    [[nodiscard]] static constexpr scaling of_bytes(float mean, float deviation) {
        return {1.0f / (255.0f * deviation), -mean / deviation};
    }
};

class csv_encoding;

/// The content of an in_memory data set. Samples are stored one after another, as bytes, floats or doubles; targets are
/// labels with a number of classes, one for each sample or for each position of a shape, or floats or doubles with a
/// shape. A model of fp64 gets every digit of doubles, one
/// of fp32 the nearest floats.
struct contents {
    shape sample{};
    std::vector<std::uint8_t> bytes{};
    std::vector<float> floats{};
    std::vector<double> doubles{};
    scaling scale{};
    std::vector<int> labels{};
    int classes = 0;
    std::vector<float> targets{};
    std::vector<double> double_targets{};
    shape target{};
    std::string origin{};                           ///< where the data came from, for people
    std::vector<std::string> class_names{};         ///< none, or one per class
    std::vector<float> weights{};                   ///< none, or one per sample: how much it counts in the loss
    std::shared_ptr<const csv_encoding> encoding{}; ///< of what came from a CSV file
    std::vector<std::string> feature_names{};       ///< none, or one for each number of a sample
};

/// Errors   shape_error where there is not one weight for each sample, or one is negative or not finite
[[gnu::cold, gnu::noinline]] inline void check_weights(std::span<const float> weights, std::size_t samples) {
    if (weights.size() != samples)
        raise<shape_error>(sentence({"strata: a data set of ", samples, " samples was given ", weights.size(),
                                     " weights: give one weight per sample, or none."}));
    for (std::size_t i = 0; i < samples; ++i)
        if (!counts_as_weight(static_cast<double>(weights[i]))) refuse_weight(i);
}

/// in_memory<Target> — a data set in memory, with class_index, class_indices or values as its targets.
///
///   data::in_memory<> digits{{.sample = shape(1, 28, 28), .bytes = …, .labels = …, .classes = 10}};
///   data::in_memory<data::class_indices> maps{{.sample = shape(3, 8, 8), .floats = …, .labels = …, .classes = 2,
///                                              .target = shape(8, 8)}};   // a label for each pixel
///   data::in_memory<data::values> curve{{.sample = shape(1), .floats = …, .targets = …, .target = shape(2)}};
///   float x[1], y[2];                    // one sample is read into the caller's memory
///   data::values target{y};              // or, where targets are classes: data::class_index target;
///   curve.read(7, {}, x, target);
///
/// It owns its numbers, is immutable, and shares its storage: copies are cheap, and reading is safe from many threads.
/// A note on stderr says where different doubles of one element become the same float.
/// Errors   shape_error where the contents do not fit together, or a read's index or memory does not fit
template <class Target = class_index>
class in_memory {
    static constexpr bool has_label = std::same_as<Target, class_index>, has_labels = !std::same_as<Target, values>;
    static_assert(has_label || !has_labels || std::same_as<Target, class_indices>,
                  "strata: in_memory<Target> takes strata::data::class_index, class_indices or values.");

  public:
    using target_type = Target;

    explicit in_memory(contents c) : all_(std::make_shared<const contents>(std::move(c))) { check(); }

    [[nodiscard]] std::size_t size() const { return size_; }
    [[nodiscard]] shape sample_shape() const { return all_->sample; }
    [[nodiscard]] int classes() const
        requires has_labels
    {
        return all_->classes;
    }
    [[nodiscard]] shape target_shape() const
        requires(!has_label)
    {
        return all_->target;
    }
    [[nodiscard]] const std::string& origin() const { return all_->origin; }
    /// One name per class; none where the data set has none.
    [[nodiscard]] const std::vector<std::string>& class_names() const
        requires has_labels
    {
        return all_->class_names;
    }
    /// The class of sample i alone.
    [[nodiscard]] int label(std::size_t i) const
        requires has_label
    {
        if (i >= size_) refuse_sample(i, size_);
        return all_->labels[i];
    }
    /// Are there numbers that floats would round?
    [[nodiscard]] bool holds_doubles() const { return !all_->doubles.empty() || !all_->double_targets.empty(); }
    [[nodiscard]] bool has_weights() const { return !all_->weights.empty(); }
    /// How much sample i counts in the loss.
    [[nodiscard]] double weight(std::size_t i) const {
        if (i >= size_) refuse_sample(i, size_);
        return has_weights() ? static_cast<double>(all_->weights[i]) : 1;
    }
    /// How the texts of a CSV file became numbers; null where the data are from elsewhere. See csv_encoding.hpp.
    [[nodiscard]] const std::shared_ptr<const csv_encoding>& encoding() const { return all_->encoding; }
    /// "rooms", "town=Delft": one for each number of a sample that came from a CSV file; else none.
    [[nodiscard]] const std::vector<std::string>& feature_names() const { return all_->feature_names; }

    [[gnu::noinline]] void read(std::size_t i, key, std::span<float> x, target_type& target) const {
        read_numbers(i, x, target);
    }
    [[gnu::noinline]] void read(std::size_t i, key, std::span<double> x,
                                target_for<target_type, double>& target) const {
        read_numbers(i, x, target);
    }

    /// Two disjoint, covering subsets, the first with round(fraction · size()) samples, chosen by the seed:
    ///   auto [fitted_on, held_out] = train.split(0.9, strata::seed{1});
    /// Errors   shape_error for a fraction outside (0, 1), or one that leaves a part empty
    [[nodiscard]] auto split(double fraction, seed s) const {
        auto [first, second] = split_indices(size_, fraction, s);
        return std::pair{subset<in_memory>(*this, std::move(first)), subset<in_memory>(*this, std::move(second))};
    }
    /// Three: auto [train, validation, test] = all.split(0.8, 0.1, strata::seed{1});
    [[nodiscard]] auto split(double train, double validation, seed s) const {
        return data::split(*this, train, validation, s);
    }

  private:
    template <class T>
    void read_numbers(std::size_t i, std::span<T> x, target_for<target_type, T>& target) const {
        const contents& all = *all_;
        const auto each = static_cast<std::size_t>(all.sample.size());
        if (i >= size_) refuse_sample(i, size_);
        if (x.size() != each) refuse_memory("sample", each, x.size());
        if (!all.floats.empty()) scale(all.floats.data() + i * each, x);
        else if (all.doubles.empty()) scale(all.bytes.data() + i * each, x);
        else scale(all.doubles.data() + i * each, x);
        if constexpr (has_label) {
            target.value = all.labels[i];
        } else {
            const auto wide = static_cast<std::size_t>(all.target.size());
            if (target.into.size() != wide) refuse_memory("target", wide, target.into.size());
            if constexpr (has_labels) copy(all.labels.data() + i * wide, target.into);
            else if (all.double_targets.empty()) copy(all.targets.data() + i * wide, target.into);
            else copy(all.double_targets.data() + i * wide, target.into);
        }
    }
    /// In the wider of the two types.
    template <class Stored, class T>
    void scale(const Stored* from, std::span<T> x) const {
        using wide = std::conditional_t<std::same_as<Stored, double>, double, T>;
        const auto factor = static_cast<wide>(all_->scale.factor), shift = static_cast<wide>(all_->scale.shift);
        for (std::size_t j = 0; j < x.size(); ++j) x[j] = static_cast<T>(static_cast<wide>(from[j]) * factor + shift);
    }
    template <class Stored, class T>
    static void copy(const Stored* from, std::span<T> to) {
        for (std::size_t j = 0; j < to.size(); ++j) to[j] = static_cast<T>(from[j]);
    }

    [[gnu::cold]] void check() {
        const contents& all = *all_;
        const auto each = static_cast<std::size_t>(all.sample.size() > 0 ? all.sample.size() : 0);
        const std::size_t stored = all.bytes.size() + all.floats.size() + all.doubles.size();
        const int kinds = !all.bytes.empty() + !all.floats.empty() + !all.doubles.empty();
        if (each == 0 || stored % each != 0 || kinds > 1)
            raise<shape_error>(
                sentence({"strata: an in_memory data set with samples of ", each, " elements was given ",
                          all.bytes.size(), " bytes, ", all.floats.size(), " floats and ", all.doubles.size(),
                          " doubles: give one of the three, a whole number of samples."}));
        size_ = stored / each;
        if constexpr (has_labels) {
            const auto wide = static_cast<std::size_t>(has_label ? 1 : all.target.size() > 0 ? all.target.size() : 0);
            if (wide == 0 || all.labels.size() != size_ * wide)
                raise<shape_error>(sentence({"strata: an in_memory data set has ", size_, " samples but ",
                                             all.labels.size(), " labels: give one label per ",
                                             has_label ? "sample." : "position of .target for each sample."}));
            for (std::size_t i = 0; i < all.labels.size(); ++i)
                if (has_label && (all.labels[i] < 0 || all.labels[i] >= all.classes)) // a loss may ignore positions
                    raise<shape_error>(
                        sentence({"strata: label ", all.labels[i], " of sample ", i / wide,
                                  " is out of range: there are ", all.classes, " classes, numbered from 0.",
                                  has_label ? "" : " Give positions that are not to count the number -100."}));
            const std::size_t names = all.class_names.size();
            if (names != 0 && names != static_cast<std::size_t>(all.classes))
                raise<shape_error>(sentence({"strata: an in_memory data set of ", all.classes, " classes was given ",
                                             names, " names: give one name per class, or none."}));
        } else {
            const auto wide = static_cast<std::size_t>(all.target.size() > 0 ? all.target.size() : 0);
            const std::size_t given = all.targets.size() + all.double_targets.size();
            if (wide == 0 || given != size_ * wide || (!all.targets.empty() && !all.double_targets.empty()))
                raise<shape_error>(sentence(
                    {"strata: an in_memory data set has ", size_, " samples with targets of ", wide, " elements but ",
                     given,
                     " target values: give one whole target per sample, all in targets or all in double_targets."}));
        }
        if (!all.weights.empty()) check_weights(all.weights, size_);
        if (all.encoding == nullptr) {
            say_narrowing(all.doubles, each, "element ", " of the samples", all.origin);
            if constexpr (!has_labels)
                say_narrowing(all.double_targets, static_cast<std::size_t>(all.target.size()), "element ",
                              " of the targets", all.origin);
        }
    }

    std::shared_ptr<const contents> all_;
    std::size_t size_ = 0;
};

} // namespace strata::inline STRATA_ABI::data
