#pragma once
/// stream_window — the times of a stream that the next operation needs: those of this step, and earlier ones that a
/// state has kept. Before the first step there are zeros.
///   y[c, 0, r] = x[c, r·D − P],  where x of times before this step is what the state has
///   x [C, H], state [C, P] → y [C, 1, R], R times that are D apart, ending with the last of this step
/// The state is a ring: time t of the stream is its row t mod P, of C numbers, whatever the policy's layout.
#include <strata/call/definition.hpp>
#include <strata/call/ring_of_times.hpp>
#include <strata/plan/graph.hpp>

namespace strata::inline STRATA_ABI::operations {

/// Operands: x, state → y, and the state has moved on.
struct stream_window {
    static constexpr const char* name = "stream_window";
    static constexpr op kind = op_named(name);
    static constexpr division split = division::samples;
    static constexpr operation_facts facts{.streams = true};
    static constexpr long long flops(const key&) { return 0; }

    /// The last `past` times before this step and those of the step, or of all these every `spacing`-th.
    static constexpr value append(graph& g, value x, int past, int spacing) {
        key k;
        k.x = g.extents(x);
        k.w = shape(k.x.channels(), past);
        k.y = shape(k.x.channels(), 1, (past + k.x.positions() - 1) / spacing + 1);
        k.win.dilation_w = spacing;
        return g.apply<stream_window>(k, {x, g.state("past", k.w)}, k.y);
    }
};

template <key K, class F>
struct definition<stream_window::kind, K, F> {
    static constexpr int channels = K.x.d0, hop = K.x.d2, past = K.w.d1, times = K.y.d2, spacing = K.win.dilation_w;
    static constexpr long long items = channels; // a channel each: none reads what another one replaces
    template <class Accumulator, class T>
    STRATA_HD static void item(const call<T>& c, long long i) {
        const int channel = static_cast<int>(i % channels);
        const auto x = image_of(c.at[0], 0, K.x, K.channels_last), y = image_of(c.at[2], 0, K.y, K.channels_last);
        const ring_of_times ring(c.steps, hop, past);
        T* const state = c.at[1] + channel;
        for (int r = 0; r < times; ++r) {
            const int t = r * spacing - past;
            y(channel, 0, r) = t < 0 ? state[ring.row(t) * channels] : x(channel, 0, t);
        }
        for (int t = hop > past ? hop - past : 0; t < hop; ++t) state[ring.row(t) * channels] = x(channel, 0, t);
    }
};

} // namespace strata::inline STRATA_ABI::operations
