#pragma once
/// silent_trainer — stands for the trainer of something broken: the error is reported, everything else stays silent.
#include <strata/base/silent_call.hpp>
#include <strata/model/model_arguments.hpp>
#include <strata/plan/any_number.hpp>
#include <strata/train/fit/fit_options.hpp>
#include <strata/train/history/history.hpp>

#include <cstdint>
#include <span>

namespace strata::inline STRATA_ABI::detail {

/// The result of a broken trainer's evaluation.
struct silent_evaluation {
    double loss = 0, metric = 0;
    template <class Metric>
    [[nodiscard]] Metric get() const {
        return {};
    }
};

/// The trainer of something broken: the error is reported, everything else stays silent.
template <class Number = float>
class silent_trainer {
  public:
    using number = Number;
    template <class... Given>
    explicit silent_trainer(Given&&...) {}
    static constexpr silent_call<history, fit_options> fit{};
    static constexpr silent_call<double> step{};
    static constexpr silent_call<silent_evaluation> evaluate{};
    static constexpr silent_call<std::span<const number>> gradient_block{};
    static constexpr silent_call<std::int64_t> steps{};
    static constexpr silent_call<any_number> bytes{}, optimiser_bytes{};
};
template <class Model>
class silent_trainer_of : public silent_trainer<typename model_arguments<Model>::precision::type> {
  public:
    template <class... Extras>
    silent_trainer_of(Model& net, const Extras&...) : net_(&net) {}
    Model averaged() { return *net_; }

  private:
    Model* net_;
};

} // namespace strata::inline STRATA_ABI::detail
