#pragma once
/// interrupt_guard — while it lives, a first signal of a list (Ctrl-C is SIGINT) is remembered instead of ending the
/// program, so that a fit can end after its step; a second one meets what stood there before, which ends the program as
/// always where nobody changed that. Guards of several threads share the handler: one signal is for all of them, and
/// what was there before the first guard is back, flags and mask included, with the end of the last.
///
/// A signal that was ignored (nohup) stays ignored. A handler that somebody else sets while a guard lives stays.
/// Errors   error for a number that is no signal, or one that cannot be caught; nothing has changed then
#include <strata/base/error.hpp>
#include <strata/base/words/sentence.hpp>

#include <atomic>
#include <cerrno>
#include <csignal>
#include <mutex>
#include <vector>

namespace strata::inline STRATA_ABI::detail {

/// A signal that guards share.
struct shared_signal {
    int guards = 0;
    struct sigaction before{};
    std::atomic<bool> caught{false};
    std::atomic<unsigned> arrived{0}; ///< how often, while a guard lived
    static_assert(std::atomic<bool>::is_always_lock_free && std::atomic<unsigned>::is_always_lock_free);
};

/// All of them, by their numbers.
class shared_signals {
  public:
    static constexpr int most = 64;

    [[nodiscard, gnu::cold, gnu::noinline]] static bool can_be_caught(int signal) noexcept {
        struct sigaction now{};
        return signal > 0 && signal <= most && signal != SIGKILL && signal != SIGSTOP
               && ::sigaction(signal, nullptr, &now) == 0;
    }
    /// How often the signal came while some guard lived.
    [[nodiscard]] static unsigned arrived(int signal) noexcept { return entries[signal].arrived.load(); }

    [[gnu::cold, gnu::noinline]] static void catch_from_now(int signal) {
        const std::lock_guard<std::mutex> alone(guards);
        shared_signal& e = entries[signal];
        ++e.guards;
        const blocked_here alone_with_the_handler(signal);
        struct sigaction now{};
        ::sigaction(signal, nullptr, &now);
        if (now.sa_handler == SIG_IGN || (now.sa_handler == &remember && e.caught.load())) return;
        if (now.sa_handler != &remember) e.before = now; // else another thread is about to restore it
        struct sigaction ours{};
        ours.sa_handler = &remember;
        ours.sa_flags = SA_RESTART | SA_ONSTACK; // what a step reads or writes is not disturbed
        ::sigemptyset(&ours.sa_mask);
        e.caught.store(true);
        ::sigaction(signal, &ours, nullptr);
    }
    [[gnu::cold, gnu::noinline]] static void let_go(int signal) {
        const std::lock_guard<std::mutex> alone(guards);
        shared_signal& e = entries[signal];
        if (--e.guards > 0 || !e.caught.load()) return;
        struct sigaction now{};
        ::sigaction(signal, nullptr, &now);
        if (now.sa_handler == &remember) ::sigaction(signal, &e.before, nullptr);
        e.caught.store(false); // last: until the old action is back, a signal is remembered
    }

  private:
    static void remember(int signal) {
        const int error = errno;
        shared_signal& e = entries[signal];
        e.arrived.fetch_add(1);
        if (e.caught.exchange(false)) ::sigaction(signal, &e.before, nullptr); // for the second
        errno = error;
    }
    /// Blocks a signal in this thread while it lives.
    class blocked_here {
      public:
        explicit blocked_here(int signal) {
            sigset_t one;
            ::sigemptyset(&one);
            ::sigaddset(&one, signal);
            ::pthread_sigmask(SIG_BLOCK, &one, &before_);
        }
        ~blocked_here() { ::pthread_sigmask(SIG_SETMASK, &before_, nullptr); }
        blocked_here(const blocked_here&) = delete;
        blocked_here& operator=(const blocked_here&) = delete;

      private:
        sigset_t before_;
    };
    static inline std::mutex guards;
    static inline shared_signal entries[most + 1];
};

class interrupt_guard {
  public:
    [[gnu::cold, gnu::noinline]] interrupt_guard(bool active, const std::vector<int>& numbers) {
        if (!active) return;
        for (const int signal : numbers)
            if (!shared_signals::can_be_caught(signal)) refuse(signal);
        caught_.reserve(numbers.size());
        for (const int signal : numbers) {
            caught_.push_back({signal, shared_signals::arrived(signal)});
            shared_signals::catch_from_now(signal);
        }
    }
    [[gnu::cold, gnu::noinline]] ~interrupt_guard() {
        for (const one& c : caught_) shared_signals::let_go(c.signal);
    }
    interrupt_guard(const interrupt_guard&) = delete;
    interrupt_guard& operator=(const interrupt_guard&) = delete;

    [[nodiscard]] bool interrupted() const noexcept { return signal() != 0; }
    /// The signal that came, of several the first of the list; 0: none did.
    [[nodiscard]] int signal() const noexcept {
        for (const one& c : caught_)
            if (shared_signals::arrived(c.signal) != c.arrived_before) return c.signal;
        return 0;
    }
    [[nodiscard, gnu::cold, gnu::noinline]] static std::string name_of(int signal) {
        switch (signal) {
        case SIGINT: return "SIGINT (Ctrl-C)";
        case SIGTERM: return "SIGTERM";
        case SIGHUP: return "SIGHUP";
        case SIGQUIT: return "SIGQUIT";
        case SIGUSR1: return "SIGUSR1";
        case SIGUSR2: return "SIGUSR2";
        case SIGALRM: return "SIGALRM";
        default: return sentence({"signal ", signal});
        }
    }

  private:
    struct one {
        int signal;
        unsigned arrived_before;
    };
    [[noreturn, gnu::cold, gnu::noinline]] static void refuse(int signal) {
        raise(sentence({"strata: .stop_signals contains signal ", signal,
                        ", which a program cannot catch. Use others, such as SIGINT and SIGTERM."}));
    }
    std::vector<one> caught_;
};

} // namespace strata::inline STRATA_ABI::detail
