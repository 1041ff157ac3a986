#pragma once
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <span>
#include <strata/base/shape.hpp>
#include <strata/data/changes/augmented_image.hpp>
#include <strata/data/views/view.hpp>
#include <utility>
#include <vector>

namespace strata::inline STRATA_ABI::data {

/// pixel_weighted<Data, Function> — a view of images with label maps, with a weight for each pixel.
/// Its targets are what weighted_cross_entropy takes: the plane of classes, and the plane of weights, [2, H, W].
///
///   auto cells = data::pixel_weighted(
///       data::augmented(train, data::elastic{}, data::flip{}),
///       [](std::span<const std::int32_t> classes, strata::shape map, std::span<float> weights) {
///           for (std::size_t p = 0; p < classes.size(); ++p) weights[p] = classes[p] == 1 ? 4.0f : 1.0f;
///       });
///
/// The function gets a sample's map of classes, its shape [1, H, W], and the weights to write, 1 before. It is
/// called in every pass, so weights fit a map that an augmentation has moved, and from many threads at once. A pixel of
/// a negative class is ignored by the loss, whatever its weight.
/// Errors   shape_error where samples are not images [C, H, W] with a class at each pixel
template <data_set Data, class Function>
    requires labelled_positions<Data>
             && std::invocable<const Function&, std::span<const std::int32_t>, shape, std::span<float>>
class pixel_weighted : public view<Data> {
    using view<Data>::data_;

  public:
    using target_type = values;

    pixel_weighted(Data data, Function weigh) : view<Data>(std::move(data)), weigh_(std::move(weigh)) {
        const shape s = this->sample_shape();
        detail::check_image(s, "pixel_weighted");
        if (data_.target_shape().size() != 1LL * s.d1 * s.d2)
            detail::refuse_no_image(data_.target_shape(), "pixel_weighted");
    }
    [[nodiscard]] shape target_shape() const { return {2, this->sample_shape().d1, this->sample_shape().d2}; }

    void read(std::size_t i, key k, std::span<float> x, values& target) const { read_weighted(i, k, x, target.into); }
    void read(std::size_t i, key k, std::span<double> x, double_values& target) const
        requires reads<Data, double>
    {
        read_weighted(i, k, x, target.into);
    }

  private:
    template <class T>
    void read_weighted(std::size_t i, key k, std::span<T> x, std::span<T> t) const {
        const shape s = this->sample_shape();
        std::vector<std::int32_t> classes(t.size() / 2);
        std::vector<float> weights(classes.size(), 1.0f);
        class_indices map{classes};
        read_as<T>(data_, i, k, x, map);
        weigh_(std::span<const std::int32_t>(classes), shape(1, s.d1, s.d2), std::span<float>(weights));
        for (std::size_t p = 0; p < classes.size(); ++p) {
            t[p] = static_cast<T>(classes[p]);
            t[classes.size() + p] = static_cast<T>(weights[p]);
        }
    }

    Function weigh_;
};

} // namespace strata::inline STRATA_ABI::data
