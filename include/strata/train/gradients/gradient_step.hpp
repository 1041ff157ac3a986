#pragma once
/// gradient_step — the gradients of one network, step by step; made by `gradients` (see gradients.hpp, which says how
/// it is used).
#include <strata/base/needs_exceptions.hpp>
#include <strata/base/silent_call.hpp>
#include <strata/model/model.hpp>
#include <strata/model/model_arguments.hpp>
#include <strata/plan/ports/one_port.hpp>
#include <strata/run/batch_of.hpp>
#include <strata/train/batches/batch_layout.hpp>
#include <strata/train/gradients/given_gradient.hpp>
#include <strata/train/gradients/parameter_gradients.hpp>
#include <strata/train/gradients/wrt.hpp>
#include <strata/train/training_step.hpp>

#include <algorithm>
#include <type_traits>

namespace strata::inline STRATA_ABI {

namespace detail {

template <class Model, class Loss, class Wanted>
class working_gradient_step : private Wanted::choice::template diagnosis<typename Model::network> {
    using policy = typename Model::policy;
    static constexpr bool trains = !std::is_const_v<Model>;
    static constexpr bool has_loss = !std::is_same_v<Loss, given_gradient>;

  public:
    using number = typename Model::number;
    using step_plan = plan<typename Model::network,
                           request{.mode = trains ? mode::train : mode::inference,
                                   .trainable = Wanted::choice::template layers<typename Model::network>,
                                   .input_gradient = Wanted::to_input,
                                   .target = policy::template numbers<number>()},
                           Loss>;
    /// Samples are the model's numbers, or tokens.
    using sample_type =
        std::conditional_t<step_plan::data.inputs[0].element == core::element::int32, std::int32_t, number>;
    using step_type = typename policy::machine::template training_step<step_plan, Model, Loss>;
    using gradients_type = parameter_gradients<typename step_type::memory, typename step_type::training>;

    working_gradient_step(Model& net, Loss loss) : step_(net, loss, trains && has_loss) {}

    /// Memory for batches of up to n samples: what comes after allocates nothing. (A larger batch makes room by
    /// itself.)
    void reserve(int n) {
        if (n > step_.reserved() && n <= most_samples) batch_ = 0; // what the last step left goes
        step_.reserve(n);
    }

    /// Samples and their targets, one after the other, through the network, the loss and back. Gives the batch's mean
    /// loss.
    /// Errors   shape_error for numbers that are no whole samples; error, naming operation and layer, where the loss is
    ///          not finite
    double operator()(std::span<const sample_type> samples, std::span<const number> targets)
        requires(has_loss)
    {
        take_samples(samples);
        take_targets(targets);
        return run_step();
    }

    /// The same of class numbers, one for each position of the output; what is negative, or what the loss ignores, does
    /// not count.
    /// Errors   shape_error for a class that the network does not have
    template <class Classes>
        requires(has_loss && reads_classes<first_loss<Loss>> && numbers_of<Classes, std::int32_t>)
    double operator()(std::span<const sample_type> samples, const Classes& classes) {
        take_samples(samples);
        take_classes(classes);
        return run_step();
    }

    /// Samples through the network; gives its results, which stay until the next call.
    /// Errors   shape_error for numbers that are no whole samples
    std::span<const number> forward(std::span<const sample_type> samples) &
        requires(!has_loss)
    {
        take_samples(samples);
        if (went_forward_) step_.advance(); // only now: backward draws the random numbers of its forward
        step_.begin(batch_);
        step_.run(0, step_plan::data.forward_steps);
        step_.download_outputs();
        step_.wait();
        goes_back_ = went_forward_ = true;
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
        step_.follow_model();
        step_.upload_targets();
        step_.run(step_plan::data.forward_steps);
    }

    // What is no range of the model's numbers: one error says so.
    template <class X, class Y>
        requires(!numbers_of<X, sample_type>
                 || !(numbers_of<Y, number> || (reads_classes<first_loss<Loss>> && numbers_of<Y, std::int32_t>)))
    double operator()(const X&, const Y&) {
        [[maybe_unused]] const explained_numbers<std::conditional_t<numbers_of<X, sample_type>, Y, X>,
                                                 std::conditional_t<numbers_of<X, sample_type>, number, sample_type>>
            said_once;
        return 0;
    }
    template <class X>
        requires(!numbers_of<X, sample_type>)
    std::span<const number> forward(const X&) & {
        [[maybe_unused]] const explained_numbers<X, sample_type> said_once;
        return {};
    }
    template <class X>
        requires(!numbers_of<X, sample_type>)
    void backward(const X&) {
        [[maybe_unused]] const explained_numbers<X, number> said_once;
    }

    /// With respect to the parameters, of the last step: for an optimiser, and to look at.
    [[nodiscard]] gradients_type gradients() & noexcept
        requires(Wanted::to_parameters)
    {
        constexpr const auto& runs = trainable_runs<step_plan>;
        return {&step_.gradients(), {runs.begin(), static_cast<std::size_t>(runs.size())}, &step_.on()};
    }
    /// Copies the gradient of parameter i (as in model::parameters()) in the conventional order; zero where it was not
    /// asked for.
    void get(int i, number* elements) const
        requires(Wanted::to_parameters)
    {
        read_parameter(step_.gradients(), 0, step_plan::data.parameters[i], elements);
    }
    /// With respect to the samples, of the last step, laid out like them. Stays until the next call.
    [[nodiscard]] std::span<const number> input_gradient() &
        requires(Wanted::to_input)
    {
        const auto n = static_cast<long long>(batch_) * step_type::input_size;
        return {n == 0 ? nullptr : step_.read_back(step_plan::data.input_gradient, n), static_cast<std::size_t>(n)};
    }
    /// The network's results, of the last step.
    [[nodiscard]] std::span<const number> outputs() const& noexcept {
        return {step_.outputs_of_one(), static_cast<std::size_t>(batch_) * step_type::output_size};
    }
    void outputs() const&& = delete; // what these show is the step's own: of a temporary step there is nothing to see

  private:
    double run_step() {
        double loss = 0;
        step_.differentiate(batch_, true);
        step_.collect([&](const auto& batch) { loss = batch.loss; }, true, [] { return std::string(); });
        step_.advance();
        return loss;
    }
    void take_classes(std::span<const std::int32_t> classes) {
        const auto n = static_cast<std::size_t>(batch_) * static_cast<std::size_t>(step_type::positions);
        if (classes.size() != n)
            refuse(classes.size(), "class numbers", step_plan::data.output.one_per_position(),
                   sentence({" of ", batch_}));
        step_.expect_classes(true);
        step_.take_classes(classes);
    }
    void take_samples(std::span<const sample_type> samples) {
        constexpr std::size_t size = step_type::input_size;
        if (samples.empty() || samples.size() % size != 0) refuse(samples.size(), "samples", step_plan::data.input, "");
        const int n = batch_of(samples.size(), size);
        reserve(n);
        batch_ = n;
        check_tokens(samples, step_plan::data.inputs[0]);
        std::copy(samples.begin(), samples.end(), reinterpret_cast<sample_type*>(step_.input(0)));
    }
    void take_targets(std::span<const number> targets) {
        const auto n = static_cast<std::size_t>(batch_) * step_type::target_size;
        if (n == 0)
            refuse(targets.size(), "gradients of the output", step_plan::data.target,
                   ", and forward comes before backward");
        if (targets.size() != n)
            refuse(targets.size(), has_loss ? "targets" : "gradients of the output", step_plan::data.target,
                   sentence({" of ", batch_}));
        step_.expect_classes(false);
        step_.take_numbers(targets);
    }
    [[noreturn, gnu::cold, gnu::noinline]] static void refuse(std::size_t given, const char* what, const shape& one,
                                                              const std::string& of_how_many) {
        raise<shape_error>(sentence({"strata: gradients were requested with ", given, " numbers as ", what,
                                     "; the network needs ", words_of(one), " for each sample", of_how_many, "."}));
    }

    step_type step_;
    int batch_ = 0;
    bool goes_back_ = false, went_forward_ = false; ///< what forward left is still there; there was one
};

/// The step of something broken: the error is reported, everything else stays silent.
template <class Model>
class silent_gradient_step : public silent_call<double> {
    using numbers = std::span<const typename Model::number>;
    struct silent_gradients {
        static constexpr silent_call<numbers> view{};
    };

  public:
    using number = typename Model::number;
    template <class... Given>
    explicit silent_gradient_step(Given&&...) {}
    static constexpr silent_call<> reserve{}, backward{}, get{};
    static constexpr silent_call<numbers> forward{}, input_gradient{}, outputs{};
    static constexpr silent_call<silent_gradients> gradients{};
};

/// A const model's parameters stay as they are, and have no gradients.
template <class Model, class... Wrt>
inline constexpr bool may_change = !std::is_const_v<Model> || !wanted_gradients<type_list<>, Wrt...>::to_parameters;

/// Is a gradient to an input of integers requested?
template <class Net, class... Wrt>
inline constexpr bool of_integers = wanted_gradients<type_list<>, Wrt...>::to_input
                                    && core::parts::state_of<Net, core::no_loss>.ports == core::parts::ports::integers;
/// Is there one input and one output?
template <class Net, class... Wrt>
inline constexpr bool is_by_hand =
    has_plain_ports<Net>
    || (core::parts::state_of<Net, core::no_loss>.ports == core::parts::ports::integers && !of_integers<Net, Wrt...>);
template <class Net, class... Wrt>
using gradient_ports =
    std::conditional_t<core::parts::state_of<Net, core::no_loss>.ports == core::parts::ports::integers, nothing_wrong,
                       core::one_port<Net, "gradients">>;

template <class Model, class Loss, class... Wrt>
using gradient_step_base = typename std::conditional_t<
    is_sound<typename model_arguments<Model>::network> && is_sound<typename model_arguments<Model>::network, Loss>
        && is_by_hand<typename model_arguments<Model>::network, Wrt...> && may_change<Model, Wrt...>,
    type_is<working_gradient_step<Model, Loss, wanted_gradients<type_list<>, Wrt...>>>,
    type_is<silent_gradient_step<Model>>>::type;

} // namespace detail

template <class Model, class Loss, class... Wrt>
class gradient_step : private core::diagnosis<typename detail::model_arguments<Model>::network, Loss>,
                      public detail::gradient_step_base<Model, Loss, Wrt...> {
  public:
    /// The step follows the model where that is moved; a model that was destroyed is an error of the next call.
    gradient_step(Model& net, Loss loss) : detail::gradient_step_base<Model, Loss, Wrt...>(net, loss) {
        [[maybe_unused]] const detail::gradient_ports<typename detail::model_arguments<Model>::network, Wrt...>
            said_once{};
        static_assert(detail::may_change<Model, Wrt...>,
                      "strata: gradients with respect to parameters need a non-const model. A const model runs as in "
                      "inference, where only wrt<input> has gradients.");
        static_assert(!detail::of_integers<typename detail::model_arguments<Model>::network, Wrt...>,
                      "strata: tokens are integers, which have no gradient. Take it with respect to the table of the "
                      "embedding, a parameter: gradients<wrt<parameters>>.");
    }
    gradient_step(const std::remove_const_t<Model>&& temporary, Loss) = delete;
};

} // namespace strata::inline STRATA_ABI
