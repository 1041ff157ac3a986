#include "host_run.hpp"
#include "pytorch_case.hpp"
#include "pytorch_nets.hpp"
#include "same_numbers.hpp"
#include <filesystem>
#include <set>
#include <strata/reference/reference.hpp>

using namespace strata_tests;

namespace {

/// Both compute in double: what remains is the order of sums, some 1e-15 of the largest term.
constexpr double bound = 1e-9;

/// One-hot rows of class indices.
std::vector<double> one_hot(const std::vector<double>& classes, int of) {
    std::vector<double> t(classes.size() * static_cast<std::size_t>(of), 0.0);
    for (std::size_t n = 0; n < classes.size(); ++n) t[n * std::size_t(of) + std::size_t(classes[n])] = 1;
    return t;
}

void take(any_run<double>& r, const pytorch_case& torch) {
    REQUIRE(r.input.size() == torch["input"].values.size());
    r.input = torch["input"].values;
    for (int i = 0; i < r.tensors(); ++i) {
        CAPTURE(r.name(i));
        REQUIRE(torch[r.name(i)].values.size() == std::size_t(r.size(i)));
        r.write(i, torch[r.name(i)].values);
    }
}

void compare_training(any_run<double>& r, const pytorch_case& torch, bool by_class) {
    take(r, torch);
    r.target = by_class           ? one_hot(torch["target"].values, r.facts.output.d0)
               : r.facts.has_loss ? torch["target"].values
                                  : torch["loss.weight"].values;
    r.run();

    CHECK(distance(r.output, torch["output"].values) <= bound);
    CHECK(distance(r.input_gradient(), torch["gradient.input"].values) <= bound);
    if (r.facts.has_loss) CHECK(distance(std::vector{r.loss()}, torch["loss"].values) <= bound);
    std::set<std::string> compared;
    for (int i = 0; i < r.tensors(); ++i) {
        CAPTURE(r.name(i));
        if (r.is_parameter(i)) {
            CHECK(distance(r.gradient(i), torch["gradient." + r.name(i)].values) <= bound);
            compared.insert("gradient." + r.name(i));
        } else {
            CHECK(distance(r.read(i), torch["after." + r.name(i)].values) <= bound);
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

void compare_inference(any_run<double>& r, const pytorch_case& torch) {
    take(r, torch);
    r.run();
    CHECK(distance(r.output, torch[torch.has("output.inference") ? "output.inference" : "output"].values) <= bound);
}

template <class Net>
void compare() {
    const pytorch_case torch(Net::file);
    INFO(torch.text("case"));
    using loss = typename Net::loss;
    host_run<train_plan<Net, loss, strata::reference>, strata::reference> training(torch.batch());
    compare_training(training, torch, std::is_same_v<loss, strata::cross_entropy>);
    host_run<inference_plan<Net, strata::reference>, strata::reference> inference(torch.batch());
    compare_inference(inference, torch);
}

template <class... Nets>
void add_files(std::set<std::string>& files, std::tuple<Nets...>*) {
    (files.insert(Nets::file), ...);
}

} // namespace

TEMPLATE_LIST_TEST_CASE("PyTorch: dense and losses", "[reference]", pytorch::dense_nets) { compare<TestType>(); }
TEMPLATE_LIST_TEST_CASE("PyTorch: conv", "[reference]", pytorch::conv_nets) { compare<TestType>(); }
TEMPLATE_LIST_TEST_CASE("PyTorch: poolings", "[reference]", pytorch::pool_nets) { compare<TestType>(); }
TEMPLATE_LIST_TEST_CASE("PyTorch: elementwise and softmax", "[reference]", pytorch::element_nets) {
    compare<TestType>();
}
TEMPLATE_LIST_TEST_CASE("PyTorch: upsample", "[reference]", pytorch::move_nets) { compare<TestType>(); }
TEMPLATE_LIST_TEST_CASE("PyTorch: batch_norm", "[reference]", pytorch::batch_norm_nets) { compare<TestType>(); }
TEMPLATE_LIST_TEST_CASE("PyTorch: structures", "[reference]", pytorch::structure_nets) { compare<TestType>(); }

TEST_CASE("PyTorch: every network's file is compared", "[reference]") {
    std::set<std::string> compared = {"fit_options", "losses", "optimisers", "schedules"}; // tests/train
    add_files(compared, static_cast<pytorch::dense_nets*>(nullptr));
    add_files(compared, static_cast<pytorch::conv_nets*>(nullptr));
    add_files(compared, static_cast<pytorch::pool_nets*>(nullptr));
    add_files(compared, static_cast<pytorch::element_nets*>(nullptr));
    add_files(compared, static_cast<pytorch::move_nets*>(nullptr));
    add_files(compared, static_cast<pytorch::batch_norm_nets*>(nullptr));
    add_files(compared, static_cast<pytorch::structure_nets*>(nullptr));
    std::set<std::string> present;
    for (const auto& entry : std::filesystem::directory_iterator(STRATA_TESTS_DIR "/pytorch"))
        if (entry.path().extension() == ".safetensors") present.insert(entry.path().stem().string());
    CHECK(present == compared);
}
