/// Functions of one's own over registers: whatever is written for a number gives the same number by number.
#include "catch.hpp"
#include "compare.hpp"

#include <strata/cpu/cpu.hpp>
#include <strata/layers.hpp>
#include <strata/losses.hpp>

#include <algorithm>
#include <cmath>
#include <type_traits>

using namespace strata_tests;

namespace {

/// As functions of PyTorch and Keras: with select called by its full name, scalars among the arguments, conditions
/// joined, and the elementary functions.
struct softplus_function {
    static constexpr const char* name = "softplus";
    template <class V>
    static V f(V x) {
        using std::abs, std::max;
        return max(x, V(0)) + strata::elementary::log1p(strata::elementary::exp(-abs(x)));
    }
    template <class V>
    static V df(V x) {
        return strata::elementary::logistic(x);
    }
};
struct gelu_function {
    static constexpr const char* name = "gelu";
    template <class V>
    static V f(V x) {
        return x * 0.5 * (1 + strata::elementary::erf(x * 0.70710678118654752));
    }
    template <class V>
    static V df(V x) {
        return 0.5 * (1 + strata::elementary::erf(x * 0.70710678118654752))
               + x * 0.3989422804014327 * strata::elementary::exp(-0.5 * x * x);
    }
};
struct elu_function {
    static constexpr const char* name = "elu";
    template <class V>
    static V f(V x) {
        return strata::select(x > 0, x, strata::elementary::exp(x) - 1);
    }
    template <class V>
    static V df_of_output(V y) {
        return strata::select(y > 0, 1, y + 1);
    }
};
struct hard_tanh_function {
    static constexpr const char* name = "hard_tanh";
    template <class V>
    static V f(V x) {
        using std::max, std::min;
        return min(max(x, V(-0.25)), V(0.25));
    }
    template <class V>
    static V df(V x) {
        return strata::select(x > -0.25 && !(x >= 0.25), V(1), V(0));
    }
};
struct steps_function {
    static constexpr const char* name = "steps";
    template <class V>
    static V f(V x) {
        V y = x;
        y += V(x > 0.5) - (x < -0.5) * x;
        y *= 2;
        return y / 3;
    }
    template <class V>
    static V df(V x) {
        return (V(2) - strata::select(x < -0.5 || x != x, 2, V(0))) / 3;
    }
};
/// A function of plain numbers may branch.
struct branching_function {
    static constexpr const char* name = "branching";
    static double f(double x) {
        if (x > 0) return x;
        return std::exp(x) - 1;
    }
    static double df(double x) { return x > 0 ? 1 : std::exp(x); }
};
template <class F>
struct with : strata::network<strata::features<13>, strata::elementwise<F>, strata::dense<17>, strata::elementwise<F>,
                              strata::dense<3>> {};

struct log_cosh_function {
    template <class V>
    static V f(V x, V t) {
        using std::abs;
        const V d = abs(x - t);
        return d + strata::elementary::log1p(strata::elementary::exp(-2 * d)) - 0.6931471805599453;
    }
    template <class V>
    static V df(V x, V t) {
        return strata::elementary::tanh(x - t);
    }
};
using log_cosh = strata::elementwise_loss<log_cosh_function>;

using arch = strata::cpu::instruction_set;
template <class F, class T>
constexpr bool in_registers = strata::on_cpu::is_vectorized<F, T, arch>;

template <class F>
void compare() {
    static_assert(in_registers<F, float> && in_registers<F, double>);
    compare_training<with<F>>({7});
}

} // namespace

TEST_CASE("own functions: softplus, gelu, elu and others give in registers what the reference gives") {
    compare<softplus_function>();
    compare<gelu_function>();
    compare<elu_function>();
    compare<hard_tanh_function>();
    compare<steps_function>();
}

TEST_CASE("own functions: one of a plain number may branch, and runs number by number") {
    static_assert(!in_registers<branching_function, float> && !in_registers<branching_function, double>);
    compare_training<with<branching_function>>({7});
}

TEST_CASE("own functions: a loss with elementary functions gives in registers what the reference gives") {
    compare_training<with<gelu_function>, log_cosh>({7});
}

TEST_CASE("select: of numbers, under its full name, the branches of two types") {
    static_assert(strata::select(true, 1, 2.5) == 1.0);
    static_assert(strata::select(1 > 2, 1.0f, 2) == 2.0f);
    static_assert(std::is_same_v<decltype(strata::select(true, 1.0f, 2)), float>);
    const strata::on_cpu::vec<float, arch> x(3.0f), y(-1.0f); // and of xsimd's own registers
    CHECK(strata::select(x > y, x, y).get(0) == 3);
}
