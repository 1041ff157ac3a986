#pragma once
/// gradient_step — the gradients of one network, step by step; made by `gradients` (see gradients.hpp, which says how
/// it is used).
#include <strata/base/needs_exceptions.hpp>
#include <strata/model/model.hpp>
#include <strata/model/model_arguments.hpp>
#include <strata/plan/trainable_runs.hpp>
#include <strata/run/batch_of.hpp>
#include <strata/run/host_training.hpp>
#include <strata/train/batch_memory.hpp>
#include <strata/train/explain_loss.hpp>
#include <strata/train/given_gradient.hpp>
#include <strata/train/parameter_gradients.hpp>
#include <strata/train/silent_gradient_step.hpp>
#include <strata/train/wrt.hpp>

#include <algorithm>
#include <type_traits>

namespace strata::inline STRATA_ABI {

namespace detail {

template <class Model, class Loss, class Wanted>
class working_gradient_step : private Wanted::choice::template diagnosis<typename Model::network> {
    using network = typename Model::network;
    using policy = typename Model::policy;
    using machine = typename policy::machine;
    static constexpr bool trains = !std::is_const_v<Model>;
    static constexpr bool has_loss = !std::is_same_v<Loss, given_gradient>;

  public:
    using number = typename Model::number;
    using memory = typename machine::template memory<number>;
    using gradients_type = parameter_gradients<memory, typename machine::template training<policy>>;
    using step_plan = plan<network,
                           request{.mode = trains ? mode::train : mode::inference,
                                   .trainable = Wanted::choice::template layers<network>,
                                   .input_gradient = Wanted::to_input,
                                   .target = policy::template numbers<number>()},
                           Loss>;

    working_gradient_step(Model& net, Loss loss)
        : net_(net), loss_(loss), machine_(net.policy_instance()),
          gradients_(allocated(step_plan::data.sizes.parameters)) {
        if constexpr (requires { loss_.check(output_size); }) loss_.check(output_size);
        if constexpr (restores) buffers_before_ = allocated(step_plan::data.sizes.buffers);
    }

    /// Memory for batches of up to n samples: what comes after allocates nothing. (A larger batch makes room by
    /// itself.)
    void reserve(int n) {
        if (n > memory_.reserved() && n <= most_samples) batch_ = 0; // what the last step left goes
        const auto& p = net_->policy_instance();                     // first of all: it says so where the model is gone
        memory_.reserve(p, n, scratch * machine_.threads());
    }

    /// Samples and their targets, one after the other, through the network, the loss and back. Gives the batch's mean
    /// loss.
    /// Errors   shape_error for numbers that are no whole samples; error, naming operation and layer, where the loss is
    ///          not finite
    double operator()(std::span<const number> samples, std::span<const number> targets)
        requires(has_loss)
    {
        take_samples(samples);
        take_targets(targets);
        if constexpr (restores)
            machine_.copy(net_->buffer_block().data(), buffers_before_.size(), buffers_before_.data());
        machine_.template run<step_plan>(frame_);
        memory_.download_outputs(batch_);
        const auto loss = static_cast<double>(*machine_.read_back(frame_.address(step_plan::data.loss), 1));
        if (!(loss - loss == 0)) give_up();
        ++steps_;
        return loss;
    }

    /// Samples through the network; gives its results, which stay until the next call.
    /// Errors   shape_error for numbers that are no whole samples
    std::span<const number> forward(std::span<const number> samples) &
        requires(!has_loss)
    {
        take_samples(samples);
        machine_.template run<step_plan>(frame_, 0, step_plan::data.forward_steps);
        memory_.download_outputs(batch_);
        ++steps_;
        goes_back_ = true;
        return outputs();
    }
    /// The gradient with respect to the results of the last `forward`, back through the network, once: it takes the
    /// place of what forward left. The model must be as it was then.
    /// Errors   shape_error where there are not as many numbers as results; error without a forward before it
    void backward(std::span<const number> output_gradient)
        requires(!has_loss)
    {
        take_targets(output_gradient);
        if (!goes_back_)
            raise("strata: backward was called twice after one forward, but the first call used up its values. Call "
                  "forward again.");
        goes_back_ = false;
        take_model();
        machine_.template run<step_plan>(frame_, step_plan::data.forward_steps, step_plan::steps);
    }

    // What is no range of the model's numbers: one error says so.
    template <class X, class Y>
        requires(!numbers_of<X, number> || !numbers_of<Y, number>)
    double operator()(const X&, const Y&) {
        [[maybe_unused]] const explained_numbers<std::conditional_t<numbers_of<X, number>, Y, X>, number> said_once;
        return 0;
    }
    template <class X>
        requires(!numbers_of<X, number>)
    std::span<const number> forward(const X&) & {
        [[maybe_unused]] const explained_numbers<X, number> said_once;
        return {};
    }
    template <class X>
        requires(!numbers_of<X, number>)
    void backward(const X&) {
        [[maybe_unused]] const explained_numbers<X, number> said_once;
    }

    /// With respect to the parameters, of the last step: for an optimiser, and to look at.
    [[nodiscard]] gradients_type gradients() & noexcept
        requires(Wanted::to_parameters)
    {
        constexpr const auto& runs = trainable_runs<step_plan>;
        return {&gradients_, {runs.begin(), static_cast<std::size_t>(runs.size())}, &machine_};
    }
    /// Copies the gradient of parameter i (as in model::parameters()) in the conventional order; zero where it was not
    /// asked for.
    void get(int i, number* elements) const
        requires(Wanted::to_parameters)
    {
        read_parameter(gradients_, 0, step_plan::data.parameters[i], elements);
    }
    /// With respect to the samples, of the last step, laid out like them. Stays until the next call.
    [[nodiscard]] std::span<const number> input_gradient() &
        requires(Wanted::to_input)
    {
        const auto n = static_cast<long long>(batch_) * input_size;
        return {n == 0 ? nullptr : machine_.read_back(frame_.address(step_plan::data.input_gradient), n),
                static_cast<std::size_t>(n)};
    }
    /// The network's results, of the last step.
    [[nodiscard]] std::span<const number> outputs() const& noexcept {
        return {memory_.outputs(), static_cast<std::size_t>(batch_) * output_size};
    }
    void outputs() const&& = delete; // what these show is the step's own: of a temporary step there is nothing to see

  private:
    static constexpr long long scratch = machine::template scratch<step_plan, policy, number>; ///< of a thread
    static constexpr int input_size = static_cast<int>(step_plan::data.input.size());
    static constexpr int target_size = static_cast<int>(step_plan::data.target.size());
    static constexpr int output_size = static_cast<int>(step_plan::data.output.size());
    /// A step that fails leaves the running statistics as they were.
    static constexpr bool restores = trains && has_loss;
    /// Does the loss make something of the targets before they reach its operation?
    static constexpr bool changes_targets =
        requires(const Loss& loss, const number* from, number* to) { loss.change_targets(from, to, 1, 1); };

    [[nodiscard]] memory allocated(long long elements) const {
        return machine::template allocate<number>(net_->policy_instance(), elements);
    }

    void take_samples(std::span<const number> samples) {
        const auto batch = samples.size() / input_size;
        if (batch == 0 || samples.size() % input_size != 0)
            refuse(samples.size(), "samples", step_plan::data.input, "");
        const int n = batch_of(samples.size(), input_size);
        reserve(n);
        batch_ = n;
        std::copy(samples.begin(), samples.end(), memory_.inputs());
        frame_.batch = batch_;
        frame_.chunk_size = step_plan::chunk;
        frame_.chunks = step_plan::chunks(batch_);
        frame_.random = {net_->initial_seed().value, static_cast<std::uint64_t>(steps_)};
        frame_.set(storage::input, memory_.upload_inputs(batch_));
        frame_.set(storage::output, memory_.output_slot());
        take_model();
        frame_.set(storage::gradient, gradients_.data());
        frame_.set_arena(memory_.arena(), step_plan::data.sizes, scratch, machine_.threads());
    }
    /// A const model's numbers are read, and never written: its plan has neither statistics to move nor gradients of
    /// parameters.
    void take_model() {
        frame_.set(storage::parameter, const_cast<number*>(net_->parameter_memory().data()));
        frame_.set(storage::buffer, const_cast<number*>(net_->buffer_memory().data()));
    }
    void take_targets(std::span<const number> targets) {
        const auto n = static_cast<std::size_t>(batch_) * target_size;
        if (n == 0)
            refuse(targets.size(), "gradients of the output", step_plan::data.target,
                   ", and forward comes before backward");
        if (targets.size() != n)
            refuse(targets.size(), has_loss ? "targets" : "gradients of the output", step_plan::data.target,
                   sentence({" of ", batch_}));
        std::copy(targets.begin(), targets.end(), memory_.targets());
        if constexpr (changes_targets) loss_.change_targets(targets.data(), memory_.targets(), batch_, target_size);
        frame_.set(storage::target, memory_.upload_targets(memory_.targets(), batch_));
    }
    [[noreturn, gnu::cold, gnu::noinline]] static void refuse(std::size_t given, const char* what, const shape& one,
                                                              const std::string& of_how_many) {
        raise<shape_error>(sentence({"strata: gradients were requested with ", given, " numbers as ", what,
                                     "; the network needs ", words_of(one), " for each sample", of_how_many, "."}));
    }

    [[noreturn, gnu::cold, gnu::noinline]] void give_up() {
        if constexpr (restores)
            explain_loss<step_plan>(frame_, steps_ + 1, machine_, {}, buffers_before_, net_->buffer_block().data());
        else explain_loss<step_plan>(frame_, steps_ + 1, machine_);
    }
    static constexpr long long arena_bytes(int batch) { return step_plan::arena_bytes(batch); }

    follower<Model> net_;
    [[no_unique_address]] Loss loss_;
    typename machine::template training<policy> machine_;
    memory gradients_, buffers_before_;
    batch_memory<policy, number> memory_{
        net_->policy_instance(), {input_size, target_size, output_size, &arena_bytes, step_plan::most_samples}};
    frame<number> frame_;
    int batch_ = 0;
    bool goes_back_ = false; ///< what forward left is still there
    std::int64_t steps_ = 0; ///< the first coordinate of random layers' numbers
};

/// A const model's parameters stay as they are, and have no gradients.
template <class Model, class... Wrt>
inline constexpr bool may_change = !std::is_const_v<Model> || !wanted_gradients<type_list<>, Wrt...>::to_parameters;

template <class Model, class Loss, class... Wrt>
using gradient_step_base =
    typename std::conditional_t<is_sound<typename model_arguments<Model>::network>
                                    && is_sound<typename model_arguments<Model>::network, Loss>
                                    && may_change<Model, Wrt...>,
                                type_is<working_gradient_step<Model, Loss, wanted_gradients<type_list<>, Wrt...>>>,
                                type_is<silent_gradient_step<Model>>>::type;

} // namespace detail

template <class Model, class Loss, class... Wrt>
class gradient_step : private core::diagnosis<typename detail::model_arguments<Model>::network, Loss>,
                      public detail::gradient_step_base<Model, Loss, Wrt...> {
  public:
    /// The step follows the model where that is moved; a model that was destroyed is an error of the next call.
    gradient_step(Model& net, Loss loss) : detail::gradient_step_base<Model, Loss, Wrt...>(net, loss) {
        static_assert(detail::may_change<Model, Wrt...>,
                      "strata: gradients with respect to parameters need a non-const model. A const model runs as in "
                      "inference, where only wrt<input> has gradients.");
    }
    gradient_step(const std::remove_const_t<Model>&& temporary, Loss) = delete;
};

} // namespace strata::inline STRATA_ABI
