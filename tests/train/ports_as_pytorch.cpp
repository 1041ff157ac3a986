/// Networks of several inputs and outputs against PyTorch: results, losses, gradients, and the parameters after five
/// steps of Adam, from data sets port by port.
#include "pytorch/pytorch_case.hpp"
#include "same_numbers.hpp"

#include <strata/data/ports.hpp>
#include <strata/losses.hpp>
#include <strata/reference/reference.hpp>
#include <strata/sequences.hpp>
#include <strata/strata.hpp>

#include <set>
#include <string>
#include <vector>

using namespace strata_tests;
using namespace strata;

namespace {

/// How far from PyTorch, which computes in double, as fractions of the largest number of each tensor.
struct bounds {
    double values;  ///< results, losses and gradients
    double trained; ///< parameters after five steps
};
/// Both compute in double: what remains is the order of sums, some 1e-15 of the largest term.
constexpr bounds in_double{1e-9, 1e-9};
/// Values are sums of at most 33 terms through at most five layers, each sum rounded to 6e-8 of its largest terms: less
/// than 2e-6 together. Adam divides a gradient by its size, so that an element of a thousandth of the largest, which is
/// rounded a thousand times as coarsely, moves by 0.0625 with an error of 1e-3 of that at worst, near 1e-5 of the
/// largest parameter for most.
constexpr bounds in_float{2e-6, 2e-5};

/// The batch of a file: its tensors "input.NAME" and "target.NAME". Integers are stored in double there.
template <class T>
struct batch_of {
    const pytorch_case& torch;
    std::set<std::string> integers; ///< the ports of tokens and of class numbers

    [[nodiscard]] std::vector<std::string> names() const {
        std::vector<std::string> all;
        for (const auto& [name, tensor] : torch.tensors())
            if (name.starts_with("input.") || name.starts_with("target.")) all.push_back(name);
        return all;
    }
    [[nodiscard]] static std::string port_of(const std::string& tensor) { return tensor.substr(tensor.find('.') + 1); }
    [[nodiscard]] std::size_t size() const { return static_cast<std::size_t>(torch[names()[0]].shape[0]); }
    [[nodiscard]] std::vector<data::port> ports() const {
        std::vector<data::port> all;
        for (const std::string& name : names()) {
            const std::vector<long long>& s = torch[name].shape;
            const auto of = [&](std::size_t i) { return static_cast<int>(s[i]); };
            all.push_back({port_of(name), s.size() == 1   ? shape(1)
                                          : s.size() == 2 ? shape(of(1))
                                          : s.size() == 3 ? shape(of(1), of(2))
                                                          : shape(of(1), of(2), of(3))});
        }
        return all;
    }
    void read(std::size_t i, data::key, const data::parts<T>& sample) const {
        for (const std::string& name : names()) {
            const std::vector<double>& all = torch[name].values;
            const std::string port = port_of(name);
            const auto from = all.begin() + static_cast<std::ptrdiff_t>(i * (all.size() / size()));
            const auto fill = [&](auto into) {
                REQUIRE(into.size() == all.size() / size());
                for (std::size_t e = 0; e < into.size(); ++e)
                    into[e] = static_cast<typename decltype(into)::value_type>(from[static_cast<std::ptrdiff_t>(e)]);
            };
            if (integers.count(port) > 0) fill(sample.integers(port));
            else fill(sample.numbers(port));
        }
    }
};

template <class T>
std::vector<T> numbers(const pytorch_case& torch, const std::string& name) {
    std::vector<T> all;
    for (const double x : torch[name].values) all.push_back(static_cast<T>(x));
    return all;
}

struct two_inputs_net : network<inputs<in<"picture", image<2, 5, 4>>, in<"place", features<3>>>, conv<3, 3>,
                                tanh_activation, flatten, dense<4>, tag<"seen">, use<"place">, dense<4>, add<"seen">,
                                softplus, concat<"place">, dense<2>, tag<"values">, outputs<"values">> {
    static constexpr const char* file = "two_inputs";
    static std::set<std::string> integers() { return {}; }
    static auto loss() { return mean_squared_error{}; }
    template <class T, class Model>
    static void check_results(const Model& net, const pytorch_case& torch, double bound) {
        const auto pictures = numbers<T>(torch, "input.picture"), places = numbers<T>(torch, "input.place");
        CHECK(distance(net(port<"place">(places), port<"picture">(pictures)), torch["output.values"].values) <= bound);
    }
};
struct two_outputs_net
    : network<inputs<in<"numbers", features<5>>>, dense<6>, tanh_activation, tag<"trunk">, dense<4>, tag<"class">,
              use<"trunk">, dense<3>, softplus, dense<2>, tag<"values">, outputs<"class", "values">> {
    static constexpr const char* file = "two_outputs";
    static std::set<std::string> integers() { return {"class"}; }
    static auto loss() { return losses{on<"class">(cross_entropy{}, 0.7), on<"values">(mean_squared_error{}, 0.3)}; }
    template <class T, class Model>
    static void check_results(const Model& net, const pytorch_case& torch, double bound) {
        const auto results = net(port<"numbers">(numbers<T>(torch, "input.numbers")));
        CHECK(distance(results.template get<"class">(), torch["output.class"].values) <= bound);
        CHECK(distance(results.template get<"values">(), torch["output.values"].values) <= bound);
    }
};
struct tokens_and_numbers_net
    : network<inputs<in<"words", tokens<6, 9>>, in<"marks", vectors<6, 2>>, in<"age", features<3>>>, embedding<9, 4>,
              concat<"marks">, layer_norm, dense<5>, tanh_activation, tag<"seen">, dense<4>, tag<"kinds">, use<"seen">,
              flatten, concat<"age">, dense<2>, tag<"yes">, outputs<"kinds", "yes">> {
    static constexpr const char* file = "tokens_and_numbers";
    static std::set<std::string> integers() { return {"words", "kinds"}; }
    static auto loss() {
        return losses{on<"kinds">(cross_entropy{.ignore_index = 3}, 0.5), on<"yes">(binary_cross_entropy<>{}, 2)};
    }
    template <class T, class Model>
    static void check_results(const Model& net, const pytorch_case& torch, double bound) {
        const auto words = numbers<std::int32_t>(torch, "input.words");
        const auto marks = numbers<T>(torch, "input.marks"), ages = numbers<T>(torch, "input.age");
        const auto results = net(port<"words">(words), port<"marks">(marks), port<"age">(ages));
        CHECK(distance(results.template get<"kinds">(), torch["output.kinds"].values) <= bound);
        CHECK(distance(results.template get<"yes">(), torch["output.yes"].values) <= bound);
    }
};

/// A model with the parameters of the file, each of which it must have.
template <class Model>
Model with_parameters(const pytorch_case& torch) {
    Model net;
    int given = 0;
    for (const auto& [name, tensor] : torch.tensors())
        if (name.starts_with("gradient.") && !name.starts_with("gradient.input.")) {
            net.set(name.substr(9), numbers<typename Model::number>(torch, name.substr(9)));
            ++given;
        }
    REQUIRE(given == static_cast<int>(net.parameters().size()));
    return net;
}

template <class Net, class Policy, class Precision>
void check(bounds bound) {
    INFO(Net::file << " " << Policy::name);
    using model_type = model<Net, Policy, Precision>;
    using number = typename model_type::number;
    const pytorch_case torch(Net::file);
    const batch_of<number> batch{torch, Net::integers()};
    const auto size = static_cast<int>(batch.size());
    auto net = with_parameters<model_type>(torch);
    Net::template check_results<number>(net, torch, bound.values);

    // The first step.
    trainer first{net, Net::loss(), adam{.rate = 0.0625}};
    CHECK(distance(std::vector{first.evaluate(batch).loss}, torch["loss"].values) <= bound.values);
    const auto h = first.fit(batch, {.batch = size, .shuffle = false, .progress = false});
    CHECK(distance(std::vector{h.epochs[0].loss}, torch["loss"].values) <= bound.values);
    const auto of_model = net.names();
    const std::vector<std::string> names(of_model.begin(), of_model.end());
    for (std::size_t i = 0; i < names.size(); ++i) {
        CAPTURE(names[i]);
        const parameter_info& p = net.parameters()[i];
        std::vector<number> gradient(static_cast<std::size_t>(p.extents.size()));
        for (std::size_t e = 0; e < gradient.size(); ++e)
            gradient[e] =
                first.gradient_block()[static_cast<std::size_t>(p.offset + memory_index(p, static_cast<long long>(e)))];
        CHECK(distance(gradient, torch["gradient." + names[i]].values) <= bound.values);
    }

    // Five steps.
    auto trained = with_parameters<model_type>(torch);
    trainer five{trained, Net::loss(), adam{.rate = 0.0625}};
    five.fit(batch, {.epochs = 5, .batch = size, .shuffle = false, .progress = false});
    for (const std::string& name : names) {
        CAPTURE(name);
        CHECK(distance(trained.get(name), torch["step 5." + name].values) <= bound.trained);
    }
}

template <class Net>
void check_all() {
    check<Net, reference, fp64>(in_double);
    check<Net, cpu, fp64>(in_double);
    check<Net, cpu, fp32>(in_float);
}

} // namespace

TEST_CASE("PyTorch: two inputs of different shapes, added and joined", "[train]") { check_all<two_inputs_net>(); }
TEST_CASE("PyTorch: two outputs of one trunk, their losses weighted", "[train]") { check_all<two_outputs_net>(); }
TEST_CASE("PyTorch: tokens beside numbers, and a class at each position beside values", "[train]") {
    check_all<tokens_and_numbers_net>();
}
