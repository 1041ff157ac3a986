#pragma once
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <strata/base/error.hpp>
#include <strata/base/sentence.hpp>
#include <strata/base/shape.hpp>
#include <strata/data/data_set.hpp>
#include <strata/data/refused_reads.hpp>
#include <strata/data/subset.hpp>
#include <string>
#include <utility>
#include <vector>

namespace strata::inline STRATA_ABI::data {

/// From a stored number to what the network sees: x = stored · factor + shift.
struct scaling {
    float factor = 1, shift = 0;

    /// The scaling that takes bytes 0 … 255 to [0, 1] and then to the given mean 0 and deviation 1.
    [[nodiscard]] static constexpr scaling of_bytes(float mean, float deviation) {
        return {1.0f / (255.0f * deviation), -mean / deviation};
    }
};

/// What an in_memory data set is made of. Samples lie one after another, either as bytes or as floats;
/// targets are either labels with a number of classes or floats with a shape.
struct contents {
    shape sample{};
    std::vector<std::uint8_t> bytes{};
    std::vector<float> floats{};
    scaling scale{};
    std::vector<int> labels{};
    int classes = 0;
    std::vector<float> targets{};
    shape target{};
    std::string origin{};                   ///< where the data came from, for people
    std::vector<std::string> class_names{}; ///< none, or one per class
};

/// in_memory<Target> — an owning data set, Target being class_index or values. Immutable, its storage shared:
/// copies are cheap, and reading is safe from many threads.
///
///   data::in_memory<> digits{{.sample = shape(1, 28, 28), .bytes = …, .labels = …, .classes = 10}};
///
/// Errors   shape_error where the contents do not fit together, or a read's index or memory does not fit
template <class Target = class_index>
class in_memory {
    static constexpr bool has_labels = std::same_as<Target, class_index>;
    static_assert(has_labels || std::same_as<Target, values>,
                  "strata: in_memory<Target> takes strata::data::class_index or strata::data::values.");

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
        requires(!has_labels)
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
        requires has_labels
    {
        return all_->labels[i];
    }

    [[gnu::noinline]] void read(std::size_t i, key, std::span<float> x, target_type& target) const {
        const contents& all = *all_;
        const auto each = static_cast<std::size_t>(all.sample.size());
        if (i >= size_) refuse_sample(i, size_);
        if (x.size() != each) refuse_memory("sample", each, x.size());
        if (all.floats.empty()) scale(all.bytes.data() + i * each, x);
        else scale(all.floats.data() + i * each, x);
        if constexpr (has_labels) {
            target.value = all.labels[i];
        } else {
            const auto wide = static_cast<std::size_t>(all.target.size());
            if (target.into.size() != wide) refuse_memory("target", wide, target.into.size());
            for (std::size_t j = 0; j < wide; ++j) target.into[j] = all.targets[i * wide + j];
        }
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
    template <class Stored>
    void scale(const Stored* from, std::span<float> x) const {
        const auto [factor, shift] = all_->scale;
        for (std::size_t j = 0; j < x.size(); ++j) x[j] = static_cast<float>(from[j]) * factor + shift;
    }

    [[gnu::cold]] void check() {
        const contents& all = *all_;
        const auto each = static_cast<std::size_t>(all.sample.size() > 0 ? all.sample.size() : 0);
        const std::size_t stored = all.bytes.size() + all.floats.size();
        if (each == 0 || stored % each != 0 || (!all.bytes.empty() && !all.floats.empty()))
            raise<shape_error>(sentence({"strata: an in_memory data set of samples of ", each, " elements was given ",
                                         all.bytes.size(), " bytes and ", all.floats.size(),
                                         " floats: give one of the two, a whole number of samples."}));
        size_ = stored / each;
        if constexpr (has_labels) {
            if (all.labels.size() != size_)
                raise<shape_error>(sentence({"strata: an in_memory data set has ", size_, " samples but ",
                                             all.labels.size(), " labels: give one label per sample."}));
            for (std::size_t i = 0; i < size_; ++i)
                if (all.labels[i] < 0 || all.labels[i] >= all.classes)
                    raise<shape_error>(sentence({"strata: label ", all.labels[i], " of sample ", i, " is none of the ",
                                                 all.classes, " classes, which count from 0."}));
            const std::size_t names = all.class_names.size();
            if (names != 0 && names != static_cast<std::size_t>(all.classes))
                raise<shape_error>(sentence({"strata: an in_memory data set of ", all.classes, " classes was given ",
                                             names, " names: give one name per class, or none."}));
        } else {
            const auto wide = static_cast<std::size_t>(all.target.size() > 0 ? all.target.size() : 0);
            if (wide == 0 || all.targets.size() != size_ * wide)
                raise<shape_error>(sentence({"strata: an in_memory data set has ", size_, " samples with targets of ",
                                             wide, " elements but ", all.targets.size(),
                                             " target values: give one whole target per sample."}));
        }
    }

    std::shared_ptr<const contents> all_;
    std::size_t size_ = 0;
};

} // namespace strata::inline STRATA_ABI::data
