#pragma once
/// batch_norm — normalises each channel of an image, or each feature, to the batch's mean and variance.
///   y = gamma[c] · (x − mean[c]) / sqrt(var[c] + 1e-5) + beta[c]
/// batch_norm_with<Options...> is the same with another epsilon or momentum.
///
/// In training, mean and variance are the batch's, and the running ones move by 0.1 towards them (variance unbiased).
/// In inference the running ones are used. A batch of one number per channel (one flat sample, as a last batch may be)
/// has no unbiased variance: its result is beta, the running mean moves, and the running variance does not. (PyTorch
/// refuses such a batch.)
///
/// Shapes   x → y of the same shape;  weight (gamma) [C], bias (beta) [C];  buffers running_mean [C], running_var [C]
/// Options  epsilon<E>    1e-5 by default
///          momentum<M>   0.1 by default, in PyTorch's convention: running += M · (batch's − running).
///                        Keras counts the other way: its momentum of 0.99 is momentum<0.01>. Its epsilon is 1e-3, so
///                        weights from Keras need batch_norm_with<epsilon<1e-3>, momentum<0.01>>; a file does not tell.
/// Rules    E > 0, as a float as well;  0 <= M <= 1                (tests/compile_fail/norm/batch_norm_*.cpp)
/// Start    gamma 1, beta 0, running mean 0, running variance 1
/// Source   Ioffe & Szegedy 2015; defaults as in PyTorch
#include <strata/layers/options.hpp>
#include <strata/operations/norm/batch_norm.hpp>

namespace strata::inline STRATA_ABI {

template <class... Options>
struct batch_norm_with {
    static constexpr value build(graph& g, value x) {
        const option_values o = read_options<Options...>(g, option::epsilon | option::momentum);
        if (!o.valid) return {};
        const double e = o.added_to_variance, m = o.step_of_statistics;
        if (!(e > 0 && e <= 3.4e38) || static_cast<float>(e) == 0)
            return g.mistaken(mistake_kind::rate_is_out_of_range, {}, {}, "an epsilon of ", e,
                              " is not possible: it must be above 0 to prevent a division by zero. Use a small number, "
                              "such as epsilon<1e-3>.");
        if (!(m >= 0 && m <= 1))
            return g.mistaken(mistake_kind::rate_is_out_of_range, {}, {}, "a momentum of ", m,
                              " is not possible: it is the weight of each batch in the running statistics. Use a "
                              "fraction between 0 and 1, such as momentum<0.01>.");
        const shape per_channel(g.extents(x).channels());
        const value gamma = g.parameter("weight", per_channel, init::one);
        const value beta = g.parameter("bias", per_channel, init::zero);
        const value mean = g.buffer("running_mean", per_channel, init::zero);
        const value variance = g.buffer("running_var", per_channel, init::one);
        return operations::batch_norm::append(g, x, gamma, beta, mean, variance, e, m);
    }
    static constexpr void spell(text& t) {
        t.add("batch_norm_with<");
        spell_layers<Options...>(t);
        t.add(">");
    }
};

struct batch_norm : batch_norm_with<> {
    static constexpr void spell(text& t) { t.add("batch_norm"); }
};

} // namespace strata::inline STRATA_ABI
