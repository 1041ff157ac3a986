#pragma once
/// shape — the extents of one sample's value, without the batch, and the role that says what they mean:
///   flat      [F]         features                         PyTorch [N, F]
///   image     [C, H, W]   channels of pixels               PyTorch [N, C, H, W]
///   signal    [C, T]      channels over time               PyTorch [N, C, T]
///   sequence  [T, D]      vectors, one per position        PyTorch [N, T, D] (batch_first)
///   tokens    [T]         integers, one per position       PyTorch [N, T]
///   none      anything else: weights, statistics; no layer passes such a value on
/// shape(f) is flat and shape(c, h, w) an image; the others are named: shape::sequence(t, d).
/// It has plain scalars only, so that every compiler accepts it inside a template argument.
#include <strata/base/host_device.hpp>

namespace strata::inline STRATA_ABI {

enum class role : int { none, flat, image, signal, sequence, tokens };

/// As messages call it.
constexpr const char* name_of(role r) {
    switch (r) {
    case role::flat: return "flat";
    case role::image: return "an image";
    case role::signal: return "a signal";
    case role::sequence: return "a sequence";
    case role::tokens: return "tokens";
    default: return "of no role";
    }
}

struct shape {
    int d0 = 0, d1 = 0, d2 = 0, d3 = 0, rank = 0;
    role axes = role::none;

    constexpr shape() = default;
    constexpr explicit shape(int a) : d0(a), rank(1), axes(role::flat) {}
    constexpr shape(int a, int b) : d0(a), d1(b), rank(2) {}
    constexpr shape(int a, int b, int c) : d0(a), d1(b), d2(c), rank(3), axes(role::image) {}
    constexpr shape(int a, int b, int c, int d) : d0(a), d1(b), d2(c), d3(d), rank(4) {}
    /// Member by member, as nvcc writes a shape in the code that it generates to launch a kernel.
    constexpr shape(int a, int b, int c, int d, int r, role as) : d0(a), d1(b), d2(c), d3(d), rank(r), axes(as) {}

    static constexpr shape signal(int channels, int times) { return {channels, times, 0, 0, 2, role::signal}; }
    static constexpr shape sequence(int positions, int features) {
        return {positions, features, 0, 0, 2, role::sequence};
    }
    static constexpr shape tokens(int positions) { return {positions, 0, 0, 0, 1, role::tokens}; }

    /// The number of elements.
    [[nodiscard]] STRATA_HD constexpr long long size() const {
        return rank == 0 ? 0LL : 1LL * d0 * (rank > 1 ? d1 : 1) * (rank > 2 ? d2 : 1) * (rank > 3 ? d3 : 1);
    }
    /// Can an int count the elements? (In double, which cannot overflow.)
    [[nodiscard]] constexpr bool countable() const {
        return 1.0 * d0 * (rank > 1 ? d1 : 1) * (rank > 2 ? d2 : 1) * (rank > 3 ? d3 : 1) <= 2147483647.0;
    }
    /// Of a weight [outputs, ...]: how many of its numbers each output has; 1 where an int cannot count them all.
    [[nodiscard]] constexpr int fan_in() const { return countable() && d0 > 0 ? static_cast<int>(size() / d0) : 1; }
    [[nodiscard]] STRATA_HD constexpr int operator[](int axis) const {
        return axis == 0 ? d0 : axis == 1 ? d1 : axis == 2 ? d2 : d3;
    }
    friend constexpr bool operator==(const shape&, const shape&) = default;
    /// The same numbers, whatever they mean: data sets and files know extents only.
    [[nodiscard]] constexpr bool same_extents(const shape& other) const {
        return rank == other.rank && d0 == other.d0 && d1 == other.d1 && d2 == other.d2 && d3 == other.d3;
    }

    // ---- what the role says: channels() · positions() is size() ------------------------------------------------

    /// Numbers at each position: what dense reads, and what norms, softmax and losses work on.
    [[nodiscard]] STRATA_HD constexpr int channels() const {
        return axes == role::sequence ? d1 : axes == role::tokens ? 1 : d0;
    }
    /// Pixels, times or places of a sample; 1 of a flat value.
    [[nodiscard]] STRATA_HD constexpr int positions() const {
        return axes == role::image                              ? d1 * d2
               : axes == role::signal                           ? d1
               : axes == role::sequence || axes == role::tokens ? d0
                                                                : 1;
    }
    /// The same positions with another number of channels.
    [[nodiscard]] constexpr shape with_channels(int n) const {
        if (axes == role::tokens) return sequence(d0, n);
        shape other = *this;
        (axes == role::sequence ? other.d1 : other.d0) = n;
        return other;
    }
    /// Another number of positions along a signal, a sequence or tokens.
    [[nodiscard]] constexpr shape with_positions(int n) const {
        shape other = *this;
        if (axes == role::signal) other.d1 = n;
        if (axes == role::sequence || axes == role::tokens) other.d0 = n;
        return other;
    }
    /// Positions that come one after the other: times, words.
    [[nodiscard]] constexpr bool has_order() const {
        return axes == role::signal || axes == role::sequence || axes == role::tokens;
    }
    /// One integer for each position: the classes of positions, say.
    [[nodiscard]] constexpr shape one_per_position() const { return axes == role::flat ? shape(1) : with_channels(1); }
};

} // namespace strata::inline STRATA_ABI
