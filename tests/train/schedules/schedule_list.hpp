#pragma once
/// What the tests of the schedules share: the factors that PyTorch's schedulers give.
#include "catch.hpp"
#include "pytorch/pytorch_case.hpp"
#include <cmath>
#include <strata/train/schedules/schedule_function.hpp>
#include <string>

namespace schedule_tests {

using namespace strata;
using namespace strata::core;

/// The largest difference between the factors of `schedule` and those of that name in
/// tests/pytorch/training/schedules.safetensors, all asked in order as fit does: 24 epochs of 5 steps.
inline double difference(const std::string& name, schedule_function schedule) {
    const strata_tests::pytorch_case torch{"schedules"};
    const auto &losses = torch["losses"].values, &factors = torch[name].values;
    REQUIRE(losses.size() == 24);
    REQUIRE(factors.size() == 120);
    schedule_point at{.epochs = 24, .steps = 120};
    double worst = 0;
    for (int epoch = 0; epoch < 24; ++epoch) {
        at.epoch = epoch;
        for (int i = 0; i < 5; ++i, ++at.step) {
            at.progress = static_cast<double>(at.step) / 120;
            const double d = std::fabs(schedule(at) - factors[static_cast<std::size_t>(at.step)]);
            if (!(d <= worst)) worst = d; // NaN stays
        }
        at.loss = losses[static_cast<std::size_t>(epoch)];
    }
    return worst;
}

/// The message of the error that making the schedule raises; empty when it raises none.
template <class F>
std::string complaint(const F& options) {
    try {
        const schedule_function made = options;
    } catch (const error& e) {
        return e.what();
    }
    return "";
}

} // namespace schedule_tests

/// The factors whose name is the expression itself. PyTorch goes from factor to factor, which rounds 120 times.
#define STRATA_SAME_FACTORS(...) CHECK(schedule_tests::difference(#__VA_ARGS__, __VA_ARGS__) < 1e-12)
