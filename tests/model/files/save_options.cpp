/// Files in half precision, and files that test themselves.
#include "catch.hpp"
#include "files.hpp"
#include "nets.hpp"
#include "random_numbers.hpp"

#include <strata/files.hpp>
#include <strata/inference.hpp>
#include <strata/reference/reference.hpp>

#include <cfloat>
#include <cmath>

using namespace strata;
using namespace strata::core;
using namespace strata_tests;

namespace {

struct small : network<features<3>, dense<4>, batch_norm, tanh_activation, dense<2>> {};

template <class Model>
std::vector<typename Model::number> all_numbers(const Model& net) {
    std::vector<typename Model::number> all;
    for (int i = 0; i < static_cast<int>(net.parameters().size()); ++i) {
        std::vector<typename Model::number> x(
            static_cast<std::size_t>(net.parameters()[static_cast<std::size_t>(i)].extents.size()));
        net.get(i, x.data());
        all.insert(all.end(), x.begin(), x.end());
    }
    return all;
}
/// Numbers of both signs everywhere, variances positive.
template <class Model>
void fill(Model& net) {
    for (int i = 0; i < static_cast<int>(net.parameters().size()); ++i) {
        auto x = random_numbers<typename Model::number>(net.parameters()[static_cast<std::size_t>(i)].extents.size(),
                                                        7 + static_cast<std::uint64_t>(i));
        if (net.parameters()[static_cast<std::size_t>(i)].where == storage::buffer)
            for (auto& v : x) v = std::abs(v) + typename Model::number(0.5);
        net.set(i, x.data());
    }
}
/// The message with which a model of `small` refuses a file; the model must stay as it was.
std::string refusal(const std::string& path) {
    model<small> net{seed{2}};
    const auto before = all_numbers(net);
    const auto message = message_of<file_error>([&] { net.load(path); });
    CHECK(all_numbers(net) == before);
    return message;
}

} // namespace

TEST_CASE("a model saved in half precision comes back as the nearest numbers") {
    const temporary_folder folder;
    model<small> net{seed{1}};
    fill(net);
    const auto x = all_numbers(net);
    for (const auto type : {io::dtype::f16, io::dtype::bf16}) {
        net.save(folder / "half", {.stored = type});
        const auto file = io::read_safetensors(folder / "half");
        CHECK(file.tensors.size() == net.parameters().size());
        for (const auto& t : file.tensors) CHECK(t.dtype == type);
        model<small> again{seed{2}};
        again.load(folder / "half");
        const auto y = all_numbers(again);
        REQUIRE(y.size() == x.size());
        int wrong = 0;
        for (std::size_t i = 0; i < x.size(); ++i)
            wrong += y[i]
                     != (type == io::dtype::f16 ? io::float_of_half(io::half_of(static_cast<double>(x[i])))
                                                : io::float_of_brain(io::brain_of(static_cast<double>(x[i]))));
        CHECK(wrong == 0);
        again.save(folder / "again", {.stored = type}); // what is stored exactly stays so
        model<small> third{seed{3}};
        third.load(folder / "again");
        CHECK(all_numbers(third) == y);
    }
    net.save(folder / "wide", {.stored = io::dtype::f64});
    model<small, cpu, fp64> wide{seed{2}};
    wide.load(folder / "wide");
    const auto y = all_numbers(wide);
    CHECK(std::vector<float>(y.begin(), y.end()) == x);
    CHECK(io::read_safetensors(folder / "wide").tensors[0].dtype == io::dtype::f64);
}

TEST_CASE("what cannot be saved is refused, and the old file stays") {
    const temporary_folder folder;
    const std::string path = folder.file("a", "old");
    model<small> net{seed{1}};
    const auto refused = [&](const save_options<float>& o) { return message_of<error>([&] { net.save(path, o); }); };
    CHECK(says(refused({.stored = io::dtype::f8_e4m3}), "saved as F8_E4M3", "Choose f64, f32, f16 or bf16"));
    CHECK(says(refused({.stored = io::dtype::i32}), "saved as I32"));
    CHECK(says(refused({.self_test = std::vector<float>(4)}), "4 elements", "samples of [3], 3 each"));
    CHECK(says(refused({.tolerance = -1}), "tolerance"));
    CHECK(says(refused({.tolerance = std::nan("")}), "tolerance"));
    std::vector<float> large(12, HUGE_VALF);
    net.set(7, large.data()); // the last bias
    CHECK(says(refused({.self_test = std::vector<float>{1, 1, 1}}), "sample 0", "not finite"));
    net = model<small>{seed{1}};
    large.assign(12, 70'000.0f);
    net.set(0, large.data());
    CHECK(says(refused({.stored = io::dtype::f16}), path, "element 0 of 0.weight is too large for F16",
               "Save it as bf16 or f32."));
    CHECK(io::read_file(path).size() == 3);
    net.save(path, {.stored = io::dtype::bf16});
    CHECK(io::read_safetensors(path).tensors.size() == 8);
}

TEST_CASE("doubles that are too large for what they are saved as are refused, never infinities, and the old "
          "file stays") {
    const temporary_folder folder;
    const std::string path = folder.file("a", "old");
    model<small, cpu, fp64> net{seed{1}};
    const std::vector<double> before = all_numbers(net);
    const auto refused = [&](io::dtype stored) {
        return message_of<error>([&] { net.save(path, {.stored = stored}); });
    };
    std::vector<double> weight(12, 0.5);
    for (const double large : {1e300, -3.5e38, std::nextafter(static_cast<double>(FLT_MAX) + 0x1p103, HUGE_VAL)}) {
        weight[3] = large;
        net.set(0, weight.data());
        CAPTURE(large);
        CHECK(says(refused(io::dtype::f32), path, "element 3 of 0.weight is too large for F32. Save it as f64."));
        CHECK(says(refused(io::dtype::bf16), "element 3 of 0.weight is too large for BF16. Save it as f64."));
        CHECK(says(refused(io::dtype::f16), "element 3 of 0.weight is too large for F16. Save it as f64."));
        CHECK(io::read_file(path).size() == 3);
    }
    weight[3] = static_cast<double>(FLT_MAX) * (1 + 0x1p-26); // rounds down to the largest float
    net.set(0, weight.data());
    net.save(folder / "b", {.stored = io::dtype::f32});
    CHECK(io::as_floats(*io::read_safetensors(folder / "b").find("0.weight")).at(3) == FLT_MAX);
    CHECK(says(refused(io::dtype::bf16), "too large for BF16. Save it as f32."));
    net.save(folder / "c");
    model<small, cpu, fp64> again{seed{2}};
    again.load(folder / "c");
    CHECK(all_numbers(again) == all_numbers(net));
    CHECK(all_numbers(again) != before);
}

TEST_CASE("a file that tests itself has its samples and outputs as plain tensors, and is loaded where they "
          "come out") {
    const temporary_folder folder;
    model<lenet5> net{seed{1}};
    const auto samples = random_numbers<float>(70 * 784, 3); // more than are run at a time
    for (const auto type : {io::dtype::f32, io::dtype::bf16}) {
        net.save(folder / "sure", {.stored = type, .self_test = samples});
        const auto file = io::read_safetensors(folder / "sure");
        const auto *in = file.find("self_test.input"), *out = file.find("self_test.output"),
                   *tolerance = file.find("self_test.tolerance");
        REQUIRE((in != nullptr && out != nullptr && tolerance != nullptr));
        CHECK(in->shape == std::vector<long long>{70, 1, 28, 28});
        CHECK(io::as_floats(*in) == samples);
        CHECK(out->shape == std::vector<long long>{70, 10});
        CHECK(io::as_doubles(*tolerance) == std::vector<double>{1e-4});
        model<lenet5> again{seed{2}};
        again.load(folder / "sure");
        CHECK(io::as_floats(*out)
              == again(samples)); // the same policy: the same bits, of the numbers as they are stored
        model<lenet5, reference, fp64> oracle{seed{2}}; // another policy and precision: within the tolerance
        oracle.load(folder / "sure");
    }
    net.save(folder / "plain");
    CHECK(io::read_safetensors(folder / "plain").tensors.size() == 10);
}

TEST_CASE("a file whose outputs do not come out is refused, and the model stays as it was") {
    const temporary_folder folder;
    model<small> net{seed{1}};
    fill(net);
    const std::vector<float> samples{1, 2, 3, -1, 0, 0.5f};
    net.save(folder / "sure", {.self_test = samples, .tolerance = 1e-3});
    const auto whole = io::read_safetensors(folder / "sure");
    const auto with = [&](const char* name, const std::vector<float>& numbers, std::vector<long long> shape = {}) {
        auto tensors = whole.tensors;
        for (auto& t : tensors)
            if (t.name == name) {
                if (shape.empty()) shape = t.shape;
                t.dtype = io::dtype::f32, t.shape = shape, t.bytes = std::as_bytes(std::span(numbers));
            }
        io::write_safetensors(folder / "changed", tensors);
        return folder / "changed";
    };
    auto y = io::as_floats(*whole.find("self_test.output"));
    y[2] += 0.01f;
    CHECK(says(refusal(with("self_test.output", y)), "fails its self-test", "nothing was loaded",
               "output 0 for self_test.input 1", "within 0.001"));
    y[2] = NAN;
    CHECK(says(refusal(with("self_test.output", y)), "fails its self-test", "nan"));
    y = io::as_floats(*whole.find("self_test.output"));
    y[2] += 0.0005f; // within the tolerance
    model<small> other{seed{2}};
    other.load(with("self_test.output", y));
    CHECK(all_numbers(other) == all_numbers(net));
    // One weight changed, as by a bit that flipped.
    auto w = io::as_floats(*whole.find("3.weight"));
    w[0] += 0.5f;
    CHECK(says(refusal(with("3.weight", w)), "fails its self-test"));
    // A self-test that is none.
    CHECK(says(refusal(with("self_test.input", samples, {3, 2})),
               "self_test.input: [3, 2] in the file, but must be N samples of [3]"));
    CHECK(says(refusal(with("self_test.input", {1, 2, 3}, {1, 3})), "self_test.output: 2 outputs for 1 samples"));
    CHECK(says(refusal(with("self_test.output", y, {4})),
               "self_test.output: [4] in the file, but must be N outputs of [2]"));
    CHECK(says(refusal(with("self_test.tolerance", {1, 2}, {2})), "self_test.tolerance: 2 numbers in the file"));
    auto tensors = whole.tensors;
    tensors.pop_back();
    io::write_safetensors(folder / "changed", tensors);
    CHECK(says(refusal(folder / "changed"), "self_test.tolerance: not in the file, but the rest of its self-test is"));
}
