#include "pytorch/pytorch_compare.hpp"
#include <filesystem>
#include <set>

using namespace strata_tests;

namespace {

template <class... Nets>
void add_files(std::set<std::string>& files, std::tuple<Nets...>*) {
    (files.insert(Nets::file), ...);
}

} // namespace

TEMPLATE_LIST_TEST_CASE("PyTorch: dense and losses", "[reference]", pytorch::dense_nets) {
    compare_with_pytorch<TestType>();
}
TEMPLATE_LIST_TEST_CASE("PyTorch: conv", "[reference]", pytorch::conv_nets) { compare_with_pytorch<TestType>(); }
TEMPLATE_LIST_TEST_CASE("PyTorch: conv1d", "[reference]", pytorch::signal_nets) { compare_with_pytorch<TestType>(); }
TEMPLATE_LIST_TEST_CASE("PyTorch: poolings", "[reference]", pytorch::pool_nets) { compare_with_pytorch<TestType>(); }
TEMPLATE_LIST_TEST_CASE("PyTorch: elementwise and softmax", "[reference]", pytorch::element_nets) {
    compare_with_pytorch<TestType>();
}
TEMPLATE_LIST_TEST_CASE("PyTorch: mul and squeeze_excite", "[reference]", pytorch::scale_nets) {
    compare_with_pytorch<TestType>();
}
TEMPLATE_LIST_TEST_CASE("PyTorch: upsample", "[reference]", pytorch::move_nets) { compare_with_pytorch<TestType>(); }
TEMPLATE_LIST_TEST_CASE("PyTorch: batch_norm", "[reference]", pytorch::batch_norm_nets) {
    compare_with_pytorch<TestType>();
}
TEMPLATE_LIST_TEST_CASE("PyTorch: structures", "[reference]", pytorch::structure_nets) {
    compare_with_pytorch<TestType>();
}

TEST_CASE("PyTorch: every network's file is compared", "[reference]") {
    std::set<std::string> compared = {"fit_options", "formulas",           "losses",     "optimisers",
                                      "schedules",   "tokens_and_numbers", "two_inputs", "two_outputs"}; // tests/train
    add_files(compared, static_cast<pytorch::dense_nets*>(nullptr));
    add_files(compared, static_cast<pytorch::conv_nets*>(nullptr));
    add_files(compared, static_cast<pytorch::signal_nets*>(nullptr));
    add_files(compared, static_cast<pytorch::pool_nets*>(nullptr));
    add_files(compared, static_cast<pytorch::element_nets*>(nullptr));
    add_files(compared, static_cast<pytorch::scale_nets*>(nullptr));
    add_files(compared, static_cast<pytorch::move_nets*>(nullptr));
    add_files(compared, static_cast<pytorch::batch_norm_nets*>(nullptr));
    add_files(compared, static_cast<pytorch::structure_nets*>(nullptr));
    add_files(compared, static_cast<pytorch::geometry_nets*>(nullptr)); // pytorch_geometry.cpp
    add_files(compared, static_cast<pytorch::norm_nets*>(nullptr));     // pytorch_positions.cpp
    add_files(compared, static_cast<pytorch::position_nets*>(nullptr)); // pytorch_positions.cpp
    std::set<std::string> present;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(STRATA_TESTS_DIR "/pytorch"))
        if (entry.path().extension() == ".safetensors") present.insert(entry.path().stem().string());
    CHECK(present == compared);
}
