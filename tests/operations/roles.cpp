/// What axes mean: operations that work on rows take the positions of a sequence one by one.
#include "laws/operation_laws.hpp"

#include <strata/inference.hpp>

using namespace strata_tests;

namespace {

struct mlp : strata::network<strata::vectors<5, 3>, strata::dense<7>, strata::relu, strata::dense<4>> {};
struct mlp_of_one : strata::network<strata::features<3>, strata::dense<7>, strata::relu, strata::dense<4>> {};
struct long_one : strata::network<strata::vectors<40, 3>, strata::dense<18>, strata::tanh_activation, strata::softmax> {
};
struct normed : strata::network<strata::vectors<6, 4>, strata::dense<9, strata::no_bias>, strata::batch_norm,
                                strata::leaky_relu<>, strata::dense<3>, strata::flatten, strata::dense<5>> {};
struct joined : strata::network<strata::vectors<4, 3>, strata::tag<"x">, strata::dense<5>, strata::concat<"x">,
                                strata::residual<strata::dense<8>>, strata::normalise, strata::softmax> {};
struct dropped : strata::network<strata::vectors<4, 6>, strata::dense<5>, strata::dropout<0.5>, strata::dense<2>> {};

template <class Policy>
void check_each_position() {
    strata::model<mlp, Policy> of_five{strata::seed{3}};
    strata::model<mlp_of_one, Policy> of_one{strata::seed{3}};
    std::vector<float> x(3 * 15);
    for (std::size_t i = 0; i < x.size(); ++i) x[i] = static_cast<float>(i * 37 % 11) / 7 - 0.5f;
    CHECK(of_five(x) == of_one(x)); // fifteen samples of one position each
}

} // namespace

TEST_CASE("dense on a sequence is dense on each of its positions, with the same parameters") {
    STATIC_REQUIRE(strata::output_shape<mlp> == strata::shape::sequence(5, 4));
    STATIC_REQUIRE(strata::parameter_count<mlp> == strata::parameter_count<mlp_of_one>);
    check_each_position<strata::reference>();
    check_each_position<strata::cpu>();
}

TEST_CASE("a shape says what its axes mean") {
    using strata::role, strata::shape;
    STATIC_REQUIRE(shape(6).axes == role::flat);
    STATIC_REQUIRE(shape(3, 4, 5).axes == role::image);
    STATIC_REQUIRE(shape(3, 4).axes == role::none);
    STATIC_REQUIRE(shape(1, 2, 3, 4).axes == role::none);
    STATIC_REQUIRE(shape(6).channels() == 6);
    STATIC_REQUIRE(shape(6).positions() == 1);
    STATIC_REQUIRE(shape(3, 4, 5).channels() == 3);
    STATIC_REQUIRE(shape(3, 4, 5).positions() == 20);
    STATIC_REQUIRE(shape::signal(3, 20).channels() == 3);
    STATIC_REQUIRE(shape::signal(3, 20).positions() == 20);
    STATIC_REQUIRE(shape::sequence(20, 3).channels() == 3);
    STATIC_REQUIRE(shape::sequence(20, 3).positions() == 20);
    STATIC_REQUIRE(shape::tokens(20).positions() == 20);
    STATIC_REQUIRE(shape::tokens(20).with_channels(8) == shape::sequence(20, 8));
    STATIC_REQUIRE(shape(3, 4, 5).with_channels(2) == shape(2, 4, 5));
    STATIC_REQUIRE(shape::sequence(20, 3).with_channels(8) == shape::sequence(20, 8));
    STATIC_REQUIRE(shape(3, 20) != shape::sequence(3, 20));
    STATIC_REQUIRE(shape(3, 20).same_extents(shape::sequence(3, 20)));
}

TEST_CASE("chunks of sequences are counted in rows: eight long samples are more than one task") {
    using strata::core::plan, strata::core::request;
    STATIC_REQUIRE(plan<mlp_of_one, request{}>::chunk == request{}.target.chunk);
    STATIC_REQUIRE(plan<long_one, request{}>::data.positions == 40);
    STATIC_REQUIRE(plan<long_one, request{}>::chunks(8) == 8);
    STATIC_REQUIRE(plan<mlp, request{}>::chunks(12) == 2); // of 6 samples, 30 rows
}

TEST_CASE("sequences of any length share kernels") {
    struct of_four : strata::network<strata::vectors<4, 3>, strata::dense<3>> {};
    struct of_nine : strata::network<strata::vectors<9, 3>, strata::dense<3>> {};
    STATIC_REQUIRE(strata::core::plan<of_four, strata::core::request{}>::data.keys[0]
                   == strata::core::plan<of_nine, strata::core::request{}>::data.keys[0]);
}

TEST_CASE("networks on sequences keep the laws") { check_laws<mlp, long_one, normed, joined>(); }

TEST_CASE("dropout on a sequence keeps the laws of training") {
    compare_training<dropped, strata::mean_squared_error, strata::cpu>();
}
