#pragma once
/// host_training — a host policy at work for a trainer: its threads run the steps, gather samples and apply the
/// optimiser.
#include <strata/run/all_finite.hpp>
#include <strata/run/blend.hpp>
#include <strata/run/host.hpp>
#include <strata/run/step_state.hpp>
#include <strata/run/thread_pool.hpp>

#include <atomic>
#include <cmath>
#include <cstdint>
#include <memory>
#include <vector>

namespace strata::inline STRATA_ABI::core {

template <class Policy>
class host_training {
  public:
    explicit host_training(const Policy& p) : pool_(std::make_unique<thread_pool>(p.threads)) {}

    /// All steps of the plan, or those in [first, last).
    template <class Plan, class T>
    void run(const frame<T>& f, int first = 0, int last = Plan::steps) noexcept {
        const flush_denormals flushed; // once, rather than by each region
        run_steps(Plan::data.steps + first, last - first, kernel_table<Plan, Policy, T>.rows, f, *pool_);
    }
    /// Step t of the plan alone.
    template <class Plan, class T>
    void run_one(int t, const frame<T>& f) noexcept {
        run_step(Plan::data.steps[t], kernel_table<Plan, Policy, T>.rows[Plan::data.steps[t].kernel], f, *pool_);
    }
    [[nodiscard]] int threads() const noexcept { return pool_->threads(); }
    /// task(i) for i in [0, tasks), on the threads; it must not throw.
    template <class Task>
    void for_each(int tasks, Task&& task) noexcept {
        pool_->run(tasks, task);
    }

    /// n numbers of the machine's memory, where the caller can read them until the next call.
    template <class T>
    static const T* read_back(const T* there, long long) noexcept {
        return there;
    }
    template <class T>
    [[gnu::noinline]] static void copy(const T* from, long long n, T* to) noexcept {
        for (long long i = 0; i < n; ++i) to[i] = from[i];
    }

    /// f(i) for i in [0, n), each for itself.
    template <class F>
    void for_elements(long long n, const F& f) noexcept {
        pool_->run(parts(n), [&](int task) {
            const long long first = task * part, last = n - first < part ? n : first + part;
            for (long long i = first; i < last; ++i) f(i);
        });
    }
    /// The sum of n squares, in double and in a fixed order.
    template <class T>
    [[gnu::noinline]] double square_sum(const T* x, long long n) {
        std::vector<double> sums(static_cast<std::size_t>(parts(n)));
        pool_->run(parts(n), [&](int task) {
            const long long first = task * part, last = n - first < part ? n : first + part;
            double sum = 0;
            for (long long i = first; i < last; ++i) sum += static_cast<double>(x[i]) * static_cast<double>(x[i]);
            sums[static_cast<std::size_t>(task)] = sum;
        });
        double sum = 0;
        for (const double s : sums) sum += s;
        return sum;
    }

    /// Whether none of n numbers is infinite or NaN.
    template <class T>
    [[gnu::noinline]] bool all_finite(const T* x, long long n) noexcept {
        std::atomic<bool> finite{true};
        pool_->run(parts(n), [&](int task) {
            const long long first = task * part, count = n - first < part ? n - first : part;
            if (!core::all_finite(x + first, count)) finite.store(false, std::memory_order_relaxed);
        });
        return finite.load(std::memory_order_relaxed);
    }

    // ---- the parts of a step that change its state: see step_state.hpp ------------------------------------------

    using step_memory = host_step_memory;

    /// A copy before anything changes.
    template <class T>
    static void keep(const step_memory&, const T* from, long long n, T* to) noexcept {
        copy(from, n, to);
    }
    /// The loss that a batch has given; outside of training it may be what it is.
    template <class T>
    static void take_loss(step_memory& s, const T* loss, bool trains) noexcept {
        s.now.loss = static_cast<double>(*loss);
        if (trains && !(s.now.loss - s.now.loss == 0)) s.found(not_finite::loss);
    }
    /// Scales a gradient down to a Euclidean norm of at most `most`.
    /// Source: Pascanu, Mikolov & Bengio 2013, with the 1e-6 of torch.nn.utils.clip_grad_norm_
    template <class T>
    [[gnu::noinline]] void limit_norm(step_memory& s, double most, T* gradient, long long n) {
        s.now.gradient_norm = std::sqrt(square_sum(gradient, n));
        if (!(s.now.gradient_norm - s.now.gradient_norm == 0)) check_finite(s, not_finite::gradient, gradient, 0, n);
        if (s.now.found != not_finite::nothing) return; // else only the sum is too large
        const double factor = most / (s.now.gradient_norm + 1e-6);
        if (factor < 1) for_elements(n, detail::blend<T>{static_cast<T>(factor), T(0), gradient, gradient});
    }
    /// Looks for numbers that are not finite among n from place `first` on.
    template <class T>
    void check_finite(step_memory& s, not_finite what, const T* x, long long first, long long n) noexcept {
        if (!all_finite(x + first, n)) s.found(what);
    }
    /// for_elements, unless something was not finite.
    template <class F>
    void for_elements(const step_memory&, long long n, const F& f) noexcept {
        for_elements(n, f);
    }
    /// One step more, at this factor of the optimiser's rate.
    static void advance(step_memory& s, double rate_factor) noexcept {
        ++s.now.step;
        s.now.rate_factor = rate_factor;
    }
    /// The optimiser of the step, as `update` takes it.
    template <class Optimizer>
    static Optimizer of_step(const step_memory& s, Optimizer optimizer) noexcept {
        optimizer.rate *= s.now.rate_factor;
        return optimizer;
    }
    /// The step of n parameters and their gradients; the optimiser's slots lie `slot_size` numbers apart in `slots`.
    /// Looks whether the parameters are finite after it, which costs little while they are in the cache.
    template <class Optimizer, class T>
    [[gnu::noinline]] void update(step_memory& s, const Optimizer& optimizer, const T* gradient, T* parameter,
                                  T* all_slots, long long n, long long slot_size) noexcept {
        std::atomic<bool> finite{true};
        pool_->run(parts(n), [&](int task) {
            const long long first = task * part, count = n - first < part ? n - first : part;
            T* states[Optimizer::states + 1] = {}; // one more: there may be none
            for (int k = 0; k < Optimizer::states; ++k) states[k] = all_slots + k * slot_size + first;
            optimizer.apply(s.now.step, gradient + first, parameter + first, states, static_cast<std::size_t>(count));
            if (!core::all_finite(parameter + first, count)) finite.store(false, std::memory_order_relaxed);
        });
        if (!finite.load(std::memory_order_relaxed)) s.found(not_finite::model);
    }

  private:
    static constexpr long long part = 4096; ///< elements of a task: bits depend on it, threads do not change it
    static constexpr int parts(long long n) { return static_cast<int>((n + part - 1) / part); }
    std::unique_ptr<thread_pool> pool_;
};

} // namespace strata::inline STRATA_ABI::core
