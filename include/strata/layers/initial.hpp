#pragma once
/// initial<Distribution, Options...> — an option of dense, conv and conv1d: what the weight starts with.
///   strata::dense<10, strata::initial<strata::kaiming_normal>>
///   strata::conv<64, 3, strata::initial<strata::kaiming_normal, strata::by_fan_out>, strata::no_bias>   torchvision's
///   strata::dense<64, strata::initial<strata::orthogonal, strata::with_gain<1.4142135>>, strata::initial_bias<...>>
/// Distributions, with fan in the numbers that an output sums, fan out the outputs that a number goes to:
///   kaiming_uniform        uniform in ±sqrt(6 / fan in)              torch.nn.init.kaiming_uniform_, keras HeUniform
///   kaiming_normal         normal, variance 2 / fan in               torch.nn.init.kaiming_normal_
///   xavier_uniform         uniform in ±sqrt(6 / (fan in + fan out))  xavier_uniform_, keras GlorotUniform
///   xavier_normal          normal, variance 2 / (fan in + fan out)   xavier_normal_
///   lecun_uniform          uniform in ±sqrt(3 / fan in)              keras LecunUniform
///   lecun_normal           normal, variance 1 / fan in               what selu asks for
///   orthogonal             the rows, or columns where there are fewer, are orthogonal, of length 1: orthogonal_
///   dirac                  y = x for as many channels as there are on both sides: dirac_, of dense eye_
///   random_normal<Std>     normal of mean 0 and deviation Std        normal_, keras RandomNormal
///   truncated_normal<Std>  the same within ±2 Std                    keras TruncatedNormal
///   random_uniform<Bound>  uniform in ±Bound                         uniform_, keras RandomUniform
///   constant_value<V>      V                                         constant_
///   pytorch_default        uniform in ±1/sqrt(fan in), of the bias as well: without an option too
///   keras_default          xavier_uniform, and a bias of zeros
/// Options  by_fan_out     fan out instead of fan in: kaiming and lecun
///          with_gain<G>   times G: kaiming, xavier, lecun, orthogonal
/// initial_bias<Distribution> is the same of a bias, which has no fans: constant_value, random_normal, truncated_normal
/// and random_uniform.
/// Rules    Std, Bound and G are above 0, V is a finite number               (tests/compile_fail/options/initial_*.cpp)
/// Source   LeCun et al. 1998; Glorot & Bengio 2010 (xavier); He et al. 2015 (kaiming); Saxe et al. 2014 (orthogonal);
///          Zagoruyko & Komodakis 2017 (dirac)
#include <strata/layers/real.hpp>
#include <strata/layers/run_layer.hpp>

namespace strata::inline STRATA_ABI {

struct kaiming_uniform {
    static constexpr const char* name = "kaiming_uniform";
    static constexpr initial_values distribution{init::uniform, 2.449489742783178, core::fan::in};
};
struct kaiming_normal {
    static constexpr const char* name = "kaiming_normal";
    static constexpr initial_values distribution{init::gaussian, 1.4142135623730951, core::fan::in};
};
struct xavier_uniform {
    static constexpr const char* name = "xavier_uniform";
    static constexpr initial_values distribution{init::uniform, 2.449489742783178, core::fan::both};
};
struct xavier_normal {
    static constexpr const char* name = "xavier_normal";
    static constexpr initial_values distribution{init::gaussian, 1.4142135623730951, core::fan::both};
};
struct lecun_uniform {
    static constexpr const char* name = "lecun_uniform";
    static constexpr initial_values distribution{init::uniform, 1.7320508075688772, core::fan::in};
};
struct lecun_normal {
    static constexpr const char* name = "lecun_normal";
    static constexpr initial_values distribution{init::gaussian, 1, core::fan::in};
};
struct orthogonal {
    static constexpr const char* name = "orthogonal";
    static constexpr initial_values distribution{init::orthogonal, 1};
};
struct dirac {
    static constexpr const char* name = "dirac";
    static constexpr initial_values distribution{init::dirac, 1};
};
template <real Std>
struct random_normal {
    static constexpr initial_values distribution{init::gaussian, Std.number()};
    static constexpr void spell(text& t) { t.add("random_normal<", Std.number(), ">"); }
};
template <real Std>
struct truncated_normal {
    static constexpr initial_values distribution{init::truncated, Std.number()};
    static constexpr void spell(text& t) { t.add("truncated_normal<", Std.number(), ">"); }
};
template <real Bound>
struct random_uniform {
    static constexpr initial_values distribution{init::uniform, Bound.number()};
    static constexpr void spell(text& t) { t.add("random_uniform<", Bound.number(), ">"); }
};
template <real V>
struct constant_value {
    static constexpr initial_values distribution{init::constant, V.number()};
    static constexpr void spell(text& t) { t.add("constant_value<", V.number(), ">"); }
};
struct pytorch_default {
    static constexpr const char* name = "pytorch_default";
    static constexpr initial_values distribution{init::kaiming, 1, core::fan::in};
};
struct keras_default : xavier_uniform {
    static constexpr const char* name = "keras_default";
    static constexpr initial_values bias{init::zero};
};

struct by_fan_out {
    static constexpr const char* name = "by_fan_out";
};
template <real G>
struct with_gain {
    static constexpr double gain = G.number();
    static constexpr void spell(text& t) { t.add("with_gain<", G.number(), ">"); }
};

namespace detail {

template <class How>
concept initial_distribution = requires { How::distribution.how; };

/// What is wrong with a distribution, or null.
template <class How>
constexpr const char* mistake_of_distribution() {
    if constexpr (!initial_distribution<How>) {
        return " names no distribution. Use one such as kaiming_normal, xavier_uniform or random_normal<0.02>; "
               "strata/layers/initial.hpp lists them.";
    } else {
        const double n = How::distribution.number;
        if (How::distribution.how == init::constant)
            return n >= -3.4e38 && n <= 3.4e38 ? nullptr : " is out of range. Use a finite number.";
        return n > 0 && n <= 3.4e38 ? nullptr : " is out of range. Use a number above 0.";
    }
}

/// Adds an option inside initial<...>; what is wrong with it, or null.
template <class More>
constexpr const char* refine(initial_values& v) {
    if constexpr (std::is_same_v<More, by_fan_out>) {
        if (v.over != core::fan::in || v.how == init::kaiming)
            return " has by_fan_out, but its distribution has no fan in that could be replaced. Only the kaiming and "
                   "lecun distributions have.";
        v.over = core::fan::out;
    } else if constexpr (requires { More::gain; }) {
        if (v.over == core::fan::none && v.how != init::orthogonal)
            return " has with_gain, but its distribution has a number of its own. Change that one.";
        if (v.how == init::kaiming) return " has with_gain, but PyTorch's default has none. Use lecun_uniform.";
        if (!(More::gain > 0 && More::gain <= 3.4e38)) return " has a gain that is out of range. Use one above 0.";
        v.number *= More::gain;
    } else {
        return " has an option that it does not know. It takes by_fan_out and with_gain<G>.";
    }
    return nullptr;
}

} // namespace detail

} // namespace strata::inline STRATA_ABI
