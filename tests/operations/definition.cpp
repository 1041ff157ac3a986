/// A definition as a kernel: its items by sample, by chunk and by row, for the host's tasks and for a GPU's threads.
#include "catch.hpp"

#include <strata/cpu/kernel.hpp>
#include <strata/cuda/kernel.hpp>
#include <strata/reference/kernel.hpp>

using namespace strata::core;

namespace {
constexpr op of_samples = op_named("doubled"), of_chunks = op_named("chunk_sum"), of_rows = op_named("row_sum"),
             of_tuned = op_named("tuned"), of_nobody = op_named("nothing");
} // namespace

namespace strata::inline STRATA_ABI::operations {

/// y = 2 x, of two numbers a sample
template <key K, class F>
struct definition<of_samples, K, F> {
    static constexpr long long items = 2;
    static constexpr bool runs_on_cpu = true;
    template <class Accumulator, class T>
    STRATA_HD static void item(const call<T>& c, long long i) {
        c.at[1][i] = 2 * c.at[0][i];
    }
};
/// The sums of the chunk's samples, of two numbers each
template <key K, class F>
struct definition<of_chunks, K, F> {
    static constexpr long long items = 2;
    static constexpr unit per = unit::chunk;
    template <class Accumulator, class T>
    STRATA_HD static void item(const call<T>& c, long long i) {
        const place_in_batch at(i, items);
        const samples_of_task samples(c, at.n);
        Accumulator sum = 0;
        for (int n = samples.first; n < samples.last; ++n) sum += Accumulator(c.at[0][2 * n + at.e]);
        c.at[1][at.n * 16 + at.e] = T(sum);
    }
};
/// The sums of rows of three
template <key K, class F>
struct definition<of_rows, K, F> {
    static constexpr long long items = 1;
    static constexpr unit per = unit::row;
    template <class Accumulator, class T>
    STRATA_HD static void item(const call<T>& c, long long i) {
        Accumulator sum = 0;
        for (int j = 0; j < 3; ++j) sum += Accumulator(c.at[0][3 * i + j]);
        c.at[1][i] = T(sum);
    }
};

template <key K, class F>
struct definition<of_tuned, K, F> : definition<of_samples, K, F> {};

} // namespace strata::inline STRATA_ABI::operations

namespace strata::inline STRATA_ABI {
template <key K, class F, class T>
struct on_reference::kernel<of_tuned, K, F, T> {
    static constexpr bool tuned = true;
};
template <key K, class F, class T, class Arch>
struct on_cpu::kernel<of_tuned, K, F, T, Arch> {
    static constexpr bool tuned = true;
};
template <key K, class F, class T>
struct on_cuda::kernel<of_tuned, K, F, T> {
    static constexpr bool tuned = true;
};
} // namespace strata::inline STRATA_ABI

namespace {

template <op Kind>
using by_reference = strata::on_reference::kernel<Kind, key{.kind = Kind}, strata::core::no_function, float>;
template <op Kind>
using by_gpu = strata::on_cuda::kernel<Kind, key{.kind = Kind}, strata::core::no_function, float>;
template <op Kind>
using by_cpu = strata::on_cpu::kernel<Kind, key{.kind = Kind}, strata::core::no_function, float, xsimd::default_arch>;

using numbers = std::vector<float>;

call<float> call_of(numbers& x, numbers& y, int first, int last) {
    call<float> c;
    c.at[0] = x.data(), c.at[1] = y.data();
    c.first = first, c.last = last, c.chunk_size = 2;
    return c;
}
/// As a GPU does: items of the whole call, here from the last to the first.
template <op Kind>
void each_item(const call<float>& c) {
    for (long long i = by_gpu<Kind>::items(c); i-- > 0;) by_gpu<Kind>::item(c, i);
}

} // namespace

TEST_CASE("a definition by samples: a task makes those of its samples and no other") {
    numbers x{1, 2, 3, 4, 5, 6}, y(6, -1);
    by_reference<of_samples>::run(call_of(x, y, 1, 3));
    CHECK(y == numbers{-1, -1, 6, 8, 10, 12});
    by_cpu<of_samples>::run(call_of(x, y, 0, 1));
    CHECK(y == numbers{2, 4, 6, 8, 10, 12});
    numbers z(6, -1);
    each_item<of_samples>(call_of(x, z, 0, 3));
    CHECK(z == y);
}

TEST_CASE("a definition by chunks: the whole batch at once, or each chunk as a task of its own") {
    numbers x{1, 10, 2, 20, 3, 30, 4, 40, 5, 50}, all(48, -1), one(48, -1); // five samples in chunks of two
    each_item<of_chunks>(call_of(x, all, 0, 5));
    for (int j = 0; j < 3; ++j) {
        const float expected[] = {3, 7, 5};
        INFO(j);
        CHECK(all[std::size_t(16 * j)] == expected[j]);
        CHECK(all[std::size_t(16 * j + 1)] == 10 * expected[j]);
        CHECK(all[std::size_t(16 * j + 2)] == -1);
    }
    by_reference<of_chunks>::run(call_of(x, one, 2, 4)); // the task's partial value is its own chunk's
    CHECK(one[0] == 7);
    CHECK(one[1] == 70);
    CHECK(one[2] == -1);
    CHECK(one[16] == -1);
}

TEST_CASE("a definition by rows") {
    numbers x{1, 2, 3, 10, 20, 30, 0, 0, 1}, y(3, -1);
    by_reference<of_rows>::run(call_of(x, y, 1, 3));
    CHECK(y == numbers{-1, 60, 1});
    each_item<of_rows>(call_of(x, y, 0, 3));
    CHECK(y == numbers{6, 60, 1});
}

TEST_CASE("a definition counts its items by what its operation is divided into") {
    STATIC_REQUIRE(by_gpu<of_samples>::per == unit::sample);
    STATIC_REQUIRE(by_gpu<of_chunks>::per == unit::chunk);
    STATIC_REQUIRE(by_gpu<of_rows>::per == unit::row);
    STATIC_REQUIRE(is_unit_of(division::samples, unit::sample));
    STATIC_REQUIRE(is_unit_of(division::samples, unit::chunk));
    STATIC_REQUIRE_FALSE(is_unit_of(division::samples, unit::row));
    STATIC_REQUIRE_FALSE(is_unit_of(division::rows, unit::sample));
    STATIC_REQUIRE_FALSE(is_unit_of(division::rows, unit::chunk));
    STATIC_REQUIRE(is_unit_of(division::rows, unit::row));
    STATIC_REQUIRE(is_unit_of(division::whole, unit::sample));
    STATIC_REQUIRE_FALSE(is_unit_of(division::whole, unit::chunk));
}

TEST_CASE("reference sums a definition in double, the others in the numbers' own type") {
    numbers x{16777216, 1, 1}, y(1);
    by_reference<of_rows>::run(call_of(x, y, 0, 1));
    CHECK(y == numbers{16777218});
    each_item<of_rows>(call_of(x, y, 0, 1));
    CHECK(y == numbers{16777216});
}

TEST_CASE("no kernel comes of nothing, and cpu takes only a definition that says so") {
    STATIC_REQUIRE(parts::is_defined<by_cpu<of_samples>>);
    STATIC_REQUIRE_FALSE(parts::is_defined<by_cpu<of_chunks>>);
    STATIC_REQUIRE(parts::is_defined<by_gpu<of_chunks>>);
    STATIC_REQUIRE_FALSE(parts::is_defined<by_gpu<of_nobody>>);
    STATIC_REQUIRE_FALSE(parts::is_defined<by_reference<of_nobody>>);
}

TEST_CASE("a kernel that a policy specialises takes the definition's place") {
    STATIC_REQUIRE(by_reference<of_tuned>::tuned);
    STATIC_REQUIRE(by_cpu<of_tuned>::tuned);
    STATIC_REQUIRE(by_gpu<of_tuned>::tuned);
}

TEST_CASE("a place in an image, in either order, and the image's view") {
    constexpr strata::shape s(2, 3, 4);
    std::vector<int> conventional(24), last(24);
    for (int e = 0; e < 24; ++e) {
        const place_in_image a(e, s), b(e, s, true);
        CHECK((a.c * 3 + a.h) * 4 + a.w == e);
        CHECK((b.h * 4 + b.w) * 2 + b.c == e);
        image_of(conventional.data(), 0, s, false)(a.c, a.h, a.w) = e;
        image_of(last.data(), 0, s, true)(b.c, b.h, b.w) = e;
    }
    for (int e = 0; e < 24; ++e) {
        CHECK(conventional[std::size_t(e)] == e);
        CHECK(last[std::size_t(e)] == e);
    }
    const place_in_image flat(5, strata::shape(7), true);
    CHECK(flat.c == 5);
    CHECK(flat.h == 0);
    CHECK(flat.w == 0);
}
