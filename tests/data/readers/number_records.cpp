// Data sets of floating-point numbers that stay in their files.
#include "files.hpp"
#include "peak_memory.hpp"

#include <strata/data/readers/number_records.hpp>
#include <strata/data/views/split.hpp>
#include <strata/data/views/stratified_split.hpp>

#include <cstring>
#include <limits>
#include <thread>

namespace data = strata::data;
using namespace strata_tests;
using strata::shape;
using strata::io::dtype;

namespace {

template <class... Numbers>
std::string bytes_of(Numbers... numbers) {
    std::string bytes;
    const auto add = [&](auto x) {
        char stored[sizeof x];
        std::memcpy(stored, &x, sizeof x);
        bytes.append(stored, sizeof x);
    };
    (add(numbers), ...);
    return bytes;
}
/// n records of the floats i and i + 0.5, and their class, i mod 3.
std::string counting(int n, int first = 0) {
    std::string bytes;
    for (int i = first; i < first + n; ++i)
        bytes += bytes_of(static_cast<float>(i), static_cast<float>(i) + 0.5f, static_cast<std::int32_t>(i % 3));
    return bytes;
}
const data::number_layout of_counting{
    .sample = shape(2), .classes = 3, .target_stored = dtype::i32, .origin = "counting"};

using labelled_records = data::number_records<>;
using value_records = data::number_records<data::values>;
static_assert(data::labelled<labelled_records> && data::data_set<labelled_records>);
static_assert(data::dense_targets<value_records> && data::data_set<value_records>);

} // namespace

TEST_CASE("number_records: floats and class numbers, across files", "[records]") {
    const temporary_folder folder;
    const labelled_records set(
        {folder.file("a", counting(5)), folder.file("b", counting(1, 5)), folder.file("c", counting(3, 6))},
        of_counting);
    CHECK(set.size() == 9);
    CHECK(set.sample_shape() == shape(2));
    CHECK(set.classes() == 3);
    CHECK(set.origin() == "counting");
    for (const std::size_t i : {8u, 0u, 5u, 4u, 6u, 1u, 2u, 3u, 7u}) {
        float x[2];
        data::class_index label;
        set.read(i, {}, x, label);
        CHECK(x[0] == static_cast<float>(i));
        CHECK(x[1] == static_cast<float>(i) + 0.5f);
        CHECK(label.value == static_cast<int>(i % 3));
        CHECK(set.label(i) == label.value);
    }
    const auto [two_thirds, third] = data::stratified_split(set, 2.0 / 3, strata::seed{1});
    CHECK(two_thirds.size() == 6);
    CHECK(third.label(0) + third.label(1) + third.label(2) == 3); // one of each
}

TEST_CASE("number_records: doubles and values, wherever they stand", "[records]") {
    const temporary_folder folder;
    std::string bytes = "head";
    for (int i = 0; i < 3; ++i) // target, a gap, sample, a gap
        bytes += bytes_of(0.25f * static_cast<float>(i), 1.0f, 'x', 0.1 * i, -1e300 * 1e-300, '-', '-');
    const value_records set({folder.file("a", bytes)}, {.sample = shape(2),
                                                        .target = shape(2),
                                                        .stored = dtype::f64,
                                                        .sample_at = 9,
                                                        .target_at = 0,
                                                        .size = 27,
                                                        .header = 4});
    CHECK(set.size() == 3);
    CHECK(set.target_shape() == shape(2));
    for (std::size_t i = 0; i < 3; ++i) {
        float x[2], t[2];
        data::values target{t};
        set.read(i, {}, x, target);
        CHECK(x[0] == static_cast<float>(0.1 * static_cast<double>(i))); // rounded once
        CHECK(x[1] == -1);
        CHECK(t[0] == 0.25f * static_cast<float>(i));
        CHECK(t[1] == 1);
    }
}

TEST_CASE("number_records: class numbers of every type", "[records]") {
    const temporary_folder folder;
    const auto read = [&](dtype stored, const std::string& label) {
        const labelled_records set({folder.file("a", bytes_of(1.0f) + label)},
                                   {.sample = shape(1), .classes = 200, .target_stored = stored});
        return set.label(0);
    };
    CHECK(read(dtype::f32, bytes_of(7.0f)) == 7);
    CHECK(read(dtype::f64, bytes_of(199.0)) == 199);
    CHECK(read(dtype::i64, bytes_of(std::int64_t{7})) == 7);
    CHECK(read(dtype::i32, bytes_of(std::int32_t{7})) == 7);
    CHECK(read(dtype::i16, bytes_of(std::int16_t{7})) == 7);
    CHECK(read(dtype::i8, bytes_of(std::int8_t{7})) == 7);
    CHECK(read(dtype::u32, bytes_of(std::uint32_t{7})) == 7);
    CHECK(read(dtype::u16, bytes_of(std::uint16_t{7})) == 7);
    CHECK(read(dtype::u8, bytes_of(std::uint8_t{199})) == 199);
    const auto refused = [&](dtype stored, const std::string& label) {
        return message_of<strata::file_error>([&] { (void)read(stored, label); });
    };
    CHECK(says(refused(dtype::f32, bytes_of(0.5f)), folder / "a", "byte 4:", "F32 class number",
               "there are 200 classes"));
    CHECK(says(refused(dtype::f64, bytes_of(std::numeric_limits<double>::quiet_NaN())), "byte 4:", "there are 200"));
    CHECK(says(refused(dtype::i64, bytes_of(std::int64_t{-1})), "byte 4:", "I64 class number"));
    CHECK(says(refused(dtype::i64, bytes_of(std::int64_t{1} << 40)), "byte 4:", "I64 class number"));
    CHECK(says(refused(dtype::u8, bytes_of(std::uint8_t{200})), "byte 4:", "U8 class number"));
}

TEST_CASE("number_records: what is spoilt is named with file and byte", "[records]") {
    const temporary_folder folder;
    const auto refused = [](const std::vector<std::string>& paths, const data::number_layout& layout) {
        return message_of<strata::file_error>([&] { (void)labelled_records(paths, layout); });
    };
    const std::string whole = folder.file("a", counting(4)), cut = folder.file("b", counting(4) + "x");
    CHECK(says(refused({whole, cut}, of_counting), cut, "byte 49:", "whole records of 12"));
    CHECK(says(refused({folder.file("c", "")}, of_counting), "byte 0:", "records of 12"));
    CHECK(says(refused({folder / "none"}, of_counting), "cannot open", "none"));
    CHECK(says(refused({}, of_counting), "at least one file"));

    float x[2], t[1];
    data::class_index label;
    data::values target{t};
    const auto number_refused = [&](const std::string& bytes, dtype stored) {
        const value_records set({folder.file("d", bytes)},
                                {.sample = shape(2), .target = shape(1), .stored = stored, .target_stored = stored});
        return message_of<strata::file_error>([&] { set.read(1, {}, x, target); });
    };
    const float nan = std::numeric_limits<float>::quiet_NaN();
    CHECK(says(number_refused(bytes_of(1.0f, 2.0f, 3.0f, 4.0f, nan, 6.0f), dtype::f32), folder / "d",
               "byte 16:", "F32 number", "not finite"));
    CHECK(says(number_refused(bytes_of(1.0f, 2.0f, 3.0f, 4.0f, 5.0f, HUGE_VALF), dtype::f32), "byte 20:"));
    CHECK(says(number_refused(bytes_of(1.0, 2.0, 3.0, 1e39, 5.0, 6.0), dtype::f64), "byte 24:", "F64 number",
               "too large for a float"));

    const labelled_records set({whole}, of_counting);
    CHECK(says(message_of<strata::shape_error>([&] { set.read(4, {}, x, label); }), "sample 4", "has 4"));
    CHECK(says(message_of<strata::shape_error>([&] { set.read(0, {}, t, label); }), "sample of 2", "a buffer of 1"));
    REQUIRE(::truncate(whole.c_str(), 16) == 0); // while it is open
    set.read(0, {}, x, label);
    CHECK(says(message_of<strata::file_error>([&] { set.read(1, {}, x, label); }), whole,
               "byte 16:", "8 bytes too early", "truncated"));
}

TEST_CASE("number_records: layouts that do not fit together", "[records]") {
    const temporary_folder folder;
    const std::string path = folder.file("a", counting(1));
    const auto misfit = [&](const data::number_layout& layout) {
        return message_of<strata::shape_error>([&] { (void)labelled_records({path}, layout); });
    };
    CHECK(says(misfit({.sample = shape(2)}), "one of 0 classes"));
    CHECK(says(misfit({.classes = 2}), "a sample of 0 bytes"));
    CHECK(says(misfit({.sample = shape(2), .classes = 2, .size = 11}), "records of 11 bytes",
               "a sample of 8 bytes at offset 0", "a target of 4 bytes at offset 8"));
    CHECK(says(misfit({.sample = shape(2), .classes = 2, .target_at = 5}), "at offset 5")); // inside the sample
    CHECK(says(misfit({.sample = shape(2), .classes = 1, .sample_at = ~std::size_t{0} - 7}),
               "Correct the layout")); // sums that wrap
    CHECK(says(misfit({.sample = shape(2), .classes = 1, .target_at = ~std::size_t{0} - 1}), "Correct the layout"));
    CHECK(says(misfit({.sample = shape(2), .classes = 2, .stored = dtype::i32}), "I32 samples", "F32 or F64"));
    CHECK(
        says(misfit({.sample = shape(2), .classes = 2, .target_stored = dtype::u64}), "U64 targets", "other than U64"));
    CHECK(says(misfit({.sample = shape(2), .classes = 2, .target_stored = dtype::f16}), "F16 targets"));
    CHECK(says(misfit({.sample = shape(2), .classes = 2, .class_names = {"a"}}), "1 names", "2 classes"));
    CHECK(says(message_of<strata::shape_error>([&] {
                   (void)value_records({path}, {.sample = shape(2), .target = shape(1), .target_stored = dtype::i32});
               }),
               "I32 targets"));
    CHECK(says(message_of<strata::shape_error>([&] { (void)value_records({path}, {.sample = shape(2)}); }),
               "a target of 0 bytes"));
}

TEST_CASE("number_records: stay in their file, and many threads read them", "[records]") {
    const temporary_folder folder;
    const std::string path = folder.file("large", std::string());
    REQUIRE(::truncate(path.c_str(), off_t{4004} << 16) == 0); // 250 MiB of zeros that take no disk
    const double taken = peak_mib([&] {
        const labelled_records set({path}, {.sample = shape(1000), .classes = 1});
        REQUIRE(set.size() == 1 << 16);
        std::vector<std::thread> threads;
        for (std::size_t t = 0; t < 4; ++t)
            threads.emplace_back([&, t] {
                std::vector<float> x(1000, 1.0f);
                data::class_index label{1};
                for (std::size_t i = t; i < set.size(); i += 97) set.read(i, {}, x, label);
                if (x[0] != 0 || label.value != 0) std::abort();
            });
        for (auto& thread : threads) thread.join();
    });
    CHECK(taken < 16 * heap_factor);
}
