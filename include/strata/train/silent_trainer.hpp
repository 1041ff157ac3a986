#pragma once
/// silent_trainer — stands for the trainer of something broken: the error is reported, everything else stays silent.
#include <strata/model/model_arguments.hpp>
#include <strata/plan/any_number.hpp>
#include <strata/train/fit_options.hpp>
#include <strata/train/history.hpp>

#include <concepts>
#include <cstdint>
#include <span>

namespace strata::inline STRATA_ABI::detail {

/// The result of a broken trainer.
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
    template <class Train, class HeldOut, class... Companions>
        requires(!std::derived_from<HeldOut, fit_options>)
    history fit(const Train&, const HeldOut&, const fit_options& = {}, const Companions&...) {
        return {};
    }
    template <class Train, class... Companions>
    history fit(const Train&, const fit_options& = {}, const Companions&...) {
        return {};
    }
    template <class X, class T>
    double step(const X&, const T&) {
        return 0;
    }
    template <class Data>
    silent_evaluation evaluate(const Data&) {
        return {};
    }
    std::span<const number> gradient_block() const noexcept { return {}; }
    std::int64_t steps() const noexcept { return 0; }
    static constexpr any_number bytes(int) { return {}; }
    static constexpr any_number optimiser_bytes() { return {}; }
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
