#pragma once
/// batch_norm — y = gamma[c] · (x − mean[c]) / sqrt(var[c] + epsilon) + beta[c]; per channel of an image, per feature
/// of a flat value. In training the moments are the batch's, and the running ones follow them; in inference the running
/// ones are used.   Source: Ioffe & Szegedy 2015.
#include <strata/plan/gradients.hpp>

namespace strata::inline STRATA_ABI::operations {

/// Per chunk and channel: mean, and sum of squared deviations from it.   Operands: x → partial [2, C]
struct batch_moments {
    static constexpr const char* name = "batch_moments";
    static constexpr op kind = op_named(name);
    static constexpr division split = division::samples;
    static constexpr operation_facts facts{.on_rows = true};
    static constexpr long long flops(const key& k) { return 4 * k.x.size(); }
};

/// Joins the chunks' moments (Chan, Golub & LeVeque 1983) and moves the running ones:
/// running += momentum · (batch's − running), the variance unbiased; of one number per channel there is none, and the
/// running one stays.   Operands: partial, running mean, running variance →
/// statistics [2, C] = mean, 1 / sqrt(var + epsilon)
struct batch_statistics {
    static constexpr const char* name = "batch_statistics";
    static constexpr op kind = op_named(name);
    static constexpr division split = division::whole;
    static constexpr operation_facts facts{.parameters = 1, .on_rows = true};
    static constexpr long long flops(const key&) { return 0; }
};

/// Per chunk and channel: sum of dy, sum of dy · xhat.   Operands: x, statistics, dy → partial [2, C]
struct batch_norm_sums {
    static constexpr const char* name = "batch_norm_sums";
    static constexpr op kind = op_named(name);
    static constexpr division split = division::samples;
    static constexpr operation_facts facts{.on_rows = true};
    static constexpr long long flops(const key& k) { return 5 * k.x.size(); }
};

/// Sums over the chunks.   Operands: partial [2, C] → dgamma [C], dbeta [C]
struct batch_norm_parameter_gradient {
    static constexpr const char* name = "batch_norm_parameter_gradient";
    static constexpr op kind = op_named(name);
    static constexpr division split = division::whole;
    static constexpr operation_facts facts{.on_rows = true};
    static constexpr long long flops(const key&) { return 0; }
};

/// dx = gamma / sqrt(var + epsilon) · (dy − (dbeta + xhat · dgamma) / M), M values per channel in the batch.
/// Operands: x, statistics, gamma, dy, dgamma, dbeta → dx
struct batch_norm_input_gradient {
    static constexpr const char* name = "batch_norm_input_gradient";
    static constexpr op kind = op_named(name);
    static constexpr division split = division::samples;
    static constexpr operation_facts facts{.on_rows = true};
    static constexpr long long flops(const key& k) { return 7 * k.x.size(); }
};

/// scale = gamma / sqrt(var + epsilon), shift = beta + (b − mean) · scale, for a convolution before it.
/// Operands: gamma, beta, running mean, running variance, (b) → scale [C], shift [C]
struct fold_batch_norm {
    static constexpr const char* name = "fold_batch_norm";
    static constexpr op kind = op_named(name);
    static constexpr division split = division::whole;
    static constexpr operation_facts facts{.on_rows = true};
    static constexpr long long flops(const key&) { return 0; }
};

/// y = gamma / sqrt(running variance + epsilon) · (x − running mean) + beta; with k.scale_only without mean and beta:
/// what the gradient is multiplied with. (There is none to gamma and beta: only what trains has gradients, and that has
/// the batch's moments.) Operands: x, gamma, beta, running mean, running variance → y
struct batch_norm_inference {
    static constexpr const char* name = "batch_norm_inference";
    static constexpr op kind = op_named(name);
    static constexpr division split = division::samples;
    static constexpr operation_facts facts{
        .parameters = 1, .is_scale = true, .as_scale = &rule_of<fold_batch_norm>, .on_rows = true};
    static constexpr long long flops(const key& k) { return 2 * k.x.size(); }

    static constexpr void differentiate(graph& g, gradients& d, const operation& o) {
        key k = o.k;
        k.scale_only = true;
        d.contribute(o.in[0],
                     g.apply<batch_norm_inference>(k, {d.of(o.out[0]), o.in[1], o.in[2], o.in[3], o.in[4]}, k.x));
    }
};

/// Operands: x, statistics, gamma, beta → y
struct batch_norm {
    static constexpr const char* name = "batch_norm";
    static constexpr op kind = op_named(name);
    static constexpr division split = division::samples;
    static constexpr operation_facts facts{.parameters = 1, .on_rows = true};
    static constexpr long long flops(const key& k) { return 4 * k.x.size(); }

    static constexpr value append(graph& g, value x, value gamma, value beta, value mean, value variance,
                                  double epsilon, double momentum) {
        key k;
        k.x = k.y = g.extents(x);
        k.real = epsilon;
        if (!g.training()) {
            return g.apply<batch_norm_inference>(k, {x, gamma, beta, mean, variance}, k.y);
        }
        const shape two_per_channel(2, k.x.channels());
        const value partial = g.apply<batch_moments>(k, {x}, two_per_channel, storage::partial);
        k.momentum = momentum;
        const value statistics =
            g.apply<batch_statistics>(k, {partial, mean, variance}, two_per_channel, storage::fixed);
        k.momentum = 0;
        return g.apply<batch_norm>(k, {x, statistics, gamma, beta}, k.y);
    }

    static constexpr void differentiate(graph& g, gradients& d, const operation& o) {
        const value x = o.in[0], statistics = o.in[1], gamma = o.in[2], beta = o.in[3], dy = d.of(o.out[0]);
        key k = o.k;
        const value partial =
            g.apply<batch_norm_sums>(k, {x, statistics, dy}, shape(2, k.x.channels()), storage::partial);
        const value out[] = {d.like_parameter(gamma, storage::fixed), d.like_parameter(beta, storage::fixed)};
        g.add_operation<batch_norm_parameter_gradient>(k, &partial, 1, out, 2);
        if (d.wanted(gamma)) d.contribute(gamma, out[0]);
        if (d.wanted(beta)) d.contribute(beta, out[1]);
        if (d.wanted(x)) {
            d.contribute(x, g.apply<batch_norm_input_gradient>(k, {x, statistics, gamma, dy, out[0], out[1]}, k.x));
        }
    }
};

} // namespace strata::inline STRATA_ABI::operations
