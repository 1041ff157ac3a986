/// A plan holds values of numbers and of integers: their places in bytes, whatever a number's size is.
#include "machines/placement.hpp"

#include <strata/plan/operations/reshape.hpp>

using namespace strata;
using namespace strata::core;
using namespace strata_tests;

namespace {

struct integers_of {
    static constexpr const char* name = "integers_of";
    static constexpr op kind = op_named(name);
    static constexpr division split = division::samples;
    static constexpr long long flops(const key&) { return 0; }
};
struct read_integers {
    static constexpr const char* name = "read_integers";
    static constexpr operation_facts facts{.takes_tokens = true};
    static constexpr op kind = op_named(name);
    static constexpr division split = division::samples;
    static constexpr long long flops(const key&) { return 0; }
    static constexpr void differentiate(graph& g, operations::gradients& d, const operation& o) {
        d.contribute(o.in[0], g.apply<read_integers>(o.k, {d.of(o.out[0]), o.in[1]}, o.k.x));
    }
};

/// y of x and of integers that are made from x.
struct by_integers {
    static constexpr value build(graph& g, value x) {
        key k;
        k.x = k.y = g.extents(x);
        const value i = g.add_value(k.y, storage::per_sample, element::int32);
        g.add_operation<integers_of>(k, &x, 1, &i, 1);
        return g.apply<read_integers>(k, {x, i}, k.y);
    }
    static constexpr void spell(text& t) { t.add("by_integers"); }
};
struct on_features : network<features<5>, dense<19>, by_integers, dense<3>, by_integers, dense<40>> {};
struct on_images : network<image<2, 4, 3>, by_integers, conv<3, 2>, by_integers, flatten, dense<2>> {};
/// Integers come in and go out.
struct tokens {
    static constexpr value build_input(graph& g) { return g.add_value(shape(3, 2, 2), storage::input, element::int32); }
    static constexpr void spell(text& t) { t.add("tokens"); }
};
struct integers_only : network<tokens, pass> {};
struct integers_laid_flat : network<tokens, flatten> {};

constexpr target_numbers numbers(int bytes) {
    return {.lanes = 8, .channels_last = true, .depth_first = true, .packed_weights = true, .number_bytes = bytes};
}
template <class Net, int Bytes>
using inference = plan<Net, request{.target = numbers(Bytes)}>;
template <class Net, int Bytes>
using training =
    plan<Net, request{.mode = mode::train, .input_gradient = true, .target = numbers(Bytes)}, mean_squared_error>;

/// Every operand of a plan begins where its elements may, and ends inside its block.
template <class Plan, int Bytes>
void check_places() {
    int integers = 0;
    for (const step& s : Plan::data.steps)
        for (int i = 0; i < s.inputs + s.outputs; ++i) {
            const operand& o = s.at[i];
            const long long bytes = padded_to(o.elements, 16) * (o.element == element::int32 ? 4 : Bytes);
            CHECK(o.offset % 64 == 0);
            if (o.where == storage::per_sample) CHECK(o.offset + bytes <= Plan::data.sizes.per_sample);
            if (o.where == storage::parameter) CHECK(o.offset + bytes <= Plan::data.sizes.parameters * Bytes);
            integers += o.element == element::int32 ? 1 : 0;
        }
    CHECK(integers >= 4); // two values, each written and read
}

} // namespace

TEST_CASE("the places of numbers and of integers, in bytes") {
    // dense<19> writes 19 numbers, 32 with padding; integers of 19 stand behind them; the 40 results are the caller's.
    using floats = inference<on_features, 4>;
    using doubles = inference<on_features, 8>;
    STATIC_REQUIRE(floats::steps == 7);
    STATIC_REQUIRE(floats::data.steps[0].at[3].offset == 0);
    STATIC_REQUIRE(floats::data.steps[1].at[1].element == element::int32);
    STATIC_REQUIRE(floats::data.steps[1].at[1].elements == 19);
    STATIC_REQUIRE(floats::data.steps[1].at[1].offset == 32 * 4);
    STATIC_REQUIRE(doubles::data.steps[1].at[1].offset == 32 * 8);
    STATIC_REQUIRE(floats::data.steps[2].at[2].offset == 32 * 4 + 32 * 4);
    STATIC_REQUIRE(doubles::data.steps[2].at[2].offset == 32 * 8 + 32 * 4);
    STATIC_REQUIRE(floats::data.sizes.per_sample == 3 * 32 * 4);
    STATIC_REQUIRE(doubles::data.sizes.per_sample == 2 * 32 * 8 + 32 * 4);
    STATIC_REQUIRE(floats::arena_bytes(10) == 10 * floats::data.sizes.per_sample);
    // Parameters are counted in numbers, their values' places in bytes.
    STATIC_REQUIRE(floats::data.sizes.parameters == doubles::data.sizes.parameters);
    STATIC_REQUIRE(doubles::data.steps[0].at[2].offset == 8 * doubles::data.parameters[1].offset);
    check_places<floats, 4>(), check_places<doubles, 8>();
    check_places<inference<on_images, 4>, 4>(), check_places<inference<on_images, 8>, 8>();
    check_places<training<on_images, 4>, 4>(), check_places<training<on_images, 8>, 8>();
}

TEST_CASE("numbers and integers that live at the same time share no byte") {
    find_overlaps<on_features, mean_squared_error>(training<on_features, 4>::wanted);
    find_overlaps<on_features, mean_squared_error>(training<on_features, 8>::wanted);
    find_overlaps<on_features, no_loss>(inference<on_features, 8>::wanted);
    find_overlaps<on_images, mean_squared_error>(training<on_images, 8>::wanted);
    find_overlaps<on_images, mean_squared_error>(training<on_images, 4>::wanted);
}

TEST_CASE("integers keep the conventional order where images of numbers do not") {
    using plan_of_images = inference<on_images, 8>;
    int reorders = 0;
    for (const step& s : plan_of_images::data.steps) reorders += s.kind == operations::reorder::kind ? 1 : 0;
    CHECK(reorders == 2); // the samples come in, what is laid flat goes out
    STATIC_REQUIRE(inference<integers_only, 8>::steps == 1);
    STATIC_REQUIRE(inference<integers_laid_flat, 8>::steps == 1);
}

TEST_CASE("integers that come in as they go out are copied") {
    const auto copies = []<class Policy, class T>(Policy, T) {
        using as_they_are = plan<integers_only, request{.target = Policy::template numbers<T>()}>;
        constexpr const step& only = as_they_are::data.steps[0];
        STATIC_REQUIRE(only.kind == operations::copy::kind);
        STATIC_REQUIRE(only.at[1].element == element::int32);
        const std::vector<std::int32_t> in{1,  -2, 3,  1 << 30, 5,  6,  7,  8,  9,  10, 11, -12,
                                           13, 14, 15, 16,      17, 18, 19, 20, 21, 22, 23, -(1 << 30)};
        std::vector<std::int32_t> out(in.size() + 1, 99);
        frame<T> f;
        f.batch = 2, f.chunks = 1, f.chunk_size = as_they_are::chunk;
        f.set(storage::input, const_cast<std::int32_t*>(in.data())), f.set(storage::output, out.data());
        const serial_tasks serial;
        run_steps(as_they_are::data.steps, as_they_are::steps, kernel_table<as_they_are, Policy, T>.rows, f, serial);
        CHECK(out.back() == 99);
        out.pop_back();
        CHECK(out == in);
    };
    copies(reference{}, float{}), copies(reference{}, double{});
    copies(cpu{}, float{}), copies(cpu{}, double{});
}
