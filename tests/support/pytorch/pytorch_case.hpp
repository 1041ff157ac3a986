#pragma once
/// A reference file of tests/pytorch (its README.md says what the tensors are), by name, in double.
///
///   const strata_tests::pytorch_case torch("conv_valid");
///   torch["0.weight"].shape   // {5, 3, 3, 3}, as PyTorch has it
///   torch["output"].values    // row-major
///
/// Errors   strata::file_error where the file cannot be read, has no tensor of that name, or not in float64:
///          a test that asks for what is not there fails, and never passes by comparing nothing
#include <filesystem>
#include <map>
#include <strata/base/error.hpp>
#include <strata/io/tensors/copy_numbers.hpp>
#include <strata/io/tensors/read_safetensors.hpp>
#include <string>
#include <utility>
#include <vector>

#ifndef STRATA_TESTS_DIR
#error "STRATA_TESTS_DIR must name the folder tests/; tests/CMakeLists.txt defines it."
#endif

namespace strata_tests {

struct pytorch_tensor {
    std::vector<long long> shape;
    std::vector<double> values;
};

class pytorch_case {
  public:
    explicit pytorch_case(const std::string& name) : path_(file_of(name)) {
        const strata::io::tensor_file file = strata::io::read_safetensors(path_);
        for (const strata::io::tensor_view& tensor : file.tensors) {
            if (tensor.dtype != strata::io::dtype::f64)
                strata::raise<strata::file_error>("strata tests: " + path_ + ": the tensor '" + tensor.name
                                                  + "' is not in float64. Write it with make_reference.py.");
            tensors_[tensor.name] = {tensor.shape, strata::io::as_doubles(tensor)};
        }
        for (const auto& [key, text] : file.metadata) metadata_[key] = text;
    }

    [[nodiscard]] bool has(const std::string& name) const { return tensors_.count(name) != 0; }

    [[nodiscard]] const pytorch_tensor& operator[](const std::string& name) const {
        return find(tensors_, name, "tensor");
    }
    /// "torch" (its version), "case" (the network in Python), "strata" (the same in C++), "loss".
    [[nodiscard]] const std::string& text(const std::string& key) const { return find(metadata_, key, "text"); }

    /// Every tensor by name: a test that walks over them leaves no parameter out.
    [[nodiscard]] const std::map<std::string, pytorch_tensor>& tensors() const { return tensors_; }

    /// Samples in the batch.
    [[nodiscard]] int batch() const { return static_cast<int>((*this)["input"].shape.at(0)); }

  private:
    /// In the folder of its family; if it is in none, a path that the error names.
    static std::string file_of(const std::string& name) {
        const std::filesystem::path all = STRATA_TESTS_DIR "/pytorch", file = name + ".safetensors";
        for (const auto& family : std::filesystem::directory_iterator(all))
            if (exists(family.path() / file)) return (family.path() / file).string();
        return (all / file).string();
    }

    template <class Value>
    const Value& find(const std::map<std::string, Value>& from, const std::string& name, const char* what) const {
        const auto found = from.find(name);
        if (found != from.end()) return found->second;
        std::string names;
        for (const auto& entry : from) names += (names.empty() ? "" : ", ") + entry.first;
        strata::raise<strata::file_error>("strata tests: " + path_ + " has no " + what + " '" + name
                                          + "'; there are: " + names + ".");
    }

    std::string path_;
    std::map<std::string, pytorch_tensor> tensors_;
    std::map<std::string, std::string> metadata_;
};

} // namespace strata_tests
