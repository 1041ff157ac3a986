#pragma once
/// panel_tiles<T, Arch> — the register tiles of one panel of a product; tiles<NV, T, Arch> — tile functions, by height.
#include <strata/cpu/product/copy_rows.hpp>
#include <strata/cpu/product/tile.hpp>
#include <strata/cpu/product/tile_sizes.hpp>

#include <utility>

namespace strata::inline STRATA_ABI::on_cpu {

template <class T>
using tile_function = void (*)(const tile_operands<T>&, int count) noexcept;
template <class T>
struct tile_functions {
    tile_function<T> of[tallest_tile + 1]{}; ///< by height
};
template <int NV, class T, class Arch>
constexpr tile_functions<T> tiles_of_width() {
    return []<int... Index>(std::integer_sequence<int, Index...>) {
        return tile_functions<T>{{nullptr, &tile<Index + 1, NV, T, Arch>...}};
    }(std::make_integer_sequence<int, most_tile_rows<Arch>(NV)>{});
}
template <int NV, class T, class Arch>
inline constexpr tile_functions<T> tiles = tiles_of_width<NV, T, Arch>();

/// The tiles of one panel. Where c ends within a register, tiles are computed in a scratch of whole ones.
template <class T, class Arch>
class panel_tiles {
  public:
    static constexpr int lanes = lanes_of<T, Arch>, panel = tile_registers * lanes;

    explicit panel_tiles(bool two) noexcept
        : functions_((two ? tiles<2, T, Arch> : tiles<1, T, Arch>).of), stride_(two ? panel : lanes) {}

    void multiply(tile_operands<T>& t, tile_cut cut) const noexcept {
        if (cut.tall != 0) functions_[cut.height + 1](t, cut.tall), skip(t, cut.height + 1, cut.tall);
        functions_[cut.height](t, cut.low);
    }
    [[gnu::noinline]] void multiply_beside(tile_operands<T> t, tile_cut cut, int width) const noexcept {
        alignas(64) T scratch[unsigned(tallest_tile * panel)];
        T* rows = t.c;
        const std::ptrdiff_t rows_m = t.c_m;
        t.c = scratch, t.c_m = stride_;
        for (int tile = 0; tile < cut.tall + cut.low; ++tile) {
            const int height = tile < cut.tall ? cut.height + 1 : cut.height;
            if (t.accumulate)
                copy_rows<T, Arch>(rows, rows_m, scratch, stride_, height, width, static_cast<int>(stride_));
            functions_[height](t, 1);
            copy_rows<T, Arch>(scratch, stride_, rows, rows_m, height, width, width);
            t.a += t.a_tile != 0 ? t.a_tile : height * t.a_m;
            rows += height * rows_m;
        }
    }

  private:
    static void skip(tile_operands<T>& t, int height, int count) noexcept {
        t.a += count * (t.a_tile != 0 ? t.a_tile : height * t.a_m);
        t.c += count * height * t.c_m;
    }
    const tile_function<T>* functions_;
    std::ptrdiff_t stride_;
};

} // namespace strata::inline STRATA_ABI::on_cpu
