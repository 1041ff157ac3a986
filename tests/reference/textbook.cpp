#include "catch.hpp"
#include "kernel_call.hpp"
#include "machines/host_run.hpp"
#include "random_numbers.hpp"
#include <algorithm>
#include <strata/layers.hpp>
#include <strata/reference/reference.hpp>

using namespace strata_tests;
using strata::shape;
using numbers = std::vector<double>;

namespace {
struct edge_filter : strata::network<strata::image<1, 3, 3>, strata::conv<1, 3, strata::no_bias>> {};
struct halved : strata::network<strata::image<3, 6, 8>, strata::max_pool<2>> {};
} // namespace

TEST_CASE("conv: the vertical edge filter over the textbook's patch gives -510", "[reference]") {
    host_run<inference_plan<edge_filter, strata::reference>, strata::reference> r(1);
    r.write(0, {-1, 0, +1, //
                -1, 0, +1, //
                -1, 0, +1});
    r.input = {255, 255, 255, //
               255, 255, 0,   //
               255, 0,   0};
    r.run();
    CHECK(r.output == numbers{-510});
}

TEST_CASE("max_pool<2> is the largest of the four it stands on", "[reference]") {
    constexpr int batch = 5, images = batch * 3;
    host_run<inference_plan<halved, strata::reference>, strata::reference> r(batch);
    r.input = random_numbers<double>(images * 6 * 8, 1);
    r.run();
    int different = 0;
    for (int n = 0; n < images; ++n)
        for (int u = 0; u < 3; ++u)
            for (int v = 0; v < 4; ++v) {
                const auto h = [&](int row, int column) { return r.input[std::size_t((n * 6 + row) * 8 + column)]; };
                const double largest =
                    std::max({h(2 * u, 2 * v), h(2 * u, 2 * v + 1), h(2 * u + 1, 2 * v), h(2 * u + 1, 2 * v + 1)});
                different += r.output[std::size_t((n * 3 + u) * 4 + v)] != largest;
            }
    CHECK(r.output.size() == images * 3 * 4);
    CHECK(different == 0);
}
