#pragma once
/// A policy against the reference policy, through whole plans: results, loss, every gradient, running statistics.
///
/// The bound.   A sum of n rounded products is off by about sqrt(n) units of rounding of its largest terms (Higham &
/// Mary 2019), and later operations pass earlier errors on. So a plan's numbers may differ from the reference's, which
/// sums in double, by
///     sum over the plan's operations of (4 + 2 sqrt(n)) · epsilon · (the tensor's largest magnitude),
/// n the operation's number of summands per result; functions count 16 for exp and tanh within a few units. A wrong
/// element is off by the magnitude itself, thousands of times the bound.
#include "catch.hpp"
#include "machines/host_run.hpp"
#include "operation_list.hpp"
#include "random_numbers.hpp"

#include <strata/cpu/cpu.hpp>
#include <strata/layers.hpp>
#include <strata/reference/reference.hpp>
#include <strata/train/losses/cross_entropy.hpp>
#include <strata/train/losses/mean_squared_error.hpp>

#include <algorithm>
#include <cmath>
#include <initializer_list>
#include <limits>
#include <string>
#include <type_traits>
#include <vector>

namespace strata_tests {

/// Which kinds of operations occur in the plans that this program compares; filled before main.
inline constinit marked_operations compared_kinds;

template <class Plan>
inline const bool noted = [] {
    for (int t = 0; t < Plan::steps; ++t) compared_kinds[Plan::data.steps[t].kind] = true;
    return true;
}();

/// How many numbers an operation adds up into one result.
inline double summands(const strata::core::key& k, int batch) {
    const double pixels = k.y.rank == 3 ? k.y.d1 * k.y.d2 : 1, taps = k.win.kernel_h * k.win.kernel_w;
    switch (k.kind) {
    case operations::affine::kind: return k.x.d0 + 1;
    case operations::affine_input_gradient::kind: return k.y.d0;
    case operations::affine_weight_gradient::kind:
    case operations::embedding_gradient::kind: return batch;
    case operations::matmul::kind: return operations::matmul::inner(k);
    case operations::conv::kind: return k.x.d0 / k.groups * taps + 1;
    case operations::conv_input_gradient::kind: return k.y.d0 / k.groups * taps;
    case operations::conv_weight_gradient::kind: return pixels * batch;
    case operations::conv_transpose::kind: return k.x.d0 / k.groups * taps + 1;
    case operations::depthwise_conv::kind:
    case operations::depthwise_input_gradient::kind: return taps + 1;
    case operations::depthwise_weight_gradient::kind: return pixels * batch;
    case operations::channel_sums::kind: return static_cast<double>(k.x.size()) / k.x.d0 * batch;
    case operations::upsample_gradient::kind: return k.win.stride_h * k.win.stride_w;
    case operations::upsample_bilinear_gradient::kind: return 4 * k.win.stride_h * k.win.stride_w;
    case operations::adaptive_avg_pool::kind:
    case operations::adaptive_avg_pool_gradient::kind:
    case operations::adaptive_max_pool_gradient::kind:
        return static_cast<double>(std::max(k.x.size(), k.y.size())) / k.x.d0;
    case operations::avg_pool::kind:
    case operations::avg_pool_gradient::kind:
    case operations::max_pool_gradient::kind: return taps;
    case operations::batch_moments::kind:
    case operations::batch_norm_sums::kind:
    case operations::batch_norm_input_gradient::kind: return pixels * batch;
    case operations::layer_norm::kind:
    case operations::layer_norm_input_gradient::kind: return 2 * static_cast<double>(k.x.size()) + 8;
    case operations::layer_norm_parameter_gradient::kind: return pixels * batch;
    case operations::group_norm::kind:
    case operations::group_norm_sums::kind:
    case operations::group_norm_input_gradient::kind: return 2 * static_cast<double>(k.x.size()) + 8;
    case operations::group_norm_parameter_gradient::kind:
    case operations::scale_elements_parameter_gradient::kind: return batch;
    case operations::local_response_norm::kind:
    case operations::local_response_norm_gradient::kind: return 36 + 2 * taps;
    case operations::softmax::kind:
    case operations::softmax_gradient::kind:
    case operations::softmax_cross_entropy::kind:
    case operations::weighted_cross_entropy::kind:
    case operations::gaussian_divergence::kind:
    case operations::soft_dice::kind:
    case operations::elementwise_loss::kind: return 36 + static_cast<double>(k.x.size());
    case operations::elementwise::kind:
    case operations::elementwise_gradient::kind: return 36;
    default: return 1;
    }
}
inline double bound_of(const plan_facts& plan, const strata::core::key* keys, int batch, double epsilon) {
    double factor = 0;
    for (int t = 0; t < plan.step_count; ++t) factor += 4 + 2 * std::sqrt(summands(keys[plan.steps[t].kernel], batch));
    return factor * epsilon;
}

/// The number of elements of `x` that are further from `expected`'s than the bound allows; the first is shown.
inline int differences(const std::string& what, const std::vector<double>& x, const std::vector<double>& expected,
                       double bound) {
    if (x.size() != expected.size()) {
        UNSCOPED_INFO(what << " has " << x.size() << " elements, not " << expected.size());
        return 1;
    }
    double largest = 0;
    for (const double e : expected) largest = std::max(largest, std::abs(e));
    int found = 0;
    for (std::size_t i = 0; i < x.size(); ++i)
        if (!(std::abs(x[i] - expected[i]) <= bound * largest) && found++ == 0)
            UNSCOPED_INFO(what << " [" << i << "] is " << x[i] << ", the reference has " << expected[i] << "; "
                               << std::abs(x[i] - expected[i]) / largest << " of the largest against " << bound);
    return found;
}

/// Where the samples come from.
enum class samples : int {
    uniform,  ///< in [-1, 1)
    counting, ///< integers from -2 to 2: most windows have their maximum twice
};

/// The same numbers for every policy and precision, all of them floats. Weights in ±1/sqrt(fan in), gains and running
/// variances around 1, shifts and running means around 0.
template <class T>
void give_numbers(any_run<T>& r, samples kind) {
    const auto give = [](std::vector<T>& to, std::uint64_t seed, double low, double high) {
        const auto numbers = random_numbers<float>(static_cast<long long>(to.size()), seed);
        for (std::size_t i = 0; i < to.size(); ++i)
            to[i] = static_cast<T>(
                static_cast<float>((low + high) / 2 + (high - low) / 2 * static_cast<double>(numbers[i])));
    };
    give(r.input, 1, -1, 1);
    if (kind == samples::counting)
        for (T& x : r.input) x = std::round(2 * x);
    if (r.reads_tokens()) r.give_tokens(random_tokens(static_cast<long long>(r.input.size()), 1));
    give(r.target, 2, 0, 1);
    for (int i = 0; i < r.tensors(); ++i) {
        const strata::parameter_info& p = r.facts.parameters[i];
        const double middle = p.start == strata::init::one ? 1 : 0;
        const double spread = p.start == strata::init::kaiming ? 1 / std::sqrt(static_cast<double>(p.fan_in)) : 0.5;
        std::vector<T> numbers(static_cast<std::size_t>(r.size(i)));
        give(numbers, 10 + static_cast<std::uint64_t>(i), middle - spread, middle + spread);
        r.write(i, numbers);
    }
}

template <class T>
void compare_runs(any_run<T>& x, any_run<double>& oracle, samples kind, double bound) {
    give_numbers(oracle, kind);
    give_numbers(x, kind);
    oracle.run();
    x.run();
    const bool training = x.facts.has_loss;
    INFO((std::is_same_v<T, float> ? "float" : "double")
         << ", batch " << x.batch << (training ? ", training" : ", inference"));
    const auto doubles = [](const std::vector<T>& numbers) {
        return std::vector<double>(numbers.begin(), numbers.end());
    };
    CHECK(differences("output", doubles(x.output), oracle.output, bound) == 0);
    if (!training) return;
    CHECK(differences("loss", {static_cast<double>(x.loss())}, {oracle.loss()}, bound) == 0);
    CHECK(differences("input gradient", doubles(x.input_gradient()), oracle.input_gradient(), bound) == 0);
    for (int i = 0; i < x.tensors(); ++i) {
        if (!x.is_parameter(i)) {
            CHECK(differences(x.name(i), doubles(x.read(i)), oracle.read(i), bound) == 0);
            continue;
        }
        if (!x.facts.parameters[i].trainable) { // nothing was written there
            const auto untouched = x.gradient(i);
            CHECK(std::all_of(untouched.begin(), untouched.end(), [](T number) { return std::isnan(number); }));
            continue;
        }
        CHECK(differences("gradient of " + x.name(i), doubles(x.gradient(i)), oracle.gradient(i), bound) == 0);
        const auto padding = x.gradient_padding(i);
        CHECK(std::count(padding.begin(), padding.end(), T(0)) == static_cast<std::ptrdiff_t>(padding.size()));
    }
}

template <class OraclePlan, class Plan, class Policy, class T>
void compare_plans(std::initializer_list<int> batches, samples kind) {
    REQUIRE(noted<Plan>);
    for (const int batch : batches) {
        host_run<OraclePlan, strata::reference, double> oracle(batch);
        run_of<Plan, Policy, T> x(batch);
        compare_runs<T>(
            x, oracle, kind,
            bound_of(x.facts, Plan::data.keys, batch, static_cast<double>(std::numeric_limits<T>::epsilon())));
    }
}

/// A training step over Net in both precisions, for each batch: 20 samples are two whole chunks of 8 and a part.
template <class Net, class Loss = strata::mean_squared_error, class Policy = strata::cpu>
void compare_training(std::initializer_list<int> batches = {1, 7, 20}, samples kind = samples::uniform) {
    using oracle = train_plan<Net, Loss, strata::reference, double, 8>;
    compare_plans<oracle, train_plan<Net, Loss, Policy, float, 8>, Policy, float>(batches, kind);
    compare_plans<oracle, train_plan<Net, Loss, Policy, double, 8>, Policy, double>(batches, kind);
}
/// The same with the first `Layers` of its outermost layers frozen.
template <class Net, int Layers, class Policy, class T>
using plan_with_frozen = strata::core::plan<Net,
                                            strata::core::request{.mode = strata::core::mode::train,
                                                                  .frozen = {{{0, Layers}}},
                                                                  .input_gradient = true,
                                                                  .target = in_chunks_of<Policy, T>(8)},
                                            strata::mean_squared_error>;
template <class Net, int Layers, class Policy = strata::cpu>
void compare_frozen(std::initializer_list<int> batches) {
    using oracle = plan_with_frozen<Net, Layers, strata::reference, double>;
    compare_plans<oracle, plan_with_frozen<Net, Layers, Policy, float>, Policy, float>(batches, samples::uniform);
    compare_plans<oracle, plan_with_frozen<Net, Layers, Policy, double>, Policy, double>(batches, samples::uniform);
}

template <class Net, class Policy = strata::cpu>
void compare_inference() {
    using oracle = inference_plan<Net, strata::reference, double, 8>;
    compare_plans<oracle, inference_plan<Net, Policy, float, 8>, Policy, float>({1, 7, 20}, samples::uniform);
    compare_plans<oracle, inference_plan<Net, Policy, double, 8>, Policy, double>({1, 7, 20}, samples::uniform);
}

} // namespace strata_tests
