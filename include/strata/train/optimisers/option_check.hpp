#pragma once
#include <cmath>
#include <cstdio>
#include <strata/base/error.hpp>
#include <strata/base/words/sentence.hpp>
#include <string>

namespace strata::inline STRATA_ABI::detail {

/// option_check — what `check` of an optimiser or a schedule says of a number that makes no sense: one sentence, with
/// its remedy, as an `error`.
///
///   const option_check is{"sgd"};
///   is.positive("learning rate", rate, ".rate = 0.01");
///   // strata: sgd: the learning rate is -1, but must be a positive number; try sgd{.rate = 0.01}.
struct option_check {
    const char* type; ///< the optimiser's or schedule's name

    [[gnu::cold]] void positive(const char* option, double value, const char* remedy) const {
        if (!(value > 0) || !std::isfinite(value)) refuse(option, value, "a positive number", remedy);
    }
    [[gnu::cold]] void not_negative(const char* option, double value, const char* remedy) const {
        if (!(value >= 0) || !std::isfinite(value)) refuse(option, value, "a number not less than 0", remedy);
    }
    /// Sums of many of these do not overflow.
    [[gnu::cold]] void at_most_a_float(const char* option, double value, const char* remedy) const {
        if (!(value >= 0 && value <= 3.4028234663852886e38))
            refuse(option, value, "a number from 0 to 3.4e38, the largest float", remedy);
    }
    [[gnu::cold]] void below_one(const char* option, double value, const char* remedy) const {
        if (!(value >= 0 && value < 1)) refuse(option, value, "at least 0 and less than 1", remedy);
    }
    [[gnu::cold]] void at_most_one(const char* option, double value, const char* remedy) const {
        if (!(value >= 0 && value <= 1)) refuse(option, value, "at least 0 and at most 1", remedy);
    }

    [[noreturn, gnu::cold, gnu::noinline]] void refuse(const char* option, double value, const char* needs,
                                                       const char* remedy) const {
        char number[32];
        std::snprintf(number, sizeof number, "%g", value);
        raise(sentence({"strata: ", type, ": the ", option, " is ", number, ", but must be ", needs, "; try ", type,
                        "{", remedy, "}."}));
    }
};

/// What an epsilon that is 0, or too small for a float, makes of parameters whose gradients are 0; empty for others.
[[nodiscard, gnu::cold, gnu::noinline]] inline std::string words_on_epsilon(const char* type, double epsilon,
                                                                            const char* remedy) {
    if (epsilon >= 1e-38) return {};
    return sentence({"The epsilon of ", type,
                     " is 0, so a parameter whose gradients were all 0 gets a step of 0 / 0. Set it: ", type, "{",
                     remedy, "}."});
}

} // namespace strata::inline STRATA_ABI::detail
