#pragma once
/// Placement is exact. A plan is run step by step over memory in which everything that is not a live value holds a
/// pattern: an operation that reads outside its operands, or whose operand was given away too early, meets the pattern
/// (it is not-a-number); one that writes outside its results changes what it must not. What is worked out from the
/// pattern is the pattern again, so each step also runs with a number in its place, and gives the same. And no two
/// values that live at the same time share a byte. Liveness is worked out here, not taken from the placement.
#include "catch.hpp"
#include "compare.hpp"
#include "host_run.hpp"
#include "nets.hpp"
#include "random_numbers.hpp"

#include <strata/layers.hpp>
#include <strata/train/losses/cross_entropy.hpp>

#include <algorithm>
#include <bit>
#include <cfenv>
#include <cmath>
#include <cstdint>
#include <cstring>

namespace strata_tests {

using namespace strata; // NOLINT: this header is for tests alone
using namespace strata::core;

inline constexpr auto pattern = std::uint32_t{0x7FC0BEEF}; // a NaN of its own
inline constexpr float other_pattern = 12345.678f;         // and a number
inline constexpr int float_bytes = 4;                      // integers have as many
inline bool is_pattern(float x) { return std::bit_cast<std::uint32_t>(x) == pattern; }
inline bool same_bits(float a, float b) { return std::bit_cast<std::uint32_t>(a) == std::bit_cast<std::uint32_t>(b); }

/// All memory of a run in one block, the storages one after another with a canary zone around each.
class watched_memory {
  public:
    watched_memory(const plan_facts& plan, int batch)
        : plan_(plan), batch_(batch), chunks_((batch + plan.chunk - 1) / plan.chunk) {
        const long long in = batch * plan.input.size(), aim = batch * plan.target.size(),
                        out = batch * plan.output.size();
        const long long sizes[] = {in,
                                   aim,
                                   out,
                                   plan.sizes.parameters,
                                   plan.sizes.parameters,
                                   plan.sizes.buffers,
                                   plan.sizes.states,
                                   plan.arena_bytes / float_bytes};
        long long end = zone;
        for (int i = 0; i < 8; ++i) {
            first_[i] = end;
            end += padded_to(sizes[i], alignment_elements) + zone;
        }
        all_ = block<float>(end);
        std::fill_n(all_.data(), end, std::bit_cast<float>(pattern));
        f.batch = batch, f.chunks = chunks_, f.chunk_size = plan.chunk;
        f.random = {7, 2};
        for (int i = 0; i < 7; ++i) f.set(static_cast<storage>(i), all_.data() + first_[i]);
        f.set_arena(all_.data() + first_[7], plan.sizes);
        if (plan.input.axes == role::tokens) give_tokens(first_[0], random_tokens(in, 1));
        else give(first_[0], in, 1, 0, 1);
        give(first_[1], aim, 2, 0.5, 0.5);
        for (int p = 0; p < plan.tensors; ++p) {
            // Padding within a row is zero, gaps between tensors keep the pattern.
            const parameter_info& info = plan.parameters[p];
            float* const at = all_.data() + first_[static_cast<int>(info.where)] + info.offset;
            std::fill_n(at, info.elements, 0.0f);
            const auto numbers = random_numbers<float>(info.extents.size(), 10 + static_cast<std::uint64_t>(p));
            const float spread = info.start == init::kaiming ? 1 / std::sqrt(static_cast<float>(info.fan_in)) : 0.5f;
            for (long long e = 0; e < info.extents.size(); ++e)
                at[memory_index(info, e)] =
                    (info.start == init::one ? 1.0f : 0.0f) + spread * numbers[static_cast<std::size_t>(e)];
        }
    }

    /// Calls body(i) for the place of every number of an operand.
    template <class Body>
    void each(const operand& o, Body body) const {
        const long long at = f.address(o) - all_.data();
        if (o.where == storage::partial) {
            for (int c = 0; c < chunks_; ++c)
                for (long long e = 0; e < o.elements; ++e)
                    body(static_cast<std::size_t>(at + c * padded_to(o.elements, alignment_elements) + e));
            return;
        }
        const bool scales = o.where == storage::per_sample || o.where == storage::input || o.where == storage::target
                            || o.where == storage::output;
        for (long long e = 0; e < o.elements * (scales ? batch_ : 1); ++e) body(static_cast<std::size_t>(at + e));
    }
    [[nodiscard]] float& operator[](std::size_t i) { return all_.data()[i]; }
    [[nodiscard]] std::size_t size() const { return static_cast<std::size_t>(all_.size()); }
    [[nodiscard]] bool in_arena(std::size_t i) const {
        const auto first = static_cast<std::size_t>(first_[7]);
        return i >= first && i < first + static_cast<std::size_t>(plan_.arena_bytes / float_bytes);
    }
    /// A step's results; the running statistics and a stream's state are moved in place.
    template <class Body>
    void each_result(const step& s, Body body) const {
        for (int i = s.inputs; i < s.inputs + s.outputs; ++i) each(s.at[i], body);
        if (s.kind == operations::batch_statistics::kind) each(s.at[1], body), each(s.at[2], body);
        for (int i = 0; i < s.inputs; ++i)
            if (s.at[i].where == storage::state) each(s.at[i], body);
    }

    frame<float> f;

  private:
    static constexpr long long zone = 64;
    void give(long long at, long long count, std::uint64_t seed, float middle, float spread) {
        const auto numbers = random_numbers<float>(count, seed);
        for (long long i = 0; i < count; ++i)
            all_.data()[at + i] = middle + spread * numbers[static_cast<std::size_t>(i)];
    }
    void give_tokens(long long at, const std::vector<std::int32_t>& tokens) {
        std::memcpy(all_.data() + at, tokens.data(), tokens.size() * sizeof(float));
    }
    plan_facts plan_;
    int batch_, chunks_;
    long long first_[8]{};
    block<float> all_;
};

/// Which places of the arena each step finds live: written before, and read by it or later.
inline std::vector<std::vector<bool>> live_before(const plan_facts& plan, const watched_memory& m) {
    std::vector<std::vector<bool>> live(static_cast<std::size_t>(plan.step_count) + 1,
                                        std::vector<bool>(m.size(), false));
    const auto mark = [&](std::vector<bool>& places, const operand& o, bool is_live) {
        m.each(o, [&](std::size_t i) { places[i] = is_live; });
    };
    if (plan.has_loss) mark(live.back(), plan.loss, true);
    if (plan.input_gradient.elements > 0) mark(live.back(), plan.input_gradient, true);
    for (std::size_t t = live.size() - 1; t-- > 0;) {
        const step& s = plan.steps[t];
        live[t] = live[t + 1];
        for (int i = s.inputs; i < s.inputs + s.outputs; ++i) mark(live[t], s.at[i], false);
        for (int i = 0; i < s.inputs; ++i) mark(live[t], s.at[i], true);
        for (std::size_t i = 0; i < m.size(); ++i)
            if (!m.in_arena(i)) live[t][i] = false;
    }
    return live;
}

/// While it lives, invalid operations do not trap (STRATA_TRAPS, see main.cpp): the pattern is handed to kernels on
/// purpose.
class without_traps {
  public:
    without_traps() { std::feholdexcept(&before_); }
    ~without_traps() { std::fesetenv(&before_); }
    without_traps(const without_traps&) = delete;
    without_traps& operator=(const without_traps&) = delete;

  private:
    std::fenv_t before_{};
};

template <class RunStep>
void watch(const plan_facts& plan, int batch, RunStep run_one) {
    INFO("batch " << batch);
    const without_traps patterns_are_meant;
    watched_memory watched(plan, batch);
    const auto live = live_before(plan, watched);
    REQUIRE(std::count(live[0].begin(), live[0].end(), true) == 0); // nothing is read before it is written
    std::vector<float> before(watched.size()), with_numbers(watched.size());
    for (int t = 0; t < plan.step_count; ++t) {
        const step& s = plan.steps[t];
        INFO("step " << t << ", " << plan.names[s.kernel]);
        for (std::size_t i = 0; i < watched.size(); ++i)
            if (watched.in_arena(i) && !live[static_cast<std::size_t>(t)][i])
                watched[i] = std::bit_cast<float>(pattern);
        std::copy_n(&watched[0], watched.size(), before.begin());
        std::vector<bool> may_change(watched.size(), false);
        watched.each_result(s, [&](std::size_t i) { may_change[i] = true; });
        for (const float filling : {other_pattern, std::bit_cast<float>(pattern)}) {
            const auto filled = [&](std::size_t i) { return is_pattern(before[i]) ? filling : before[i]; };
            for (std::size_t i = 0; i < watched.size(); ++i) watched[i] = filled(i);
            run_one(t, watched);
            int left_unwritten = 0, changed_outside = 0;
            for (std::size_t i = 0; i < watched.size(); ++i)
                if (may_change[i]) left_unwritten += same_bits(watched[i], filling) ? 1 : 0;
                else changed_outside += same_bits(watched[i], filled(i)) ? 0 : 1;
            REQUIRE(left_unwritten == 0);
            REQUIRE(changed_outside == 0);
            if (!is_pattern(filling)) std::copy_n(&watched[0], watched.size(), with_numbers.begin());
        }
        int differing = 0;
        watched.each_result(s, [&](std::size_t i) { differing += same_bits(watched[i], with_numbers[i]) ? 0 : 1; });
        REQUIRE(differing == 0);
    }
    // Undisturbed, with zeros where the pattern was, everything comes out the same.
    watched_memory plain(plan, batch);
    for (std::size_t i = 0; i < plain.size(); ++i)
        if (is_pattern(plain[i])) plain[i] = 0;
    for (int t = 0; t < plan.step_count; ++t) run_one(t, plain);
    const auto differences = [&](const operand& o) {
        int n = 0;
        plain.each(o, [&](std::size_t i) { n += same_bits(plain[i], watched[i]) && std::isfinite(plain[i]) ? 0 : 1; });
        return n;
    };
    for (int t = 0; t < plan.step_count; ++t)
        for (int i = 0; i < plan.steps[t].inputs + plan.steps[t].outputs; ++i)
            if (const operand& o = plan.steps[t].at[i]; o.where == storage::output || o.where == storage::gradient
                                                        || o.where == storage::buffer || o.where == storage::state)
                REQUIRE(differences(o) == 0);
    if (plan.has_loss) CHECK(differences(plan.loss) == 0);
    if (plan.input_gradient.elements > 0) CHECK(differences(plan.input_gradient) == 0);
}

/// The end of the highest value of each class is the size of the class: no byte is asked for that no value uses.
inline void measure(const plan_facts& plan, int batch) {
    long long fixed = 0, per_sample = 0, partial = 0;
    for (int t = 0; t < plan.step_count; ++t)
        for (int i = 0; i < plan.steps[t].inputs + plan.steps[t].outputs; ++i) {
            const operand& o = plan.steps[t].at[i];
            CHECK(o.offset % (alignment_elements * float_bytes) == 0);
            long long& end = o.where == storage::fixed ? fixed : o.where == storage::per_sample ? per_sample : partial;
            if (o.where == storage::fixed || o.where == storage::per_sample || o.where == storage::partial)
                end = std::max(end, o.offset + padded_to(o.elements, alignment_elements) * float_bytes);
        }
    CHECK(fixed == plan.sizes.fixed);
    CHECK(per_sample == plan.sizes.per_sample);
    CHECK(partial == plan.sizes.partial);
    CHECK(plan.arena_bytes == fixed + batch * per_sample + (batch + plan.chunk - 1) / plan.chunk * partial);
}

/// Two values that live at the same time share no byte. A value lives from the step that writes it to the last that
/// reads it, at least through its own step: what an operation reads is not where it writes. So the values of one
/// operation are such a pair wherever it has two in the same storage of the arena.
inline void find_overlaps(const graph& g) {
    struct life {
        int first = -1, last = -1;
    };
    const auto in_arena = [](const value_info& v) {
        return v.where == storage::fixed || v.where == storage::per_sample || v.where == storage::partial;
    };
    std::vector<life> lives(static_cast<std::size_t>(g.values.size()));
    const auto root_of = [&](value v) { return g.values[v.index].root >= 0 ? g.values[v.index].root : v.index; };
    const auto life_of = [&](value v) -> life& { return lives[static_cast<std::size_t>(root_of(v))]; };
    const int steps = g.operations.size();
    for (int t = 0; t < steps; ++t) {
        const operation& o = g.operations[t];
        for (int i = 0; i < o.inputs; ++i) life_of(o.in[i]).last = t;
        for (int i = 0; i < o.outputs; ++i) {
            if (life_of(o.out[i]).first < 0) life_of(o.out[i]).first = t;
            life_of(o.out[i]).last = std::max(life_of(o.out[i]).last, t);
        }
    }
    for (const value kept : {g.loss, g.input_gradient})
        if (kept.exists()) life_of(kept).last = steps;
    const auto bytes = [&](const value_info& v) {
        return padded_to(v.elements, alignment_elements) * bytes_of(v.element, g.wanted().target.number_bytes);
    };
    int overlaps = 0, pairs = 0, pairs_of_one_operation = 0;
    for (const operation& o : g.operations) {
        int at[max_inputs + max_outputs], count = 0, pairs_here = 0;
        for (int i = 0; i < o.inputs; ++i) at[count++] = root_of(o.in[i]);
        for (int i = 0; i < o.outputs; ++i) at[count++] = root_of(o.out[i]);
        std::sort(at, at + count);
        count = static_cast<int>(std::unique(at, at + count) - at);
        for (int a = 0; a < count; ++a)
            for (int b = 0; b < a; ++b)
                pairs_here += in_arena(g.values[at[a]]) && g.values[at[a]].where == g.values[at[b]].where ? 1 : 0;
        pairs_of_one_operation = std::max(pairs_of_one_operation, pairs_here);
    }
    for (int a = 0; a < g.values.size(); ++a)
        for (int b = 0; b < a; ++b) {
            const value_info &x = g.values[a], &y = g.values[b];
            const life &p = lives[static_cast<std::size_t>(a)], &q = lives[static_cast<std::size_t>(b)];
            if (!in_arena(x) || x.where != y.where || p.first < 0 || q.first < 0 || p.first > q.last
                || q.first > p.last)
                continue;
            ++pairs;
            overlaps += x.offset < y.offset + bytes(y) && y.offset < x.offset + bytes(x) ? 1 : 0;
        }
    CHECK(pairs >= pairs_of_one_operation);
    CHECK(overlaps == 0);
}
template <class Net, class Loss>
void find_overlaps(const request& wanted) {
    graph g = build<Net, Loss>(wanted);
    differentiate(g);
    fuse(g);
    lay_out(g);
    plan_memory(g);
    find_overlaps(g);
}

/// Runs one step over the watched memory; policies whose machine is not this host specialise it.
template <class Plan, class Policy>
struct stepper {
    void operator()(int t, watched_memory& m) const {
        constexpr long long size = scratch_of<Plan, Policy, float>, zone = 64;
        block<float> scratch(size + 2 * zone);
        std::fill_n(scratch.data(), scratch.size(), std::bit_cast<float>(pattern));
        m.f.scratch = scratch.data() + zone;
        const step& s = Plan::data.steps[t];
        const serial_tasks tasks;
        run_step(s, kernel_table<Plan, Policy, float>.rows[s.kernel], m.f, tasks);
        int changed_outside = 0;
        for (long long i = 0; i < zone; ++i)
            changed_outside += is_pattern(scratch.data()[i]) && is_pattern(scratch.data()[zone + size + i]) ? 0 : 1;
        REQUIRE(changed_outside == 0);
    }
};

/// Which kinds of operations occur in the plans of a policy that were watched.
template <class Policy>
inline constinit marked_operations watched_kinds;

template <class Net, class Policy, class Loss>
void watch_network() {
    INFO(Policy::name);
    constexpr target_numbers numbers = Policy::template numbers<float>();
    using training = plan<Net, request{.mode = mode::train, .input_gradient = true, .target = numbers}, Loss>;
    using inference = plan<Net, request{.target = numbers}>;
    for (int t = 0; t < training::steps; ++t) watched_kinds<Policy>[training::data.steps[t].kind] = true;
    for (int t = 0; t < inference::steps; ++t) watched_kinds<Policy>[inference::data.steps[t].kind] = true;
    find_overlaps<Net, Loss>(training::wanted);
    find_overlaps<Net, no_loss>(inference::wanted);
    for (const int batch : {1, 7, 20}) {
        measure(facts_of<training>(batch), batch);
        measure(facts_of<inference>(batch), batch);
        watch(facts_of<training>(batch), batch, stepper<training, Policy>());
        watch(facts_of<inference>(batch), batch, stepper<inference, Policy>());
    }
}

struct small_lenet : network<image<1, 12, 12>, conv<6, 5, same>, relu, max_pool<2>, conv<17, 5>, relu, max_pool<2>,
                             flatten, dense<33>, relu, dense<10>> {};

/// Convolutions that leave pixels out, reach over gaps, see a part of the channels or one, and are larger than their
/// image.
struct awkward_convolutions
    : network<image<2, 9, 7>, conv<6, 3, stride<2>, padding<1>>, relu, conv<18, 3, same, dilation<2>, groups<2>>,
              conv<18, 3, groups<18>, padding<1>, no_bias>, tanh_activation,
              conv<3, kernel(2, 3), stride<1, 2>, groups<3>>, conv<5, 9, same>, leaky_relu<>,
              conv<17, kernel(6, 8), padding<4, 8>, dilation<1, 2>, stride<2, 1>>> {};
/// Windows that overlap, leave pixels out, reach over gaps, begin before the image and end behind it.
template <template <kernel, class...> class Pool>
struct awkward_pools
    : network<image<3, 9, 10>, Pool<3, stride<2>, padding<1>, ceil_mode>, batch_norm, sigmoid,
              Pool<2, dilation<2>, stride<1>>, Pool<kernel(1, 2), stride<3, 2>, ceil_mode>, softmax, global_avg_pool> {
};
/// Statistics and softmax of flat values, a value used twice, dropout.
struct flat_values : network<features<5>, batch_norm, tag<"x">, dense<17>, batch_norm, relu, dense<33, no_bias>,
                             sigmoid, dropout<0.25>, softmax, dense<5>, add<"x">, concat<"x">> {};
/// Scaled inputs and outputs, of images and flat.
struct scaled_values
    : network<image<3, 5, 4>, normalise, conv<18, 2>, normalise, relu, flatten, dense<3>, denormalise> {};
struct one_number : network<features<1>, batch_norm, dense<1>, softmax> {};
/// Nothing is computed: what is left are the ways in and out, of images and of features.
struct images_as_they_are : network<image<3, 2, 3>, pass> {};
struct features_as_they_are : network<features<7>, pass> {};
struct images_laid_flat : network<image<3, 2, 3>, flatten> {};

/// Every network there is to watch, under a policy.
template <class Policy>
void watch_networks() {
    watch_network<small_lenet, Policy, cross_entropy>();
    watch_network<blocks_in_blocks, Policy, cross_entropy>();
    watch_network<awkward_convolutions, Policy, mean_squared_error>();
    watch_network<awkward_pools<max_pool>, Policy, mean_squared_error>();
    watch_network<awkward_pools<avg_pool>, Policy, cross_entropy>();
    watch_network<flat_values, Policy, mean_squared_error>();
    watch_network<scaled_values, Policy, mean_squared_error>();
    watch_network<one_number, Policy, mean_squared_error>();
    watch_network<images_as_they_are, Policy, mean_squared_error>();
    watch_network<features_as_they_are, Policy, cross_entropy>();
    watch_network<images_laid_flat, Policy, mean_squared_error>();
}

/// Every kind of operation was watched under a policy, except those that its plans never hold.
template <class Policy>
void check_every_kind_is_watched() {
    INFO(Policy::name);
    constexpr target_numbers numbers = Policy::template numbers<float>();
    const auto occurs = [&](op kind) {
        switch (kind) {
        case operations::reshape::kind: return false; // the lay-out pass turns it into an alias or a reorder
        case operations::reorder::kind: return numbers.channels_last;
        case operations::transpose_weight::kind: return numbers.packed_weights;
        default: return true;
        }
    };
    CHECK(watched_kinds<Policy>.unlisted() == 0);
    for (const operation_rule& rule : operation_rules) {
        if (is_under_laws(rule.kind)) continue;
        INFO(rule.name);
        CHECK(watched_kinds<Policy>[rule.kind] == occurs(rule.kind));
    }
}

/// The whole test of a policy.
template <class Policy>
void watch_all() {
    watch_networks<Policy>();
    check_every_kind_is_watched<Policy>();
}

} // namespace strata_tests
