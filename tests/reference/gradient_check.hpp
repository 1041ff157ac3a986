#pragma once
/// Every gradient of a network in training against central differences of its loss.
#include "machines/host_run.hpp"
#include "random_numbers.hpp"
#include "same_numbers.hpp"
#include "weighted_sum.hpp"
#include <strata/reference/reference.hpp>

namespace strata_tests {

/// A step of 1e-6 is in the middle: the differences' curvature costs about 1e-12, the rounding of the loss
/// 1e-10.
inline constexpr double difference_step = 1e-6;
/// max|a − n| as a fraction of max(1e-3, max|n|).
inline constexpr double gradient_bound = 1e-6;

inline double loss_of(any_run<double>& r) {
    r.run();
    if (r.facts.has_loss) return r.loss();
    double sum = 0;
    for (std::size_t i = 0; i < r.output.size(); ++i) sum += r.target[i] * r.output[i];
    return sum;
}

/// The slope of the loss along each number that `number(e)` gives, e in [0, count).
template <class Number>
std::vector<double> slopes(any_run<double>& r, long long count, Number number) {
    std::vector<double> n;
    for (long long e = 0; e < count; ++e) {
        double& x = number(e);
        const double centre = x;
        x = centre + difference_step;
        const double above = loss_of(r);
        x = centre - difference_step;
        const double below = loss_of(r);
        x = centre;
        n.push_back((above - below) / (2 * difference_step));
    }
    return n;
}

inline void check_gradients_of(any_run<double>& r) {
    r.input = spread_numbers<double>(static_cast<long long>(r.input.size()), 1);
    if (r.reads_tokens()) r.give_tokens(random_tokens(static_cast<long long>(r.input.size()), 1));
    r.target = random_numbers<double>(static_cast<long long>(r.target.size()), 2);
    for (int i = 0; i < r.tensors(); ++i) r.write(i, random_numbers<double>(r.size(i), 10 + std::uint64_t(i)));
    r.run();
    const std::vector<double> to_input = r.input_gradient();
    std::vector<std::vector<double>> to_parameter;
    for (int i = 0; i < r.tensors(); ++i) to_parameter.push_back(r.gradient(i));

    CAPTURE(r.batch);
    const auto inputs = static_cast<long long>(r.reads_tokens() ? 0 : r.input.size());
    CHECK(distance(to_input, slopes(r, inputs, [&](long long e) -> double& { return r.input[std::size_t(e)]; }))
          <= gradient_bound);
    for (int i = 0; i < r.tensors(); ++i) {
        if (!r.is_parameter(i)) continue;
        CAPTURE(r.name(i));
        CHECK(distance(to_parameter[std::size_t(i)],
                       slopes(r, r.size(i), [&](long long e) -> double& { return r.at(i, e); }))
              <= gradient_bound);
    }
}

template <class Net, class Loss = weighted_sum>
void check_gradients(int batch) {
    host_run<train_plan<Net, Loss, strata::reference>, strata::reference> r(batch);
    check_gradients_of(r);
}

/// In inference only the input has a gradient. Numbers of every tensor are positive: a running variance is.
template <class Net>
void check_input_gradient_in_inference(int batch) {
    using in_inference = strata::core::plan<
        Net, strata::core::request{.input_gradient = true, .target = in_chunks_of<strata::reference, double>(3)},
        weighted_sum>;
    host_run<in_inference, strata::reference> r(batch);
    r.input = spread_numbers<double>(static_cast<long long>(r.input.size()), 1);
    r.target = random_numbers<double>(static_cast<long long>(r.target.size()), 2);
    for (int i = 0; i < r.tensors(); ++i) {
        auto numbers = random_numbers<double>(r.size(i), 10 + std::uint64_t(i));
        for (double& x : numbers) x = 1 + 0.5 * x;
        r.write(i, numbers);
    }
    r.run();
    const std::vector<double> to_input = r.input_gradient();
    const auto inputs = static_cast<long long>(r.input.size());
    CHECK(distance(to_input, slopes(r, inputs, [&](long long e) -> double& { return r.input[std::size_t(e)]; }))
          <= gradient_bound);
}

} // namespace strata_tests
