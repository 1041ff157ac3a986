#pragma once
/// options — what dense, conv, batch_norm_with and the poolings take after their sizes, in any order:
///   same            output = ceil(input / stride), with odd padding at the end
///   padding<P>      P rows and columns of zeros on each side;  padding<PH, PW> per axis
///   stride<S>       default 1 for conv and the kernel for poolings;  stride<SH, SW> per axis
///   dilation<D>     the distance between the taps of a kernel;  dilation<DH, DW> per axis
///   groups<G>       conv and conv1d: channels in G groups that do not mix
///   causal          conv1d: no output depends on a later input
///   no_bias         dense and conv: without bias
///   initial<...>, initial_bias<...>   dense and conv: what weight and bias start with (layers/initial.hpp)
///   ceil_mode       poolings: round the output size up
///   exclude_padding avg_pool: the mean only of the window's numbers inside the image
///   epsilon<E>      batch_norm_with: added to the variance
///   momentum<M>     batch_norm_with: how far the running statistics move towards the batch's in each step
///   output_padding<P>  conv_transpose: P more rows and columns of the output, at the end;  output_padding<PH, PW>
///   reflect         pad: the image reflected at its border instead of zeros
///   replicate       pad: the border itself instead of zeros
///   affine          instance_norm_with: with a gamma and a beta for each channel
///   no_affine       group_norm: without gamma and beta
///   all_positions   layer_norm_with, rms_norm_with: over all numbers of a sample, not of each position
/// Unknown, repeated and conflicting options are a compile error that names them.
#include <strata/layers/initial.hpp>
#include <strata/layers/real.hpp>
#include <strata/layers/run_layer.hpp>

namespace strata::inline STRATA_ABI {

enum class option : int {
    same = 1,
    padding = 2,
    stride = 4,
    dilation = 8,
    groups = 16,
    no_bias = 32,
    ceil_mode = 64,
    exclude_padding = 128,
    epsilon = 256,
    momentum = 512,
    causal = 1024,
    output_padding = 2048,
    reflect = 4096,
    replicate = 8192,
    affine = 16384,
    no_affine = 32768,
    all_positions = 65536,
    initial = 131072,
    initial_bias = 262144
};

constexpr int operator|(option a, option b) { return static_cast<int>(a) | static_cast<int>(b); }
constexpr int operator|(int a, option b) { return a | static_cast<int>(b); }

/// The options of one layer together. 0 means "not given" where a layer has a default of its own.
struct option_values {
    bool is_same = false, is_causal = false, has_bias = true, rounds_up = false, excludes_padding = false;
    bool is_reflected = false, is_replicated = false;
    bool has_affine = false, has_no_affine = false, over_all_positions = false;
    int padding_h = 0, padding_w = 0;
    int output_padding_h = 0, output_padding_w = 0;
    int stride_h = 0, stride_w = 0;
    int dilation_h = 1, dilation_w = 1;
    int group_count = 1;
    double added_to_variance = 1e-5, step_of_statistics = 0.1;
    initial_values weight_start = pytorch_default::distribution, bias_start = pytorch_default::distribution;
    bool valid = true;
};

struct same {
    static constexpr option kind = option::same;
    static constexpr void apply(option_values& o) { o.is_same = true; }
    static constexpr void spell(text& t) { t.add("same"); }
};
template <int H, int W = H>
struct padding {
    static constexpr option kind = option::padding;
    static constexpr bool valid = H >= 0 && W >= 0;
    static constexpr void apply(option_values& o) { o.padding_h = H, o.padding_w = W; }
    static constexpr void spell(text& t) { H == W ? t.add("padding<", H, ">") : t.add("padding<", H, ", ", W, ">"); }
};
template <int H, int W = H>
struct stride {
    static constexpr option kind = option::stride;
    static constexpr bool valid = H >= 1 && W >= 1;
    static constexpr void apply(option_values& o) { o.stride_h = H, o.stride_w = W; }
    static constexpr void spell(text& t) { H == W ? t.add("stride<", H, ">") : t.add("stride<", H, ", ", W, ">"); }
};
template <int H, int W = H>
struct dilation {
    static constexpr option kind = option::dilation;
    static constexpr bool valid = H >= 1 && W >= 1;
    static constexpr void apply(option_values& o) { o.dilation_h = H, o.dilation_w = W; }
    static constexpr void spell(text& t) { H == W ? t.add("dilation<", H, ">") : t.add("dilation<", H, ", ", W, ">"); }
};
template <int G>
struct groups {
    static constexpr option kind = option::groups;
    static constexpr bool valid = G >= 1;
    static constexpr void apply(option_values& o) { o.group_count = G; }
    static constexpr void spell(text& t) { t.add("groups<", G, ">"); }
};
struct no_bias {
    static constexpr option kind = option::no_bias;
    static constexpr void apply(option_values& o) { o.has_bias = false; }
    static constexpr void spell(text& t) { t.add("no_bias"); }
};
template <int H, int W = H>
struct output_padding {
    static constexpr option kind = option::output_padding;
    static constexpr bool valid = H >= 0 && W >= 0;
    static constexpr void apply(option_values& o) { o.output_padding_h = H, o.output_padding_w = W; }
    static constexpr void spell(text& t) {
        H == W ? t.add("output_padding<", H, ">") : t.add("output_padding<", H, ", ", W, ">");
    }
};
struct reflect {
    static constexpr option kind = option::reflect;
    static constexpr void apply(option_values& o) { o.is_reflected = true; }
    static constexpr void spell(text& t) { t.add("reflect"); }
};
struct replicate {
    static constexpr option kind = option::replicate;
    static constexpr void apply(option_values& o) { o.is_replicated = true; }
    static constexpr void spell(text& t) { t.add("replicate"); }
};
struct causal {
    static constexpr option kind = option::causal;
    static constexpr void apply(option_values& o) { o.is_causal = true; }
    static constexpr void spell(text& t) { t.add("causal"); }
};
struct ceil_mode {
    static constexpr option kind = option::ceil_mode;
    static constexpr void apply(option_values& o) { o.rounds_up = true; }
    static constexpr void spell(text& t) { t.add("ceil_mode"); }
};
struct exclude_padding {
    static constexpr option kind = option::exclude_padding;
    static constexpr void apply(option_values& o) { o.excludes_padding = true; }
    static constexpr void spell(text& t) { t.add("exclude_padding"); }
};
template <real E>
struct epsilon {
    static constexpr option kind = option::epsilon;
    static constexpr void apply(option_values& o) { o.added_to_variance = E.number(); }
    static constexpr void spell(text& t) { t.add("epsilon<", E.number(), ">"); }
};
template <real M>
struct momentum {
    static constexpr option kind = option::momentum;
    static constexpr void apply(option_values& o) { o.step_of_statistics = M.number(); }
    static constexpr void spell(text& t) { t.add("momentum<", M.number(), ">"); }
};
template <class Distribution, class... Options>
struct initial {
    static constexpr option kind = option::initial;
    static constexpr const char* wrong_with(option_values& o, int seen) {
        if (const char* wrong = detail::mistake_of_distribution<Distribution>(); wrong != nullptr) return wrong;
        if constexpr (detail::initial_distribution<Distribution>) {
            o.weight_start = Distribution::distribution;
            if constexpr (requires { Distribution::bias; })
                if ((seen & static_cast<int>(option::initial_bias)) == 0) o.bias_start = Distribution::bias;
        }
        const char* wrong = nullptr;
        int in_order[] = {(wrong = wrong != nullptr ? wrong : detail::refine<Options>(o.weight_start), 0)..., 0};
        (void)in_order;
        return wrong;
    }
    static constexpr void apply(option_values&) {}
    static constexpr void spell(text& t) {
        t.add("initial<");
        spell_layers<Distribution, Options...>(t);
        t.add(">");
    }
};
template <class Distribution>
struct initial_bias {
    static constexpr option kind = option::initial_bias;
    static constexpr const char* wrong_with(option_values& o, int) {
        if (const char* wrong = detail::mistake_of_distribution<Distribution>(); wrong != nullptr) return wrong;
        if constexpr (detail::initial_distribution<Distribution>) {
            if (Distribution::distribution.over != core::fan::none || Distribution::distribution.how == init::orthogonal
                || Distribution::distribution.how == init::dirac)
                return " needs a weight: a bias has no fan in, and no rows. Use constant_value<V>, "
                       "random_normal<Std>, "
                       "truncated_normal<Std> or random_uniform<Bound>.";
            o.bias_start = Distribution::distribution;
        }
        return nullptr;
    }
    static constexpr void apply(option_values&) {}
    static constexpr void spell(text& t) {
        t.add("initial_bias<");
        spell_layer<Distribution>(t);
        t.add(">");
    }
};

struct affine {
    static constexpr option kind = option::affine;
    static constexpr void apply(option_values& o) { o.has_affine = true; }
    static constexpr void spell(text& t) { t.add("affine"); }
};
struct no_affine {
    static constexpr option kind = option::no_affine;
    static constexpr void apply(option_values& o) { o.has_no_affine = true; }
    static constexpr void spell(text& t) { t.add("no_affine"); }
};
struct all_positions {
    static constexpr option kind = option::all_positions;
    static constexpr void apply(option_values& o) { o.over_all_positions = true; }
    static constexpr void spell(text& t) { t.add("all_positions"); }
};

/// The names of the options in a set, for a message.
constexpr text option_names(int accepted) {
    constexpr const char* names[] = {"same",          "padding<P>",  "stride<S>",      "dilation<D>",
                                     "groups<G>",     "no_bias",     "ceil_mode",      "exclude_padding",
                                     "epsilon<E>",    "momentum<M>", "causal",         "output_padding<P>",
                                     "reflect",       "replicate",   "affine",         "no_affine",
                                     "all_positions", "initial<D>",  "initial_bias<D>"};
    text t;
    for (int i = 0, listed = 0; i < static_cast<int>(sizeof names / sizeof *names); ++i)
        if ((accepted & (1 << i)) != 0) t.add(listed++ == 0 ? "" : ", ", names[i]);
    return t;
}

namespace detail {
template <class Option>
constexpr void read_option(graph& g, option_values& o, [[maybe_unused]] int accepted, [[maybe_unused]] int& seen) {
    if (!o.valid) return;
    // spelt only where it is needed: spelling takes evaluation steps
    const auto spelling = [] {
        text t;
        spell_layer<Option>(t);
        return t;
    };
    if constexpr (requires { Option::apply(o); }) {
        const int kind = static_cast<int>(Option::kind);
        if ((accepted & kind) == 0) {
            o.valid = false;
            g.mistaken(mistake_kind::option_is_unknown, {}, {}, spelling(),
                       " is not an option of this layer. It takes ", option_names(accepted), ".");
        } else if ((seen & kind) != 0) {
            o.valid = false;
            g.mistaken(mistake_kind::option_is_repeated, {}, {}, spelling(),
                       " repeats an option of the same kind. Keep one of them.");
        } else if constexpr (requires { Option::valid; }) {
            if (!Option::valid) {
                o.valid = false;
                g.mistaken(mistake_kind::size_is_not_positive, {}, {}, spelling(),
                           " is out of range. Sizes must be at least 1, padding at least 0.");
            }
        }
        if constexpr (requires { Option::wrong_with(o, seen); }) {
            if (const char* wrong = Option::wrong_with(o, seen); wrong != nullptr && o.valid) {
                o.valid = false;
                g.mistaken(mistake_kind::rule_of_the_layer, {}, {}, spelling(), wrong);
            }
        }
        seen |= kind;
        Option::apply(o);
    } else {
        o.valid = false;
        g.mistaken(mistake_kind::option_is_unknown, {}, {}, spelling(), " is not an option. This layer takes ",
                   option_names(accepted), ".");
    }
}
} // namespace detail

/// Reads an option pack; `accepted` is a set of `option`s. On a mistake the result is not `valid`.
template <class... Options>
constexpr option_values read_options(graph& g, [[maybe_unused]] int accepted) {
    option_values o;
    int seen = 0;
    int in_order[] = {(detail::read_option<Options>(g, o, accepted, seen), 0)..., 0};
    (void)in_order;
    const int both = option::same | option::padding;
    if (o.valid && (seen & both) == both) {
        o.valid = false;
        g.mistaken(mistake_kind::options_conflict, {}, {},
                   "same and padding<P> both set the padding. Keep one of them.");
    }
    if (o.valid && o.is_causal && (seen & both) != 0) {
        o.valid = false;
        g.mistaken(mistake_kind::options_conflict, {}, {}, "causal and ", o.is_same ? "same" : "padding<P>",
                   " both set the padding. Keep one of them.");
    }
    const int of_bias = option::no_bias | option::initial_bias;
    if (o.valid && (seen & of_bias) == of_bias) {
        o.valid = false;
        g.mistaken(mistake_kind::options_conflict, {}, {},
                   "no_bias leaves no bias for initial_bias<D>. Keep one of them.");
    }
    const int rounding = option::same | option::ceil_mode;
    if (o.valid && (seen & rounding) == rounding) {
        o.valid = false;
        g.mistaken(mistake_kind::options_conflict, {}, {},
                   "same and ceil_mode both set how the output size is rounded. Keep one of them.");
    }
    return o;
}

namespace detail {
/// The weight of a product, and its bias or none, which start as the options say.
constexpr value weight_parameter(graph& g, const shape& extents, const option_values& o) {
    initial_values start = o.weight_start;
    if (start.how == init::dirac) start.number = o.group_count;
    return g.parameter("weight", extents, start);
}
constexpr value bias_parameter(graph& g, const shape& extents, int fan_in, const option_values& o) {
    if (!o.has_bias) return {};
    if (o.bias_start.how == init::kaiming) return g.parameter("bias", extents, init::kaiming, fan_in);
    return g.parameter("bias", extents, o.bias_start);
}
} // namespace detail

} // namespace strata::inline STRATA_ABI
