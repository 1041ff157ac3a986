#pragma once
/// The parts of a training step that read or change its state (see <strata/run/step_state.hpp>), as functions for a
/// GPU: those without an argument for one thread, those of i for a thread per element. Once something was not finite,
/// the steps behind it change nothing, so the host may hear of it later.
#include <strata/base/host_device.hpp>
#include <strata/run/step_state.hpp>

#include <cmath>
#include <cstdint>

namespace strata::inline STRATA_ABI::on_cuda {

using core::not_finite;
using core::step_state;

/// What `not_finite` is asked of.
template <class T>
STRATA_HD bool is_finite(T x) {
    return x - x == T(0);
}

/// The loss that a batch has given.
template <class T>
struct take_loss {
    step_state* state;
    const T* loss;
    bool trains; ///< in an evaluation it may be what it is
    STRATA_HD void operator()() const {
        state->loss = static_cast<double>(*loss);
        if (trains && state->found == not_finite::nothing && !is_finite(state->loss)) state->found = not_finite::loss;
    }
};

/// Lowers `place` to i, whichever thread comes first.
STRATA_HD inline void lower(std::int64_t& place, long long i) {
#if defined(__CUDA_ARCH__)
    // −1, nothing yet, is the largest of the unsigned numbers.
    atomicMin(reinterpret_cast<unsigned long long*>(&place), static_cast<unsigned long long>(i));
#else
    if (place < 0 || i < place) place = i;
#endif
}

/// Looks for a number that is not finite among those from place `first` on; of several the first place counts. All
/// threads that find one write the same, and none starts once something was found before.
template <class T>
struct find_not_finite {
    step_state* state;
    const T* x;
    long long first;
    not_finite what;
    STRATA_HD void operator()(long long i) const {
        if (is_finite(x[first + i]) || (state->found != not_finite::nothing && state->found != what)) return;
        lower(state->place, first + i);
        state->found = what;
    }
};

/// f(i), unless something was not finite.
template <class F>
struct while_finite {
    const step_state* state;
    F f;
    STRATA_HD void operator()(long long i) const {
        if (state->found == not_finite::nothing) f(i);
    }
};
template <class T>
struct copy_element {
    const T* from;
    T* to;
    STRATA_HD void operator()(long long i) const { to[i] = from[i]; }
};

/// The norm of a gradient in three steps of fixed order, so that its bits are the same from run to run: `first_sums`
/// sums of every `first_sums`-th square, `second_sums` of every `second_sums`-th of these, and their sum.
inline constexpr int first_sums = 1 << 15, second_sums = 1 << 7;
template <class T>
struct sum_squares {
    const T* x;
    long long n;
    double* sums;
    STRATA_HD void operator()(long long i) const {
        double sum = 0;
        for (long long k = i; k < n; k += first_sums) sum += static_cast<double>(x[k]) * static_cast<double>(x[k]);
        sums[i] = sum;
    }
};
struct sum_sums {
    const double* from;
    double* to;
    STRATA_HD void operator()(long long i) const {
        double sum = 0;
        for (long long k = i; k < first_sums; k += second_sums) sum += from[k];
        to[i] = sum;
    }
};
struct finish_norm {
    step_state* state;
    const double* sums;
    STRATA_HD void operator()() const {
        double sum = 0;
        for (int i = 0; i < second_sums; ++i) sum += sums[i];
        state->gradient_norm = std::sqrt(sum);
    }
};
/// Source: Pascanu, Mikolov & Bengio 2013, with the 1e-6 of torch.nn.utils.clip_grad_norm_
template <class T>
struct limit_norm {
    const step_state* state;
    double most;
    T* gradient;
    STRATA_HD void operator()(long long i) const {
        const double factor = most / (state->gradient_norm + 1e-6);
        if (factor < 1) gradient[i] = factor == 0 ? T(0) : static_cast<T>(factor) * gradient[i] + T(0);
    }
};

/// One step more.
struct advance {
    step_state* state;
    double rate_factor;
    STRATA_HD void operator()() const {
        if (state->found != not_finite::nothing) return;
        ++state->step;
        state->rate_factor = rate_factor;
    }
};

} // namespace strata::inline STRATA_ABI::on_cuda
