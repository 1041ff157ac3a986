#pragma once
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <span>
#include <strata/base/random/philox_stream.hpp>
#include <strata/base/random/seed.hpp>
#include <strata/base/shape.hpp>
#include <strata/data/data_set.hpp>
#include <strata/data/views/view.hpp>
#include <tuple>
#include <type_traits>
#include <utility>

namespace strata::inline STRATA_ABI::data {

/// A change that moves a map of classes as it moves its image, or moves nothing.
template <class Change>
concept moves_labels = requires(const Change& change, std::span<std::int32_t> map, shape s, philox_stream& random) {
    change.move_labels(map, s, random);
};
template <class Change>
concept changes_maps = moves_labels<Change> || requires { requires Change::keeps_positions; };

/// Of what is no data set, or of changes that cannot be called: one error says so.
template <class Data, class... Changes>
class augmented : public explained_view<Data> {
    static_assert(!data_set<Data> || sizeof...(Changes) == 0,
                  "strata: a change that was given to augmented cannot be called as one. Give it 'void "
                  "operator()(std::span<float> sample, strata::shape, strata::philox_stream&) const', or use a lambda "
                  "of these arguments.");
    static_assert(!data_set<Data> || sizeof...(Changes) > 0,
                  "strata: augmented was given no change. Give it one, like augmented(train, flip{}).");

  public:
    template <class... Given>
    augmented(const Given&...) {}
};
template <class Data, class... Changes>
    requires(sizeof...(Changes) > 0)
augmented(Data, Changes...) -> augmented<Data, Changes...>;

/// augmented<Data, Changes...> — a view of a data set that changes its samples at random, anew in every pass.
///
///   auto more = data::augmented(train, data::crop{.padding = 4}, data::flip{});
///   auto noisy = data::augmented(
///       train, [](std::span<float> x, strata::shape, strata::philox_stream& random) {
///           for (float& v : x) v += random.uniform(-0.1f, 0.1f);
///       });
///
/// The changes are applied one after another. Each is called with the sample's numbers, which it changes in place, the
/// sample's shape, and a stream of random numbers. A change that also takes std::span<double>, as flip, crop and shift
/// do, serves models of fp64 too. The random numbers depend only on the seed, the pass and the sample, so neither
/// threads nor order change a result. An augmentation of an augmentation gets a stream of its own. (The counter holds
/// 48 bits of the sample's number and 32 of the pass.) Changes are called from many threads at once: they must be const
/// and keep no state between calls. Augment only the training data; if it is normalised too, choose the order that fits
/// what the changes expect.
///
/// Where the data set has a class at each position (class_indices), the map changes with its image: flip, crop, shift,
/// rotate, scale and elastic move its pixels by the same random numbers, in their function move_labels; cutout, noise
/// and colour_jitter say keeps_positions.
template <data_set Data, class... Changes>
    requires(sizeof...(Changes) > 0 && (std::invocable<const Changes&, std::span<float>, shape, philox_stream&> && ...))
class augmented<Data, Changes...> : public view<Data> {
    using view<Data>::data_;
    static constexpr bool has_maps = std::same_as<typename Data::target_type, class_indices>;
    static_assert(
        !has_maps || (changes_maps<Changes> && ...),
        "strata: the data set has a class at each position, so a change that augmented is given must say what "
        "it does to them: 'void move_labels(std::span<std::int32_t> map, strata::shape, "
        "strata::philox_stream&) const' moves them as it moves pixels, and 'static constexpr bool "
        "keeps_positions = true' leaves them where they are.");
    static_assert(reads<Data, float> || reads<Data, double>,
                  "strata: augmented changes numbers, but the samples of this data set are tokens.");
    static constexpr bool in_doubles =
        reads<Data, double> && (std::invocable<const Changes&, std::span<double>, shape, philox_stream&> && ...);

  public:
    using typename view<Data>::target_type;
    /// The number of nested augmentations, including this one.
    static constexpr int augmentations = augmentations_of<Data> + 1;

    augmented(Data data, Changes... changes) : view<Data>(std::move(data)), changes_(std::move(changes)...) {}

    [[nodiscard]] bool holds_doubles() const { return in_doubles && data::holds_doubles(data_); }

    void read(std::size_t i, key k, std::span<float> x, target_type& target) const {
        this->template read_data<float>(i, k, x, target);
        change(i, k, x, target);
    }
    void read(std::size_t i, key k, std::span<double> x, target_for<target_type, double>& target) const
        requires in_doubles
    {
        data_.read(i, k, x, target);
        change(i, k, x, target);
    }

  private:
    template <class T, class Target>
    void change(std::size_t i, key k, std::span<T> x, [[maybe_unused]] Target& target) const {
        // Uses are small numbers: the augmentation's own number stands above them, and the sample's highest bits above
        // that.
        const auto use = static_cast<std::uint32_t>(random_use::augmentation)
                         | static_cast<std::uint32_t>(augmentations - 1) << 8
                         | static_cast<std::uint32_t>(static_cast<std::uint64_t>(i) >> 32) << 16;
        philox_stream random{seed{k.seed}, static_cast<random_use>(use),
                             k.epoch << 32 | (static_cast<std::uint64_t>(i) & 0xffffffff)};
        const shape s = data_.sample_shape();
        std::apply([&](const Changes&... changes) { (change_one(changes, x, target, s, random), ...); }, changes_);
    }

    /// A map draws the same numbers as its image, from a copy of the stream.
    template <class Change, class T, class Target>
    static void change_one(const Change& change, std::span<T> x, [[maybe_unused]] Target& target, const shape& s,
                           philox_stream& random) {
        if constexpr (has_maps && moves_labels<Change>) {
            philox_stream same = random;
            change.move_labels(target.into, s, same);
        }
        change(x, s, random);
    }

    std::tuple<Changes...> changes_;
};

} // namespace strata::inline STRATA_ABI::data
