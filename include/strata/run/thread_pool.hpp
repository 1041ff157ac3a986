#pragma once
/// thread_pool — runs `f(task)` for every task of a region on a fixed number of threads, the caller's included.
///
///   thread_pool pool{4};
///   pool.run(tasks, [&](int task) { ... });             // returns when all tasks are done
///   pool.run(tasks, [&](int task, int thread) { ... }); // thread 0 is the caller's
///
/// Which thread runs a task is arbitrary, but the tasks are fixed by the caller, and all threads flush denormals while
/// they run one. So the number of threads never changes a bit of the result. A region that meets a busy pool (nested,
/// or from another thread) runs in its caller, as does a region of one task. `f` must not throw.
/// Errors   error for fewer than one thread, device_error if the system grants no more threads
///
/// How it works. One word, `state_`, holds the region's generation, whether it is open, and how many workers are
/// inside. Workers join by compare-and-swap and draw tasks from a counter. The caller draws too. When none is left it
/// closes the region and waits only for those inside: a worker that wakes late costs nothing.
#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <memory>
#include <mutex>
#include <strata/base/error.hpp>
#include <strata/base/monotonic_time.hpp>
#include <strata/base/needs_exceptions.hpp>
#include <strata/base/words/sentence.hpp>
#include <strata/run/denormals.hpp>
#include <string>
#include <system_error>
#include <thread>
#include <type_traits>
#include <vector>

namespace strata::inline STRATA_ABI::core {

class thread_pool {
  public:
    /// Starts `threads - 1` workers; 1 starts none.
    [[gnu::cold]] explicit thread_pool(int threads) {
        if (threads < 1)
            raise(sentence({"strata: a thread pool of ", threads, " threads cannot run anything. Use at least 1."}));
        const auto cores = static_cast<int>(std::thread::hardware_concurrency()); // 0: not known
        spins_ = cores == 0 || threads <= cores; // with fewer cores than threads a spin takes a core from work
        try {
            workers_.reserve(static_cast<std::size_t>(threads - 1));
            for (int i = 1; i < threads; ++i) workers_.emplace_back([this, i] { work(i); });
        } catch (const std::system_error& refused) {
            const auto started = workers_.size() + 1;
            stop();
            raise<device_error>(sentence({"strata: the system started ", started, " of the ", threads,
                                          " requested threads (", refused.what(), "). Use fewer."}));
        }
    }
    ~thread_pool() { stop(); }
    thread_pool(const thread_pool&) = delete;
    thread_pool& operator=(const thread_pool&) = delete;

    [[nodiscard]] int threads() const noexcept { return static_cast<int>(workers_.size()) + 1; }

    /// Calls `f(task)` or `f(task, thread)` once for each task in [0, tasks), in any order, and returns when all have
    /// returned. At no time do two tasks run on the same thread of [0, threads()) unless the pool was busy.
    template <class F>
    void run(int tasks, F&& f) noexcept {
        using function = std::remove_reference_t<F>;
        run_erased(
            tasks,
            [](const void* body, int task, [[maybe_unused]] int thread) {
                function& call = *static_cast<function*>(const_cast<void*>(body));
                if constexpr (std::is_invocable_v<function&, int, int>) call(task, thread);
                else call(task);
            },
            std::addressof(f));
    }

  private:
    // state_: generation (32 bits) | open | stopping | workers inside (30 bits)
    static constexpr std::uint64_t next_generation = std::uint64_t{1} << 32;
    static constexpr std::uint64_t open = std::uint64_t{1} << 31;
    static constexpr std::uint64_t stopping = std::uint64_t{1} << 30;
    static constexpr std::uint64_t inside = stopping - 1;

    static std::uint64_t generation(std::uint64_t state) { return state / next_generation; }

    // Orders: the defaults (sequentially consistent) stand where a flag is set and then another one read, so
    // that either the sleeper sees the change or the one who changed it sees the sleeper.

    /// Not a template: a program has many regions, and this is most of each.
#if defined(__GNUC__) && !defined(__clang__)
    [[gnu::noclone]] // g++ would compile a copy for each caller's constant arguments
#endif
    [[gnu::noinline]] void
    run_erased(int tasks, void (*call)(const void*, int, int), const void* function) noexcept {
        const flush_denormals flushed;
        if (tasks <= 1 || workers_.empty() || busy_.exchange(true, std::memory_order_acquire)) {
            for (int task = 0; task < tasks; ++task) call(function, task, 0);
            return;
        }
        call_ = call;
        function_ = function;
        tasks_ = tasks;
        next_.store(0, std::memory_order_relaxed);
        publish();
        draw(0);
        finish();
        busy_.store(false, std::memory_order_release);
    }

    void publish() {
        const auto state = state_.load(std::memory_order_relaxed); // closed, nobody inside: only we change it
        state_.store((generation(state) + 1) * next_generation | open);
        const int sleeping = sleeping_.load();
        if (sleeping == 0) return;
        {
            const std::lock_guard lock{mutex_};
        } // whoever counted itself as sleeping now really sleeps
        if (tasks_ - 1 >= sleeping) wake_.notify_all();
        else
            for (int i = 1; i < tasks_; ++i) wake_.notify_one();
    }

    void draw(int thread) {
        for (;;) {
            const auto task = next_.fetch_add(1, std::memory_order_relaxed);
            if (task >= tasks_) return;
            call_(function_, static_cast<int>(task), thread);
        }
    }

    void finish() {
        state_.fetch_sub(open); // nobody joins any more
        const auto all_left = [this] { return (state_.load() & inside) == 0; };
        if (spin(all_left)) return;
        std::unique_lock lock{mutex_};
        caller_sleeps_.store(true);
        done_.wait(lock, all_left);
        caller_sleeps_.store(false);
    }

    void work(int thread) {
        const flush_denormals flushed;
        std::uint64_t joined = 0; // the first region is generation 1
        for (;;) {
            auto state = wait_for_region(joined);
            if ((state & stopping) != 0) return;
            if (!state_.compare_exchange_weak(state, state + 1)) continue; // others joined, or it closed
            joined = generation(state);
            draw(thread);
            const bool last = (state_.fetch_sub(1) & (open | inside)) == 1; // of a closed region
            if (last && caller_sleeps_.load()) {
                {
                    const std::lock_guard lock{mutex_};
                }
                done_.notify_one();
            }
        }
    }

    std::uint64_t wait_for_region(std::uint64_t joined) {
        std::uint64_t state = 0;
        const auto ready = [&] {
            state = state_.load();
            return (state & stopping) != 0 || ((state & open) != 0 && generation(state) != joined);
        };
        if (spin(ready)) return state;
        std::unique_lock lock{mutex_};
        sleeping_.fetch_add(1);
        wake_.wait(lock, ready);
        sleeping_.fetch_sub(1);
        return state;
    }

    /// Waits for at most about 50 us: less than what waking a parked thread costs, and bounded when cores are
    /// busy.
    template <class Ready>
    bool spin(const Ready& ready) const {
        if (!spins_) return ready();
        const long long end = detail::monotonic_time() + 50'000;
        do {
            for (int i = 0; i < 32; ++i) {
                if (ready()) return true;
                pause();
            }
        } while (detail::monotonic_time() < end);
        return false;
    }

    static void pause() {
#if defined(__SSE2__)
        _mm_pause();
#elif defined(__aarch64__)
        asm volatile("yield");
#endif
    }

    [[gnu::cold]] void stop() {
        state_.fetch_or(stopping);
        {
            const std::lock_guard lock{mutex_};
        }
        wake_.notify_all();
        for (auto& worker : workers_) worker.join();
        workers_.clear();
    }

    // a cache line each, so that drawing tasks does not disturb those who wait for the state
    alignas(64) std::atomic<std::uint64_t> state_{0};
    alignas(64) std::atomic<std::int64_t> next_{0}; // 64 bits: every thread draws once past the end
    alignas(64) std::atomic<bool> busy_{false};     // a region is running
    std::atomic<bool> caller_sleeps_{false};
    std::atomic<int> sleeping_{0}; // parked workers
    bool spins_ = true;

    // the region: written by the caller while nobody is inside
    void (*call_)(const void*, int, int) = nullptr;
    const void* function_ = nullptr;
    int tasks_ = 0;

    std::mutex mutex_; // guards parking only
    std::condition_variable wake_, done_;
    std::vector<std::thread> workers_;
};

} // namespace strata::inline STRATA_ABI::core
