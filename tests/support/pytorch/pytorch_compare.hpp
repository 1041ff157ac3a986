#pragma once
/// A network of pytorch_nets.hpp against its file: results, loss, every gradient, running statistics, and, where the
/// file has them, the parameters after steps of an optimiser. All is in double, under the policy reference.
#include "machines/host_run.hpp"
#include "pytorch_case.hpp"
#include "pytorch_nets.hpp"
#include "same_numbers.hpp"

#include <strata/reference/reference.hpp>
#include <strata/train/optimisers/adam.hpp>

#include <set>

namespace strata_tests {

/// Both compute in double: what remains is the order of sums, some 1e-15 of the largest term.
inline constexpr double pytorch_bound = 1e-9;

/// One-hot rows of class indices.
inline std::vector<double> one_hot(const std::vector<double>& classes, int of) {
    std::vector<double> t(classes.size() * static_cast<std::size_t>(of), 0.0);
    for (std::size_t n = 0; n < classes.size(); ++n) t[n * std::size_t(of) + std::size_t(classes[n])] = 1;
    return t;
}

inline std::vector<std::int32_t> as_integers(const std::vector<double>& numbers) {
    return {numbers.begin(), numbers.end()};
}

inline void take(any_run<double>& r, const pytorch_case& torch) {
    REQUIRE(r.input.size() == torch["input"].values.size());
    if (r.reads_tokens()) r.give_tokens(as_integers(torch["input"].values));
    else r.input = torch["input"].values;
    for (int i = 0; i < r.tensors(); ++i) {
        CAPTURE(r.name(i));
        REQUIRE(torch[r.name(i)].values.size() == std::size_t(r.size(i)));
        r.write(i, torch[r.name(i)].values);
    }
}

/// The classes of positions, and what they count: as a trainer hands them to the steps.
inline void take_classes(any_run<double>& r, const pytorch_case& torch, const strata::cross_entropy& loss) {
    const int classes = r.facts.output.channels();
    r.classes = as_integers(torch["target"].values);
    for (std::int32_t& of : r.classes)
        if (of == loss.ignore_index) of = -1;
    r.is.resize(std::size_t(classes)), r.is_not.resize(std::size_t(classes));
    if (!loss.class_values(r.classes.data(), static_cast<long long>(r.classes.size()), classes, r.is.data(),
                           r.is_not.data()))
        r.is_not.clear();
}

/// Steps of Adam at a rate of 0.0625 on one batch, and the parameters behind the last.
inline void compare_steps(any_run<double>& r, const pytorch_case& torch, int steps) {
    const strata::adam optimiser{.rate = 0.0625};
    std::vector<std::vector<double>> first, second;
    for (int i = 0; i < r.tensors(); ++i)
        first.emplace_back(std::size_t(r.size(i)), 0.0), second.emplace_back(std::size_t(r.size(i)), 0.0);
    for (int t = 1; t <= steps; ++t) {
        r.run();
        for (int i = 0; i < r.tensors(); ++i) {
            std::vector<double> numbers = r.read(i);
            const std::vector<double> gradient = r.gradient(i);
            double* const states[] = {first[std::size_t(i)].data(), second[std::size_t(i)].data()};
            optimiser.apply(t, gradient.data(), numbers.data(), states, numbers.size());
            r.write(i, numbers);
        }
    }
    for (int i = 0; i < r.tensors(); ++i) {
        const std::string name = "step " + std::to_string(steps) + "." + r.name(i);
        CAPTURE(name);
        CHECK(distance(r.read(i), torch[name].values) <= pytorch_bound);
    }
}

inline void compare_training(any_run<double>& r, const pytorch_case& torch) {
    r.run();
    CHECK(distance(r.output, torch["output"].values) <= pytorch_bound);
    if (r.reads_tokens()) CHECK(r.input_gradient().empty());
    else CHECK(distance(r.input_gradient(), torch["gradient.input"].values) <= pytorch_bound);
    if (r.facts.has_loss) CHECK(distance(std::vector{r.loss()}, torch["loss"].values) <= pytorch_bound);
    std::set<std::string> compared;
    for (int i = 0; i < r.tensors(); ++i) {
        CAPTURE(r.name(i));
        if (r.is_parameter(i)) {
            CHECK(distance(r.gradient(i), torch["gradient." + r.name(i)].values) <= pytorch_bound);
            compared.insert("gradient." + r.name(i));
        } else {
            CHECK(distance(r.read(i), torch["after." + r.name(i)].values) <= pytorch_bound);
            compared.insert("after." + r.name(i));
        }
    }
    // The gradient at the output is inside the plan; through it all other gradients came.
    compared.insert({"gradient.input", "gradient.output"});
    for (const auto& [name, tensor] : torch.tensors())
        if (name.starts_with("gradient.") || name.starts_with("after.")) {
            CAPTURE(name);
            CHECK(compared.count(name) == 1);
        }
}

inline void compare_inference(any_run<double>& r, const pytorch_case& torch) {
    take(r, torch);
    r.run();
    CHECK(distance(r.output, torch[torch.has("output.inference") ? "output.inference" : "output"].values)
          <= pytorch_bound);
}

template <class Net>
void compare_with_pytorch() {
    const pytorch_case torch(Net::file);
    INFO(torch.text("case"));
    using loss = typename Net::loss;
    host_run<train_plan<Net, loss, strata::reference>, strata::reference> training(torch.batch());
    take(training, torch);
    if constexpr (requires { Net::loss_of_positions(); }) take_classes(training, torch, Net::loss_of_positions());
    else if (std::is_same_v<loss, strata::cross_entropy>)
        training.target = one_hot(torch["target"].values, training.facts.output.d0);
    else training.target = torch[training.facts.has_loss ? "target" : "loss.weight"].values;
    compare_training(training, torch);
    if constexpr (requires { Net::steps; }) compare_steps(training, torch, Net::steps);
    host_run<inference_plan<Net, strata::reference>, strata::reference> inference(torch.batch());
    compare_inference(inference, torch);
}

} // namespace strata_tests
