#pragma once
/// group_norm<Groups, Options...> — normalises the channels of each sample, in groups, to their mean and variance.
///   y = gamma[c] · (x − mean[g]) / sqrt(var[g] + 1e-5) + beta[c]
/// Mean and variance (biased) are those of a sample's numbers in the C / Groups channels of group g, at all positions.
/// It does the same in training and inference, and no sample depends on another.
/// Shapes   x [C, H, W], [C, T] or [C] → y of the same shape;  weight (gamma) [C], bias (beta) [C]
/// Options  epsilon<E>   1e-5 by default
///          no_affine    without gamma and beta
/// Rules    Groups divides C;  the input is no sequence;  E > 0, as a float as well
///          (tests/compile_fail/norm/group_norm_*.cpp)
/// Start    gamma 1, beta 0
/// Source   Wu & He 2018; torch.nn.GroupNorm(Groups, C), Keras's GroupNormalization(Groups, epsilon=1e-5)
#include <strata/layers/norm/layer_norm.hpp>
#include <strata/operations/norm/group_norm.hpp>

namespace strata::inline STRATA_ABI {

namespace detail {

/// group_norm, or instance_norm.
constexpr value build_group_norm(graph& g, value x, const option_values& o, int groups, bool affine) {
    if (!is_epsilon(g, o.added_to_variance)) return {};
    const shape per_channel(g.extents(x).channels());
    value gamma, beta;
    if (affine)
        gamma = g.parameter("weight", per_channel, init::one), beta = g.parameter("bias", per_channel, init::zero);
    return operations::group_norm::append(g, x, gamma, beta, groups, o.added_to_variance);
}
/// Records a mistake for a sequence, whose channels stand last.
constexpr bool has_channels(graph& g, value x) {
    const shape in = g.extents(x);
    if (in.axes != role::sequence) return true;
    g.mistaken(mistake_kind::channels_stand_last, in, {},
               "normalises channels over all positions, but gets a sequence ", in,
               ", which has features at each position. Use layer_norm, which normalises each position.");
    return false;
}

} // namespace detail

template <int Groups, class... Options>
struct group_norm {
    static constexpr value build(graph& g, value x) {
        const option_values o = read_options<Options...>(g, option::epsilon | option::no_affine);
        if (!o.valid || !detail::has_channels(g, x)) return {};
        if (Groups < 1)
            return g.mistaken(mistake_kind::size_is_not_positive, shape(Groups), shape(1), Groups,
                              " groups are not possible. Use at least 1.");
        const int channels = g.extents(x).channels();
        if (channels % Groups != 0)
            return g.mistaken(mistake_kind::channels_not_divisible_by_groups, g.extents(x), shape(Groups),
                              "cannot divide ", channels, " channels into ", Groups,
                              " groups of equal size. Use a divisor of ", channels, ".");
        return detail::build_group_norm(g, x, o, Groups, !o.has_no_affine);
    }
    static constexpr void spell(text& t) {
        t.add("group_norm<", Groups);
        if (sizeof...(Options) > 0) t.add(", ");
        spell_layers<Options...>(t);
        t.add(">");
    }
};

} // namespace strata::inline STRATA_ABI
