/// The door for xtensor: any expression of samples goes in, an array of results comes out, and extents are checked axis
/// by axis.
#include "catch.hpp"
#include "files.hpp"
#include "random_numbers.hpp"

#include <strata/layers.hpp>
#include <strata/reference/reference.hpp>
#include <strata/xtensor.hpp>

#include <xtensor/xadapt.hpp>
#include <xtensor/xmath.hpp>
#include <xtensor/xtensor.hpp>
#include <xtensor/xview.hpp>

#include <type_traits>
#include <vector>

using namespace strata;
using namespace strata::core;
using namespace strata_tests;

namespace {

constexpr std::size_t pixels = 2 * 5 * 4;

struct of_images : network<image<2, 5, 4>, conv<3, 3>, relu, flatten, dense<7>> {};
struct of_features : network<features<4>, dense<3>> {};
struct to_images : network<image<2, 5, 4>, conv<3, 2>> {};

using extents = std::vector<std::size_t>;

template <class Y>
extents extents_of(const Y& y) {
    return {y.shape().begin(), y.shape().end()};
}
template <class Y>
std::vector<float> numbers_of(const Y& y) {
    return {y.begin(), y.end()}; // in conventional order
}
/// The same numbers as an array of these extents, and as a range.
struct both {
    std::vector<float> range;
    xt::xarray<float> array;
    explicit both(const extents& shape) {
        std::size_t size = 1;
        for (const std::size_t e : shape) size *= e;
        range = random_numbers<float>(static_cast<long long>(size), 3);
        array = xt::adapt(range, shape);
    }
};

} // namespace

TEST_CASE("xtensor: a batch and a single sample give what a range of them gives, in arrays of results") {
    const model<of_images> net{seed{1}};
    const both batch({6, 2, 5, 4}), one({2, 5, 4});
    const auto y = net(batch.array);
    STATIC_REQUIRE(std::is_same_v<decltype(y), const xt::xarray<float>>);
    CHECK(extents_of(y) == extents{6, 7});
    CHECK(numbers_of(y) == net(batch.range));
    const auto z = net(one.array);
    CHECK(extents_of(z) == extents{7}); // of one sample, no batch
    CHECK(numbers_of(z) == net(one.range));
    const both batch_of_one({1, 2, 5, 4});
    CHECK(extents_of(net(batch_of_one.array)) == extents{1, 7});

    const model<of_features> flat{seed{1}};
    const both rows({5, 4}), row({4});
    CHECK(extents_of(flat(rows.array)) == extents{5, 3});
    CHECK(numbers_of(flat(rows.array)) == flat(rows.range));
    CHECK(extents_of(flat(row.array)) == extents{3});
    CHECK(numbers_of(flat(row.array)) == flat(row.range));

    const model<to_images> images{seed{1}};
    CHECK(extents_of(images(batch.array)) == extents{6, 3, 4, 3});
    CHECK(extents_of(images(one.array)) == extents{3, 4, 3});
    CHECK(numbers_of(images(batch.array)) == images(batch.range));
}

TEST_CASE("xtensor: expressions and views are samples too, whatever their memory looks like") {
    const model<of_images> net{seed{2}};
    const both batch({6, 2, 5, 4});
    const auto expected = net(batch.range);

    // An expression has no memory.
    std::vector<float> scaled(batch.range);
    for (float& x : scaled) x = 2 * x + 1;
    CHECK(numbers_of(net(2.0f * batch.array + 1.0f)) == net(scaled));

    // A view of some of the samples; a view that picks every other column of a wider image.
    const auto y = net(xt::view(batch.array, xt::range(2, 5)));
    CHECK(extents_of(y) == extents{3, 7});
    CHECK(numbers_of(y) == std::vector<float>(expected.begin() + 14, expected.begin() + 35));
    CHECK(extents_of(net(xt::view(batch.array, 3))) == extents{7});
    CHECK(numbers_of(net(xt::view(batch.array, 3)))
          == std::vector<float>(expected.begin() + 21, expected.begin() + 28));
    xt::xarray<float> wide = xt::zeros<float>({6, 2, 5, 8});
    xt::view(wide, xt::all(), xt::all(), xt::all(), xt::range(0, 8, 2)) = batch.array;
    CHECK(numbers_of(net(xt::view(wide, xt::all(), xt::all(), xt::all(), xt::range(0, 8, 2)))) == expected);

    // Columns first in memory, extents known at compile time, numbers of another type.
    const xt::xarray<float, xt::layout_type::column_major> columns_first = batch.array;
    CHECK(numbers_of(net(columns_first)) == expected);
    const xt::xtensor<float, 4> ranked = batch.array;
    CHECK(numbers_of(net(ranked)) == expected);
    const xt::xarray<double> doubles = batch.array;
    CHECK(numbers_of(net(doubles)) == expected);

    const model<of_images, reference, fp64> wide_net{seed{2}};
    const auto z = wide_net(batch.array);
    STATIC_REQUIRE(std::is_same_v<decltype(z), const xt::xarray<double>>);
    CHECK(extents_of(z) == extents{6, 7});
    CHECK(std::vector<double>(z.begin(), z.end())
          == wide_net(std::vector<double>(batch.range.begin(), batch.range.end())));
}

TEST_CASE("xtensor: a wrong rank or wrong extents are refused, naming both shapes") {
    const model<of_images> net{seed{1}};
    const auto refusal = [&](const extents& shape) {
        const xt::xarray<float> x = xt::zeros<float>(shape);
        return message_of<shape_error>([&] { (void)net(x); });
    };
    CHECK(says(refusal({pixels}), "[40]", "[2, 5, 4]"));
    CHECK(says(refusal({5, 4}), "[5, 4]", "[2, 5, 4]"));
    CHECK(says(refusal({1, 6, 2, 5, 4}), "[1, 6, 2, 5, 4]", "samples of [2, 5, 4]"));
    CHECK(says(refusal({2, 4, 5}), "[2, 4, 5]", "[2, 5, 4]")); // as many elements
    CHECK(says(refusal({5, 4, 2}), "[5, 4, 2]", "[2, 5, 4]")); // channels last
    CHECK(says(refusal({3, 2, 5, 5}), "[3, 2, 5, 5]", "[2, 5, 4]"));
    CHECK(says(refusal({3, 1, 5, 4}), "[3, 1, 5, 4]", "[2, 5, 4]"));
    CHECK(says(refusal({0, 2, 5, 4}), "[0, 2, 5, 4]", "[2, 5, 4]")); // no sample at all
    CHECK(says(refusal({}), "[]", "[2, 5, 4]"));                     // a number
    const model<of_features> flat{seed{1}};
    const xt::xarray<float> eight = xt::zeros<float>({8}), cube = xt::zeros<float>({2, 1, 4});
    CHECK(says(message_of<shape_error>([&] { (void)flat(eight); }), "[8]", "samples of [4]")); // no two samples of four
    CHECK(says(message_of<shape_error>([&] { (void)flat(cube); }), "[2, 1, 4]", "samples of [4]"));
    CHECK(says(message_of<shape_error>([&] { (void)flat(2.0f * cube); }), "[2, 1, 4]", "samples of [4]"));
}
