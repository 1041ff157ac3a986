#pragma once
/// xtensor expressions as samples: `auto y = net(x)` takes any xtensor expression, [C, H, W] or [N, C, H, W] for an
/// image, [F] or [N, F] for features, and gives an xt::xarray of the results, [K] or [N, K].
/// A header of its own: xtensor costs more to compile than strata.
/// Errors   shape_error naming both shapes
#include <strata/inference.hpp>

#include <strata/base/set_macros_aside.hpp>

#include <xtensor/xarray.hpp>
#include <xtensor/xexpression.hpp>

#include <strata/base/restore_macros.hpp>

namespace strata::inline STRATA_ABI {

template <class X, class T>
    requires xt::is_xexpression<X>::value
struct adaptor<X, T> {
    static constexpr bool exists = true;

    struct samples {
        xt::xarray<T, xt::layout_type::row_major> copy; ///< evaluated: an expression has no memory
        bool fits;
        std::string words;
        [[nodiscard]] std::span<const T> elements() const { return {copy.data(), copy.size()}; }
    };
    static samples read(const X& x, const shape& sample) {
        samples s{xt::xarray<T, xt::layout_type::row_major>(x), true, "["};
        const auto& extents = s.copy.shape();
        const std::size_t rank = static_cast<std::size_t>(sample.rank), has = extents.size();
        s.fits = has == rank || (has == rank + 1 && extents[0] > 0);
        for (std::size_t axis = 0; s.fits && axis < rank; ++axis)
            s.fits = extents[has - rank + axis] == static_cast<std::size_t>(sample[static_cast<int>(axis)]);
        for (std::size_t axis = 0; axis < has; ++axis)
            s.words += (axis == 0 ? "" : ", ") + std::to_string(extents[axis]);
        s.words += "]";
        return s;
    }
    static xt::xarray<T> make(const samples& given, int batch, const shape& sample, const shape& result) {
        std::vector<std::size_t> extents;
        if (given.copy.dimension() > static_cast<std::size_t>(sample.rank))
            extents.push_back(static_cast<std::size_t>(batch));
        for (int axis = 0; axis < result.rank; ++axis) extents.push_back(static_cast<std::size_t>(result[axis]));
        return xt::xarray<T>(extents);
    }
    static T* data(xt::xarray<T>& y) { return y.data(); }
};

} // namespace strata::inline STRATA_ABI
