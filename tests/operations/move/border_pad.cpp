/// reflect_pad and replicate_pad.
#include "laws/operation_laws.hpp"

#include <strata/inference.hpp>
#include <strata/vision.hpp>

using namespace strata_tests;

namespace {
struct reflected : strata::network<strata::image<1, 3, 3>, strata::pad<strata::sides(2, 1, 1, 0), strata::reflect>> {};
struct replicated : strata::network<strata::image<1, 2, 2>, strata::pad<strata::sides(1, 0, 0, 3), strata::replicate>> {
};
struct one_row : strata::network<strata::image<1, 1, 3>, strata::pad<strata::sides(0, 0, 2, 1), strata::reflect>> {};
/// Channels of a register and a bit, between convolutions, so that cpu has them last; and the sample itself.
struct reflected_between : strata::network<strata::image<2, 4, 3>, strata::conv<17, 2>,
                                           strata::pad<strata::sides(2, 1, 1, 1), strata::reflect>, strata::conv<2, 1>,
                                           strata::pad<2, strata::reflect>> {};
struct replicated_between
    : strata::network<strata::image<2, 4, 3>, strata::conv<17, 2>, strata::pad<strata::sides(3, 1), strata::replicate>,
                      strata::conv<2, 1>, strata::pad<1, strata::replicate>> {};
struct reflected_sample : strata::network<strata::image<3, 2, 4>, strata::pad<1, strata::reflect>, strata::sigmoid> {};
struct replicated_sample : strata::network<strata::image<3, 1, 4>, strata::pad<2, strata::replicate>, strata::sigmoid> {
};
struct of_a_signal
    : strata::network<strata::time_series<3, 5>, strata::conv1d<9, 2>, strata::pad1d<3, 1, strata::reflect>,
                      strata::tanh_activation, strata::pad1d<1, 2, strata::replicate>> {};
} // namespace

TEST_CASE("reflect_pad by hand: what PyTorch's ReflectionPad2d((1, 0, 2, 1)) gives") {
    const strata::model<reflected, strata::reference, strata::fp64> net;
    CHECK(net(std::vector<double>{1, 2, 3, 4, 5, 6, 7, 8, 9})
          == std::vector<double>{8, 7, 8, 9, 5, 4, 5, 6, 2, 1, 2, 3, 5, 4, 5, 6, 8, 7, 8, 9, 5, 4, 5, 6});
    const strata::model<one_row> row;
    CHECK(row(std::vector<float>{1, 2, 3}) == std::vector<float>{3, 2, 1, 2, 3, 2});
}

TEST_CASE("reflect_pad by hand: its gradient is the sum of all that was read") {
    host_run<train_plan<one_row, weighted_sum, strata::reference>, strata::reference> r(1);
    r.input = {5, 6, 7};
    r.target = {1, 10, 100, 1000, 10000, 100000}; // what the loss weighs the result with
    r.run();
    CHECK(r.input_gradient() == std::vector<double>{100, 101010, 10001});
}

TEST_CASE("replicate_pad by hand: what PyTorch's ReplicationPad2d((0, 3, 1, 0)) gives, and its gradient") {
    const strata::model<replicated> net;
    CHECK(net(std::vector<float>{1, 2, 3, 4}) == std::vector<float>{1, 2, 2, 2, 2, 1, 2, 2, 2, 2, 3, 4, 4, 4, 4});
    host_run<train_plan<replicated, weighted_sum, strata::reference>, strata::reference> r(1);
    r.input = {5, 6, 7, 8};
    r.target = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15};
    r.run();
    CHECK(r.input_gradient() == std::vector<double>{7, 2 + 3 + 4 + 5 + 7 + 8 + 9 + 10, 11, 12 + 13 + 14 + 15});
}

TEST_CASE("reflect_pad and replicate_pad keep the laws") {
    check_laws<reflected, replicated, reflected_between, replicated_between, reflected_sample, replicated_sample,
               of_a_signal>();
}
