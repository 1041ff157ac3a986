#pragma once
/// The executor of the host policies: walks a plan's steps and hands each task to the kernel of its operation. The
/// division into tasks is the plan's, so that the number of threads never changes a bit.
#include <strata/run/call.hpp>

namespace strata::inline v0_1 {

/// Where a run's blocks lie.
template <class T>
struct frame {
    T* base[10]{};  ///< by storage; fixed, per_sample and partial point into the arena
    int batch = 0;
    int chunks = 0;
    int chunk_size = 0;
    random_source random{};

    [[nodiscard]] T* address(const operand& o) const {
        const long long scale = o.where == storage::per_sample ? batch : o.where == storage::partial ? chunks : 1;
        return base[static_cast<int>(o.where)] + o.offset * scale;
    }
    void set(storage where, T* block) { base[static_cast<int>(where)] = block; }
    /// Divides one block of arena_elements(batch) into its three classes.
    void set_arena(T* arena, const block_sizes& sizes) {
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
        for (int i = 0; i < tasks; ++i) task(i);
    }
};

/// Rows of one task of division::rows.
constexpr int rows_per_task(int rows) {
    const int sixteenth = (rows + 15) / 16;
    return sixteenth < 8 ? 8 : (sixteenth + 7) / 8 * 8;
}

/// A step's call before it is divided into tasks, without its operands.
template <class T>
call<T> work_of(const step& s, const frame<T>& f) noexcept {
    call<T> whole;
    whole.batch = f.batch;
    whole.chunk_size = f.chunk_size;
    whole.chunks = f.chunks;
    whole.random = f.random;
    whole.ordinal = s.ordinal;
    whole.last = s.split == division::samples ? f.batch : s.split == division::rows ? s.rows : 1;
    return whole;
}
/// The same with its operands.
template <class T>
call<T> whole_call(const step& s, const frame<T>& f) noexcept {
    call<T> whole = work_of(s, f);
    for (int i = 0; i < s.inputs + s.outputs; ++i) whole.at[i] = f.address(s.at[i]);
    return whole;
}

template <class T, class Tasks>
void run_step(const step& s, kernel_function<T> kernel, const frame<T>& f, Tasks& tasks) noexcept {
    const call<T> whole = whole_call(s, f);
    const int operands = s.inputs + s.outputs;
    const int threads = tasks.threads();
    switch (s.split) {
    case division::whole:
        kernel(whole);
        return;
    case division::rows: {
        const int per_task = rows_per_task(s.rows);
        tasks.run((s.rows + per_task - 1) / per_task, [&](int task) noexcept {
            call<T> part = whole;
            part.first = task * per_task;
            part.last = part.first + per_task < s.rows ? part.first + per_task : s.rows;
            kernel(part);
        });
        return;
    }
    case division::samples: {
        // Where nothing is summed over a chunk, a sample's numbers do not depend on its task: then tasks may be larger, and
        // what they share, weights above all, is read less often.
        bool sums = false;
        for (int i = 0; i < operands; ++i) sums = sums || s.at[i].where == storage::partial;
        const int most = threads == 1 ? 1 : 2 * threads;
        const int chunks_per_task = sums ? 1 : (f.chunks + most - 1) / most;
        const int per_task = chunks_per_task * f.chunk_size;
        tasks.run((f.chunks + chunks_per_task - 1) / chunks_per_task, [&](int task) noexcept {
            call<T> part = whole;
            part.first = task * per_task;
            part.last = part.first + per_task < f.batch ? part.first + per_task : f.batch;
            for (int i = 0; sums && i < operands; ++i)
                if (s.at[i].where == storage::partial)
                    part.at[i] += task * padded_to(s.at[i].elements, alignment_elements);
            kernel(part);
        });
    }
    }
}

template <class T, class Tasks>
void run_steps(const step* steps, int count, const kernel_function<T>* kernels, const frame<T>& f, Tasks& tasks) noexcept {
    for (int i = 0; i < count; ++i) run_step(steps[i], kernels[steps[i].kernel], f, tasks);
}

} // namespace strata::inline v0_1
