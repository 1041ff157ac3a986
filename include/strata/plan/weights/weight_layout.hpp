#pragma once
/// weight_layout — the places in memory of a parameter's elements, for each `weight_format`. Files, users and random
/// numbers see the conventional order; this is the only translation.
#include <strata/base/padded_to.hpp>
#include <strata/plan/graph.hpp>

namespace strata::inline STRATA_ABI::core {

// A packed weight is a matrix of `rows` inputs by `columns` outputs, cut into panels of columns, one after the other:
//   [columns / P][rows][P],  P = 2 registers;  the last panel is as wide as the remainder, rounded up to one register.
// So a register tile walks through contiguous memory, whatever the number of outputs.

/// Columns of the panel that begins at `column`.
STRATA_HD constexpr int panel_width(int column, int columns, int lanes) {
    const int rest = padded_to(columns - column, lanes);
    return rest < 2 * lanes ? rest : 2 * lanes;
}
STRATA_HD constexpr long long panel_index(long long row, int column, long long rows, int columns, int lanes) {
    const int first = column - column % (2 * lanes);
    return first * rows + row * panel_width(first, columns, lanes) + column - first;
}

/// Numbers in a row of a transposed weight: one filter, its taps as they meet the image, [KH, KW, C/G]; behind it room
/// for a register that begins with its last number.
STRATA_HD constexpr int transposed_row(int taps_and_inputs, int lanes) {
    return padded_to(taps_and_inputs + lanes - 1, lanes);
}

/// A convolution's filters, [F, C/G, KH, KW]: those of a signal, [F, C/G, K], have one row.
constexpr shape filters_of(const shape& weight) {
    return weight.rank == 3 ? shape(weight.d0, weight.d1, 1, weight.d2) : weight;
}

/// Is the gradient to this convolution's input a convolution as well, of dy with flipped filters? It is where the
/// stride is 1, and faster where the channels fill their registers: each sum then stays in registers from its first
/// term to its last.
constexpr bool by_flipped_filters(const key& conv, int lanes) {
    return conv.groups == 1 && conv.win.stride_h == 1 && conv.win.stride_w == 1 && conv.win.dilation_h == 1
           && conv.win.dilation_w == 1 && 5 * conv.x.d0 >= 4 * padded_to(conv.x.d0, lanes);
}
/// The filters of that convolution: channels and filters have changed places.
constexpr parameter_info flipped(parameter_info p) {
    const shape s = filters_of(p.extents);
    p.extents = shape(s.d1, s.d0, s.d2, s.d3);
    return p;
}

/// Elements in memory, padding included.
constexpr long long memory_elements(const parameter_info& p) {
    const shape s = p.format == weight_format::conv_panels ? filters_of(p.extents) : p.extents;
    switch (p.format) {
    case weight_format::affine_panels: return 1LL * s.d1 * padded_to(s.d0, p.lanes);
    case weight_format::conv_panels: return 1LL * p.groups * s.d2 * s.d3 * s.d1 * padded_to(s.d0 / p.groups, p.lanes);
    default: return s.size();
    }
}

/// The place in memory of conventional element `i`.
constexpr long long memory_index(const parameter_info& p, long long i) {
    const shape s = p.format == weight_format::conv_panels ? filters_of(p.extents) : p.extents;
    switch (p.format) {
    case weight_format::affine_panels: return panel_index(i % s.d1, static_cast<int>(i / s.d1), s.d1, s.d0, p.lanes);
    case weight_format::conv_panels: {
        const long long taps = 1LL * s.d2 * s.d3, tap = i % taps, c = i / taps % s.d1, f = i / taps / s.d1;
        const int filters = s.d0 / p.groups;
        const long long group = f / filters, rows = taps * s.d1;
        return group * rows * padded_to(filters, p.lanes)
               + panel_index(tap * s.d1 + c, static_cast<int>(f % filters), rows, filters, p.lanes);
    }
    default: return i;
    }
}

} // namespace strata::inline STRATA_ABI::core
