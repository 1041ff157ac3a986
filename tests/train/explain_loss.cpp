/// Where a loss that is not finite comes from, in networks with names: the layer as files call it, its place, its
/// spelling.
#include "catch.hpp"
#include "reciprocal.hpp"

#include <strata/strata.hpp>

#include <string>
#include <vector>

using namespace strata;
using namespace strata::core;
using strata_tests::reciprocal;

namespace {

/// The message of a step under which all parameters are 0, so that the reciprocal breaks.
template <class... Layers>
std::string message() {
    struct net : network<features<3>, dense<3>, Layers..., dense<1>> {};
    model<net> m{};
    for (float& p : m.parameter_block()) p = 0;
    trainer trainer{m, mean_squared_error{}, sgd{.rate = 0.1}};
    try {
        trainer.step(std::vector<float>(6, 0.5f), std::vector<float>(2, 1.0f));
    } catch (const error& e) {
        return e.what();
    }
    return "no error";
}
std::string around(const std::string& place) {
    return "strata: the loss of step 1 is not finite: the operation elementwise of " + place
           + " is the first to produce such a number. Check the data, or lower the learning rate.";
}

} // namespace

TEST_CASE("a loss that is not finite names the layer as files call it", "[train]") {
    CHECK(message<named<"stage1", dense<3>, reciprocal>>()
          == around("stage1.1, which is layer 2 of 3, sublayer 2 of 2, reciprocal,"));
    CHECK(message<named<"turn", reciprocal>>() == around("turn, which is layer 2 of 3, sublayer 1 of 1, reciprocal,"));
    CHECK(message<named<"stage1", named<"block", dense<3>, reciprocal>, relu>>()
          == around("stage1.block.1, which is layer 2 of 3, sublayer 1 of 2, sublayer 2 of 2, reciprocal,"));
    CHECK(message<named<"stage1", residual<sequence<reciprocal, dense<3>>>>>()
          == around(
              "stage1.body.0, which is layer 2 of 3, sublayer 1 of 1, sublayer 1 of 2, sublayer 1 of 2, reciprocal,"));
}

TEST_CASE("a loss that is not finite counts layers where none has a name", "[train]") {
    CHECK(message<reciprocal>() == around("layer 2 of 3, reciprocal,"));
    CHECK(message<repeat<2, sequence<dense<3>, reciprocal>>>()
          == around("layer 2 of 3, sublayer 1 of 2, sublayer 2 of 2, reciprocal,"));
}
