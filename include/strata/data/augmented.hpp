#pragma once
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <span>
#include <strata/base/philox_stream.hpp>
#include <strata/base/seed.hpp>
#include <strata/base/shape.hpp>
#include <strata/data/data_set.hpp>
#include <string>
#include <utility>
#include <vector>

namespace strata::inline STRATA_ABI::data {

/// augmented<Data, Change> — a view of a data set whose samples a function changes at random, anew in each
/// pass:
///
///   auto noisy = data::augmented(
///       train, [](std::span<float> x, strata::shape, strata::philox_stream& random) {
///           for (float& v : x) v += random.uniform(-0.1f, 0.1f);
///       });
///
/// The stream depends on the seed, the pass and the sample alone, so that neither threads nor order change a
/// number; the streams of one augmentation over another are different ones. (The counter holds 32 bits of the
/// pass and of the sample each.) The function is called from many threads at once: it must be const, and keep
/// nothing between calls. Augment the training data alone, and, where it is normalised too, whichever way
/// round the function expects its numbers.
template <data_set Data, class Change>
    requires std::invocable<const Change&, std::span<float>, shape, philox_stream&>
class augmented {
  public:
    using target_type = typename Data::target_type;
    /// How many augmentations lie on top of one another, this one included.
    static constexpr int augmentations = augmentations_of<Data> + 1;

    augmented(Data data, Change change) : data_(std::move(data)), change_(std::move(change)) {}

    [[nodiscard]] std::size_t size() const { return data_.size(); }
    [[nodiscard]] shape sample_shape() const { return data_.sample_shape(); }
    [[nodiscard]] int classes() const
        requires labelled<Data>
    {
        return data_.classes();
    }
    [[nodiscard]] shape target_shape() const
        requires dense_targets<Data>
    {
        return data_.target_shape();
    }
    [[nodiscard]] const std::string& origin() const
        requires requires(const Data& d) { d.origin(); }
    {
        return data_.origin();
    }
    [[nodiscard]] const std::vector<std::string>& class_names() const
        requires requires(const Data& d) { d.class_names(); }
    {
        return data_.class_names();
    }
    [[nodiscard]] int label(std::size_t i) const
        requires requires(const Data& d) { d.label(std::size_t{}); }
    {
        return data_.label(i);
    }

    void read(std::size_t i, key k, std::span<float> x, target_type& target) const {
        data_.read(i, k, x, target);
        // Uses are small numbers: the augmentation's own number stands above them.
        constexpr auto use =
            static_cast<std::uint32_t>(random_use::augmentation) | static_cast<std::uint32_t>(augmentations - 1) << 8;
        philox_stream random{seed{k.seed}, static_cast<random_use>(use),
                             k.epoch << 32 | (static_cast<std::uint64_t>(i) & 0xffffffff)};
        change_(x, data_.sample_shape(), random);
    }

  private:
    Data data_;
    Change change_;
};

} // namespace strata::inline STRATA_ABI::data
