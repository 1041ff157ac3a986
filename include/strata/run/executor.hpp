#pragma once
/// The executor of the host policies: walks a plan's steps and hands each task to the kernel of its operation. The
/// division into tasks is the plan's, so that the number of threads never changes a bit.
#include <strata/base/padded_to.hpp>
#include <strata/call/call.hpp>
#include <strata/plan/plan.hpp>

#include <cstddef>

namespace strata::inline STRATA_ABI::core {

/// Where a run's blocks lie.
template <class T>
struct frame {
    std::byte* base[most_blocks]{}; ///< by storage; fixed, per_sample and partial point into the arena
    int batch = 0;
    int chunks = 0;
    int chunk_size = 0;
    random_source random{};
    std::uint64_t steps = 0; ///< of a stream: how many came before this one
    T* scratch = nullptr;    ///< `scratch_size` numbers for each thread
    long long scratch_size = 0;
    const loss_terms<T>* losses = nullptr; ///< of each loss; none in inference

    /// An operand's address, whatever its elements are (see call::integers).
    [[nodiscard]] T* address(const operand& o) const {
        const long long scale = o.where == storage::per_sample ? batch : o.where == storage::partial ? chunks : 1;
        return reinterpret_cast<T*>(base[static_cast<int>(o.where)] + o.offset * scale);
    }
    /// A block of the model's numbers.
    [[nodiscard]] T* numbers(storage where) const { return reinterpret_cast<T*>(base[static_cast<int>(where)]); }
    void set(storage where, void* block) { base[static_cast<int>(where)] = static_cast<std::byte*>(block); }
    /// Divides one block: the threads' scratch, so many numbers each, then arena_bytes(batch), the three classes.
    void set_arena(void* memory, const block_sizes& sizes, long long scratch_per_thread = 0, int threads = 1) {
        scratch = static_cast<T*>(memory);
        scratch_size = scratch_per_thread;
        std::byte* const arena = reinterpret_cast<std::byte*>(scratch + scratch_per_thread * threads);
        set(storage::fixed, arena);
        set(storage::per_sample, arena + sizes.fixed);
        set(storage::partial, arena + sizes.fixed + sizes.per_sample * batch);
    }
};

/// Runs a region's tasks one after the other, on the calling thread.
struct serial_tasks {
    [[nodiscard]] static constexpr int threads() noexcept { return 1; }
    template <class Task>
    void run(int tasks, Task&& task) const noexcept {
        for (int i = 0; i < tasks; ++i) task(i, 0);
    }
};

/// The address of a partial operand's chunk, counted from the one at `at`.
template <class T>
[[nodiscard]] T* chunk_of(T* at, const operand& o, int chunk) noexcept {
    const long long bytes =
        padded_to(o.elements, alignment_elements) * bytes_of(o.element, static_cast<int>(sizeof(T)));
    return reinterpret_cast<T*>(reinterpret_cast<std::byte*>(at) + chunk * bytes);
}

/// Hands a call to its kernel, with the scratch of the thread that runs it.
template <class T>
void run_kernel(kernel_function<T> kernel, call<T>& c, const frame<T>& f, int thread) noexcept {
    c.scratch = f.scratch + thread * f.scratch_size;
    kernel(c);
}

/// Rows of one task of division::rows.
constexpr int rows_per_task(int rows) {
    const int sixteenth = (rows + 15) / 16;
    return sixteenth < 8 ? 8 : (sixteenth + 7) / 8 * 8;
}

/// A step's call before it is divided into tasks, without its operands.
template <class T>
call<T> work_of(const step& s, const frame<T>& f) noexcept {
    call<T> whole;
    whole.batch = f.batch * s.positions;
    whole.chunk_size = f.chunk_size * s.positions;
    whole.chunks = f.chunks;
    whole.random = f.random;
    whole.steps = f.steps;
    whole.ordinal = s.ordinal;
    whole.scratch = f.scratch;
    whole.positions = s.positions;
    if (f.losses != nullptr) whole.weights = f.losses[s.target].weights, whole.classes = f.losses[s.target].classes;
    whole.last = s.split == division::samples ? whole.batch : s.split == division::rows ? s.rows : 1;
    return whole;
}
/// The same with its operands.
template <class T>
call<T> whole_call(const step& s, const frame<T>& f) noexcept {
    call<T> whole = work_of(s, f);
    for (int i = 0; i < s.inputs + s.outputs; ++i) whole.at[i] = f.address(s.at[i]);
    return whole;
}

/// The least work (see step::work) that is shared out: below it, some ten microseconds, waking another thread costs
/// more.
inline constexpr long long least_shared_work = 1 << 20;

/// Is so much work, of each of so many samples, shared out? (A product of the two might not fit into 64 bits.)
constexpr bool is_shared(long long work, int samples) { return work > (least_shared_work - 1) / samples; }

/// Of sequences.
inline constexpr int rows_per_unit = 8;

/// Rows of a result, and samples whose numbers are not summed over a chunk, do not depend on their task: tasks of those
/// may be as large as the number of threads allows, and what they share, weights above all, is read less often.
template <class T, class Tasks>
void run_step(const step& s, kernel_function<T> kernel, const frame<T>& f, Tasks& tasks) noexcept {
    call<T> whole = whole_call(s, f);
    const int operands = s.inputs + s.outputs;
    bool sums = false;
    for (int i = 0; i < operands; ++i) sums = sums || s.at[i].where == storage::partial;
    const bool shared = tasks.threads() > 1 && is_shared(s.work, s.split == division::samples ? f.batch : 1);
    if (s.split == division::whole || (!shared && (!sums || s.split == division::rows))) {
        tasks.run(1, [&](int, int thread) noexcept { run_kernel(kernel, whole, f, thread); });
        return;
    }
    if (s.split == division::rows) {
        const int per_task = rows_per_task(s.rows);
        tasks.run((s.rows + per_task - 1) / per_task, [&](int task, int thread) noexcept {
            call<T> part = whole;
            part.first = task * per_task;
            part.last = part.first + per_task < s.rows ? part.first + per_task : s.rows;
            run_kernel(kernel, part, f, thread);
        });
        return;
    }
    // Rows of a sequence need no chunk if nothing is summed over it: a single long sample is shared out, too.
    const bool by_rows = s.positions > 1 && !sums;
    const int unit = by_rows ? rows_per_unit : whole.chunk_size;
    const int units = by_rows ? (whole.batch + unit - 1) / unit : f.chunks;
    const int most = 2 * tasks.threads(), units_per_task = sums ? 1 : (units + most - 1) / most;
    const int per_task = units_per_task * unit, count = (units + units_per_task - 1) / units_per_task;
    const auto chunk = [&](int task, int thread) noexcept {
        call<T> part = whole;
        part.first = task * per_task;
        part.last = part.first + per_task < whole.batch ? part.first + per_task : whole.batch;
        for (int i = 0; i < operands; ++i)
            if (s.at[i].where == storage::partial) part.at[i] = chunk_of(part.at[i], s.at[i], task);
        run_kernel(kernel, part, f, thread);
    };
    tasks.run(shared ? count : 1, [&](int task, int thread) noexcept {
        if (shared) chunk(task, thread);
        else
            for (int i = 0; i < count; ++i) chunk(i, thread);
    });
}

/// Neighbouring steps over samples, chunk by chunk: what a step leaves of a chunk is still near when the next one reads
/// it.
template <class T, class Tasks>
void run_together(const step* steps, const kernel_function<T>* kernels, const frame<T>& f, Tasks& tasks) noexcept {
    const int count = steps->together;
    long long work = 0;
    for (int i = 0; i < count; ++i) work += steps[i].work;
    const bool shared = tasks.threads() > 1 && is_shared(work, f.batch);
    const auto chunk = [&](int task, int thread) noexcept {
        for (int t = 0; t < count; ++t) {
            const step& s = steps[t];
            call<T> part = whole_call(s, f);
            part.first = task * part.chunk_size;
            part.last = part.first + part.chunk_size < part.batch ? part.first + part.chunk_size : part.batch;
            for (int i = 0; i < s.inputs + s.outputs; ++i)
                if (s.at[i].where == storage::partial) part.at[i] = chunk_of(part.at[i], s.at[i], task);
            run_kernel(kernels[s.kernel], part, f, thread);
        }
    };
    tasks.run(shared ? f.chunks : 1, [&](int task, int thread) noexcept {
        if (shared) chunk(task, thread);
        else
            for (int i = 0; i < f.chunks; ++i) chunk(i, thread);
    });
}

template <class T, class Tasks>
void run_steps(const step* steps, int count, const kernel_function<T>* kernels, const frame<T>& f,
               Tasks& tasks) noexcept {
    for (int i = 0; i < count; i += steps[i].together)
        if (steps[i].together == 1) run_step(steps[i], kernels[steps[i].kernel], f, tasks);
        else run_together(steps + i, kernels, f, tasks);
}

} // namespace strata::inline STRATA_ABI::core
