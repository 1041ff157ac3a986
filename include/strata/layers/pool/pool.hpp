#pragma once
/// Options, window and spelling of max_pool and avg_pool. The stride defaults to the kernel.
#include <strata/layers/sliding_window.hpp>

namespace strata::inline STRATA_ABI::detail {

/// `accepted`: the options that this pooling takes besides those of all.
template <class Operation, kernel Kernel, class... Options>
constexpr value build_pool(graph& g, value x, int accepted = 0) {
    const option_values o = read_options<Options...>(g, accepted | option::same | option::padding | option::stride
                                                            | option::dilation | option::ceil_mode);
    if (!o.valid) return {};
    const sliding_window s = slide_window(g, x, Kernel, o, Kernel.h, Kernel.w);
    if (!s.valid) return {};
    if (2LL * o.padding_h > Kernel.h || 2LL * o.padding_w > Kernel.w)
        return g.mistaken(mistake_kind::padding_larger_than_half_its_kernel, shape(o.padding_h, o.padding_w),
                          shape(Kernel.h / 2, Kernel.w / 2), "padding of ", o.padding_h, "x", o.padding_w,
                          " is more than half of its ", Kernel.h, "x", Kernel.w,
                          " kernel, so a window could contain only padding. Use less padding.");
    const shape y(g.extents(x).d0, s.out_h, s.out_w);
    if constexpr (requires { Operation::append(g, x, s.win, y, o.excludes_padding); })
        return Operation::append(g, x, s.win, y, o.excludes_padding);
    else return Operation::append(g, x, s.win, y);
}

template <kernel Kernel, class... Options>
constexpr void spell_pool(text& t, const char* name) {
    t.add(name, "<");
    Kernel.spell(t);
    int in_order[] = {(t.add(", "), spell_layer<Options>(t), 0)..., 0};
    (void)in_order;
    t.add(">");
}

} // namespace strata::inline STRATA_ABI::detail
