#pragma once
/// host — the machine of the policies that compute on this computer's own cores. A policy names its machine,
/// `using machine = strata::core::host;`, and model and trainer reach memory and kernels through nothing else:
///
///   memory<T>         numbers where kernels reach them: data(), size(), read, write, clear, view(); copies are deep
///   allocate          makes such memory for a policy's instance, zero at first
///   staging<T>        passes a caller's numbers to the machine and its results back; here nothing has to move
///   caller_memory<T>  the caller's numbers that staging passes without waiting
///   inference         runs a plan's steps for one caller
///   require_memory, fits   whether that many bytes, a function of the batch, are available
///   training<P>       runs a plan's steps with all the policy's instance has, and the optimiser after them
///   training_step<P, Model, Loss, Others...>   a whole step of training, what `training<P>` does in its order
///   function<T>       what a kernel table holds
///   scratch<P, Policy, T>   numbers of memory that each thread needs for a plan's kernels beside their operands
#include <strata/run/block.hpp>
#include <strata/run/executor.hpp>
#include <strata/run/kernel_table.hpp>
#include <strata/run/scratch.hpp>
#include <strata/run/unrolled.hpp>

namespace strata::inline STRATA_ABI::detail {
template <class Plan, class Model, class Loss, class... Others>
class training_step; // in <strata/train/training_step.hpp>
} // namespace strata::inline STRATA_ABI::detail

namespace strata::inline STRATA_ABI::core {

template <class Policy>
class host_training; // in <strata/run/host_training.hpp>: inference needs no threads

struct host {
    template <class T>
    using memory = block<T>;
    template <class T>
    using caller_memory = block<T>;
    template <class T>
    using function = kernel_function<T>;
    template <class Plan, class Policy, class T>
    static constexpr long long scratch = scratch_of<Plan, Policy, T>;

    template <class T, class Policy>
    static memory<T> allocate(const Policy&, long long elements) {
        return memory<T>(elements);
    }
    /// Raises an error if that many bytes, a function of the batch, are not available. Here the system does so itself,
    /// later.
    template <class Policy, class Bytes>
    static void require_memory(const Policy&, int, const Bytes&) noexcept {}

    template <class Policy>
    static bool fits(const Policy&, long long) noexcept {
        return true;
    }

    template <class T>
    struct staging {
        template <class Policy>
        staging(const Policy&, long long) {}
        /// Where the machine finds n numbers of the caller's: steps only read them.
        static T* upload(const T* from, long long) noexcept { return const_cast<T*>(from); }
        /// Where the machine may leave numbers for the caller, and the moment when they must be there.
        static T* slot(T* to) noexcept { return to; }
        static void download(T*, long long) noexcept {}
        /// The same of `caller_memory`, which is done when the work that follows begins, or is known to be done.
        static T* begin_upload(const T* from, long long n) noexcept { return upload(from, n); }
        static void begin_download(T*, long long) noexcept {}
    };

    /// The calling thread runs everything; its floating-point mode stays as it is.
    struct inference {
        template <class Policy>
        explicit inference(const Policy&) {}
        template <class Plan, class Policy, class T>
        [[gnu::always_inline]] void run(const frame<T>& f) const noexcept {
            if constexpr (Plan::unrolled) {
                run_unrolled<Plan, Policy>(f);
            } else {
                const serial_tasks tasks;
                run_steps(Plan::data.steps, Plan::steps, kernel_table<Plan, Policy, T>.rows, f, tasks);
            }
        }
    };
    template <class Policy>
    using training = host_training<Policy>;
    template <class Plan, class Model, class Loss, class... Others>
    using training_step = detail::training_step<Plan, Model, Loss, Others...>;
};

} // namespace strata::inline STRATA_ABI::core
