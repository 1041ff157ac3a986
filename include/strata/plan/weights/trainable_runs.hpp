#pragma once
/// trainable_runs<Plan> — the parts of the parameter block that a plan computes gradients of: one for each stretch of
/// neighbouring parameters, so one in all where everything is trained. Frozen parameters are never touched, since no
/// run contains them.
#include <strata/plan/plan.hpp>

namespace strata::inline STRATA_ABI::core {

/// The numbers [first, first + count) of the parameter block, and of every block laid out like it.
struct element_run {
    long long first = 0, count = 0;
    friend constexpr bool operator==(const element_run&, const element_run&) = default;
};

namespace parts {

/// Calls visit(run) for each stretch, in the order of the block.
template <class Plan, class Visit>
constexpr void each_trainable_run(Visit visit) {
    element_run run;
    for (int i = 0; i < Plan::parameters; ++i) {
        const parameter_info& p = Plan::data.parameters[i];
        if (p.where != storage::parameter) continue;
        const long long size = padded_to(p.elements, alignment_elements);
        if (p.trainable && run.count == 0) run = {p.offset, size};
        else if (p.trainable) run.count += size;
        else if (run.count != 0) visit(run), run = {};
    }
    if (run.count != 0) visit(run);
}
template <class Plan>
constexpr int count_trainable_runs() {
    int n = 0;
    each_trainable_run<Plan>([&](const element_run&) { ++n; });
    return n;
}
template <class Plan>
struct trainable_run_table {
    static constexpr int count = count_trainable_runs<Plan>();
    element_run runs[unsigned(count + 1)]{};
    constexpr trainable_run_table() {
        int n = 0;
        each_trainable_run<Plan>([&](const element_run& run) { runs[n++] = run; });
    }
    [[nodiscard]] constexpr const element_run* begin() const { return runs; }
    [[nodiscard]] constexpr const element_run* end() const { return runs + count; }
    [[nodiscard]] static constexpr int size() { return count; }
    /// How many numbers are in all runs.
    [[nodiscard]] constexpr long long elements() const { return before(count); }
    /// How many are in those before a run.
    [[nodiscard]] constexpr long long before(int run) const {
        long long n = 0;
        for (int i = 0; i < run; ++i) n += runs[i].count;
        return n;
    }
    /// The place of a number of the parameter block among those of all runs, one run behind the other: where an
    /// optimiser keeps its state. −1 for a number that is not trained.
    [[nodiscard]] constexpr long long place(long long offset) const {
        for (int i = 0; i < count; ++i)
            if (offset >= runs[i].first && offset < runs[i].first + runs[i].count)
                return before(i) + offset - runs[i].first;
        return -1;
    }
};

} // namespace parts

template <class Plan>
inline constexpr parts::trainable_run_table<Plan> trainable_runs{};

} // namespace strata::inline STRATA_ABI::core
