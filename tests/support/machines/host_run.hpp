#pragma once
/// host_run<Plan, Policy, T> — a plan with all its memory, run step by step on the calling thread: what tests
/// of kernels stand on, with nothing of the model or the trainer in between.
///
///   strata_tests::host_run<strata_tests::train_plan<net, weighted_sum, strata::reference>,
///   strata::reference> r(7); r.input = …; r.target = …; r.write(0, weights); r.run();  r.output,
///   r.gradient(0), r.input_gradient()
///
/// All blocks but the parameters, buffers, input and target hold not-a-number before a run: an operation that
/// reads what none has written shows. Values are given and taken in the conventional order, whatever the
/// policy's is.
#include <cstdint>
#include <cstring>
#include <limits>
#include <strata/plan/plan.hpp>
#include <strata/run/block.hpp>
#include <strata/run/executor.hpp>
#include <strata/run/kernel_table.hpp>
#include <strata/run/scratch.hpp>
#include <string>
#include <vector>

namespace strata_tests {

/// A policy's numbers with chunks of `chunk` samples: three make a batch of 7 into two whole chunks and one
/// of one.
template <class Policy, class T>
constexpr strata::core::target_numbers in_chunks_of(int chunk) {
    strata::core::target_numbers numbers = Policy::template numbers<T>();
    numbers.chunk = chunk;
    return numbers;
}

template <class Net, class Loss, class Policy, class T = double, int Chunk = 3>
using train_plan = strata::core::plan<Net,
                                      strata::core::request{.mode = strata::core::mode::train,
                                                            .input_gradient = true,
                                                            .target = in_chunks_of<Policy, T>(Chunk)},
                                      Loss>;
template <class Net, class Policy, class T = double, int Chunk = 3>
using inference_plan = strata::core::plan<Net, strata::core::request{.mode = strata::core::mode::inference,
                                                                     .target = in_chunks_of<Policy, T>(Chunk)}>;

/// What a run needs to know of a plan, without its type: code that a test has for every network is compiled
/// once.
struct plan_facts {
    const strata::core::step* steps;
    const char* const* names; ///< by step::kernel
    const strata::parameter_info* parameters;
    int step_count, tensors, chunk;
    long long arena_bytes;
    strata::core::block_sizes sizes;
    strata::shape input, output, target;
    strata::core::operand loss, input_gradient;
    bool has_loss;
    strata::graph (*draw)(const strata::core::request&);
    strata::core::request wanted;
};
template <class Plan>
plan_facts facts_of(int batch) {
    constexpr const auto& d = Plan::data;
    return {.steps = d.steps,
            .names = d.names,
            .parameters = d.parameters,
            .step_count = Plan::steps,
            .tensors = Plan::parameters,
            .chunk = Plan::chunk,
            .arena_bytes = Plan::arena_bytes(batch),
            .sizes = d.sizes,
            .input = d.input,
            .output = d.output,
            .target = d.target,
            .loss = d.loss,
            .input_gradient = d.input_gradient,
            .has_loss = d.has_loss,
            .draw = &strata::core::build<typename Plan::network, typename Plan::loss>,
            .wanted = Plan::wanted};
}

template <class T>
class any_run {
  public:
    const plan_facts facts;
    const int batch;
    std::vector<T> input, target, output;
    std::vector<std::int32_t> classes; ///< if not empty, they are the targets, and stand for `is` and `is_not`
    std::vector<T> is, is_not;

    any_run(const plan_facts& plan, int samples)
        : facts(plan), batch(samples), input(elements(plan.input)), target(elements(plan.target)),
          output(elements(plan.output)), parameters_(plan.sizes.parameters), gradients_(plan.sizes.parameters),
          buffers_(plan.sizes.buffers), states_(plan.sizes.states),
          arena_(plan.arena_bytes / static_cast<long long>(sizeof(T))) {
        frame_.batch = batch;
        frame_.chunks = (batch + facts.chunk - 1) / facts.chunk;
        frame_.chunk_size = facts.chunk;
        frame_.random = {.seed = 0x1234567890ABCDEFu, .step = 3};
        frame_.set(strata::core::storage::parameter, parameters_.data());
        frame_.set(strata::core::storage::gradient, gradients_.data());
        frame_.set(strata::core::storage::buffer, buffers_.data());
        frame_.set(strata::core::storage::state, states_.data());
        frame_.set_arena(arena_.data(), facts.sizes);
        const strata::graph g = facts.draw(facts.wanted);
        for (int i = 0; i < facts.tensors; ++i) {
            const strata::text name = g.file_name(i);
            names_.emplace_back(name.begin(), name.end());
        }
    }
    any_run(const any_run&) = delete;
    any_run& operator=(const any_run&) = delete;

    /// Does the network read integers? They stand at the beginning of `input`.
    [[nodiscard]] bool reads_tokens() const { return facts.input.axes == strata::role::tokens; }
    void give_tokens(const std::vector<std::int32_t>& tokens) {
        std::memcpy(input.data(), tokens.data(), tokens.size() * sizeof(std::int32_t));
    }

    void run() {
        poison(gradients_.data(), gradients_.size());
        poison(arena_.data(), arena_.size());
        poison(output.data(), static_cast<long long>(output.size()));
        frame_.set(strata::core::storage::input, input.data());
        frame_.set(strata::core::storage::target,
                   classes.empty() ? target.data() : reinterpret_cast<T*>(classes.data()));
        losses_.classes = {classes.empty() ? nullptr : is.data(), is_not.empty() ? nullptr : is_not.data()};
        frame_.losses = &losses_;
        frame_.set(strata::core::storage::output, output.data());
        execute();
    }

    /// Tensors are the parameters and buffers, in the order in which the layers declare them.
    [[nodiscard]] int tensors() const { return facts.tensors; }
    [[nodiscard]] const std::string& name(int i) const { return names_[static_cast<std::size_t>(i)]; }
    [[nodiscard]] bool is_parameter(int i) const {
        return facts.parameters[i].where == strata::core::storage::parameter;
    }
    [[nodiscard]] long long size(int i) const { return facts.parameters[i].extents.size(); }

    /// One number of tensor i, by its conventional place.
    [[nodiscard]] T& at(int i, long long e) { return block_of(i)[place(i, e)]; }
    [[nodiscard]] std::vector<T> read(int i) { return taken(i, block_of(i)); }
    [[nodiscard]] std::vector<T> gradient(int i) { return taken(i, gradients_.data()); }
    /// The numbers of tensor i's gradient that stand for no element of it: the padding of its rows.
    [[nodiscard]] std::vector<T> gradient_padding(int i) const {
        const strata::parameter_info& p = facts.parameters[i];
        std::vector<bool> is_element(static_cast<std::size_t>(p.elements), false);
        for (long long e = 0; e < size(i); ++e)
            is_element[static_cast<std::size_t>(strata::core::memory_index(p, e))] = true;
        std::vector<T> padding;
        for (long long e = 0; e < p.elements; ++e)
            if (!is_element[static_cast<std::size_t>(e)]) padding.push_back(gradients_.data()[p.offset + e]);
        return padding;
    }
    void write(int i, const std::vector<T>& numbers) {
        for (long long e = 0; e < size(i); ++e) at(i, e) = numbers.at(static_cast<std::size_t>(e));
    }

    [[nodiscard]] T loss() const { return *frame_.address(facts.loss); }

    /// None of integers.
    [[nodiscard]] std::vector<T> input_gradient() const {
        if (facts.input_gradient.elements == 0) return {};
        const T* const from = frame_.address(facts.input_gradient);
        return std::vector<T>(from, from + input.size());
    }

    virtual ~any_run() = default;

  protected:
    /// Memory that nobody wrote holds signalling NaNs: computing with them is an invalid operation, which may trap (see
    /// main.cpp).
    static void poison(T* numbers, long long count) {
        for (long long i = 0; i < count; ++i) numbers[i] = std::numeric_limits<T>::signaling_NaN();
    }
    /// Runs all steps over the frame.
    virtual void execute() = 0;
    strata::core::frame<T> frame_;
    strata::core::loss_terms<T> losses_;
    /// Every block of the frame: visit(storage, numbers); the arena under storage::fixed.
    template <class Visit>
    void each_block(Visit visit) {
        visit(strata::core::storage::input, std::span<T>(input));
        visit(strata::core::storage::target, std::span<T>(target));
        visit(strata::core::storage::output, std::span<T>(output));
        visit(strata::core::storage::parameter, parameters_.view());
        visit(strata::core::storage::gradient, gradients_.view());
        visit(strata::core::storage::buffer, buffers_.view());
        visit(strata::core::storage::state, states_.view());
        visit(strata::core::storage::fixed, arena_.view());
    }

  private:
    [[nodiscard]] std::size_t elements(const strata::shape& s) const {
        return static_cast<std::size_t>(batch) * static_cast<std::size_t>(s.size());
    }
    [[nodiscard]] long long place(int i, long long e) const {
        return facts.parameters[i].offset + strata::core::memory_index(facts.parameters[i], e);
    }
    [[nodiscard]] T* block_of(int i) { return is_parameter(i) ? parameters_.data() : buffers_.data(); }
    [[nodiscard]] std::vector<T> taken(int i, const T* block) const {
        std::vector<T> numbers;
        for (long long e = 0; e < size(i); ++e) numbers.push_back(block[place(i, e)]);
        return numbers;
    }

    strata::core::block<T> parameters_, gradients_, buffers_, states_, arena_;
    std::vector<std::string> names_;
};

template <class Plan, class Policy, class T = double>
class host_run : public any_run<T> {
  public:
    explicit host_run(int batch) : any_run<T>(facts_of<Plan>(batch), batch) {}

  protected:
    void execute() override {
        const strata::core::serial_tasks serial;
        strata::core::block<T> scratch(strata::core::scratch_of<Plan, Policy, T>);
        this->poison(scratch.data(), scratch.size());
        this->frame_.scratch = scratch.data();
        strata::core::run_steps(Plan::data.steps, Plan::steps, strata::core::kernel_table<Plan, Policy, T>.rows,
                                this->frame_, serial);
    }
};

/// The run that fits a policy; those whose machine is not this host specialise it.
template <class Plan, class Policy, class T>
struct run_type {
    using type = host_run<Plan, Policy, T>;
};
template <class Plan, class Policy, class T = double>
using run_of = typename run_type<Plan, Policy, T>::type;

} // namespace strata_tests
