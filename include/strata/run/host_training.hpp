#pragma once
/// host_training — a host policy at work for a trainer: its threads run the steps, gather samples and apply the
/// optimiser.
#include <strata/run/all_finite.hpp>
#include <strata/run/host.hpp>
#include <strata/run/thread_pool.hpp>

#include <atomic>
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
    static void copy(const T* from, long long n, T* to) noexcept {
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
    double square_sum(const T* x, long long n) {
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
    bool all_finite(const T* x, long long n) noexcept {
        std::atomic<bool> finite{true};
        pool_->run(parts(n), [&](int task) {
            const long long first = task * part, count = n - first < part ? n - first : part;
            if (!core::all_finite(x + first, count)) finite.store(false, std::memory_order_relaxed);
        });
        return finite.load(std::memory_order_relaxed);
    }

    /// One step of the optimiser over n parameters and their gradients; its slots lie `slot_size` numbers apart in
    /// `state`. Gives whether the parameters are finite after it, which costs little while they are in the cache.
    template <class Optimizer, class T>
    bool update(const Optimizer& optimizer, std::int64_t step, const T* gradient, T* parameter, T* state, long long n,
                long long slot_size) noexcept {
        std::atomic<bool> finite{true};
        pool_->run(parts(n), [&](int task) {
            const long long first = task * part, count = n - first < part ? n - first : part;
            T* states[Optimizer::states + 1] = {}; // one more: there may be none
            for (int k = 0; k < Optimizer::states; ++k) states[k] = state + k * slot_size + first;
            optimizer.apply(step, gradient + first, parameter + first, states, static_cast<std::size_t>(count));
            if (!core::all_finite(parameter + first, count)) finite.store(false, std::memory_order_relaxed);
        });
        return finite.load(std::memory_order_relaxed);
    }

  private:
    static constexpr long long part = 4096; ///< elements of a task: bits depend on it, threads do not change it
    static constexpr int parts(long long n) { return static_cast<int>((n + part - 1) / part); }
    std::unique_ptr<thread_pool> pool_;
};

} // namespace strata::inline STRATA_ABI::core
