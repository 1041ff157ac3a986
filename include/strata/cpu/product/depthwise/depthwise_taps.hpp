#pragma once
/// depthwise_taps — the taps that an output of a depthwise convolution meets along one axis, or a pixel of its input in
/// the gradient to it. In both, outputs that are a period apart meet the same taps, so that a run of them is one loop.
#include <strata/cpu/windows.hpp>

namespace strata::inline STRATA_ABI::on_cpu {

/// Of one output: the first tap, how many, and the place that the first one reads.
struct met_taps {
    int first = 0, count = 0, at = 0;
};

struct depthwise_taps {
    int taps;    ///< of the kernel
    int in, out; ///< places that are read, and outputs
    int stride, dilation, before;
    bool backward; ///< from outputs of the convolution to its input
    int period;    ///< outputs that meet the same taps are so far apart,
    int advance;   ///< and read so far from each other
    int tap_step;  ///< between the taps that an output meets,
    int in_step;   ///< and the places that they read

    static constexpr depthwise_taps forward(int taps, int in, int out, int stride, int dilation, int before) {
        return {taps, in, out, stride, dilation, before, false, 1, stride, 1, dilation};
    }
    /// `in` are the outputs of the convolution, `out` the places of its input.
    static constexpr depthwise_taps back(int taps, int in, int out, int stride, int dilation, int before) {
        int common = stride, rest = dilation;
        while (rest != 0) {
            const int next = common % rest;
            common = rest, rest = next;
        }
        return {taps, in, out, stride, dilation, before, true, stride, 1, stride / common, -(dilation / common)};
    }

    /// The taps that output i meets where nothing is outside.
    [[nodiscard]] constexpr met_taps all(int i) const {
        if (!backward) return {0, taps, i * stride - before};
        int first = 0;
        while (first < tap_step && first < taps && (i + before - first * dilation) % stride != 0) ++first;
        if (first == tap_step || first == taps) return {};
        return {first, (taps - 1 - first) / tap_step + 1, (i + before - first * dilation) / stride};
    }
    /// Those whose places are inside.
    [[nodiscard]] constexpr met_taps of(int i) const {
        met_taps t = all(i);
        while (t.count > 0 && !inside(t.at)) t.first += tap_step, t.at += in_step, --t.count;
        while (t.count > 0 && !inside(t.at + (t.count - 1) * in_step)) --t.count;
        return t;
    }
    /// How many outputs, from i on and a period apart, meet all of their taps inside; 0 if i does not.
    [[nodiscard]] constexpr int run(int i, const met_taps& met) const {
        if (met.count == 0 || met.count != all(i).count) return 0;
        const int end = met.at + (met.count - 1) * in_step, furthest = met.at > end ? met.at : end;
        const int by_places = (in - 1 - furthest) / advance + 1, by_outputs = (out - 1 - i) / period + 1;
        return by_places < by_outputs ? by_places : by_outputs;
    }

  private:
    [[nodiscard]] constexpr bool inside(int place) const { return place >= 0 && place < in; }
};

} // namespace strata::inline STRATA_ABI::on_cpu
