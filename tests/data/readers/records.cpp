// Data sets that stay in their files: records, and CIFAR-10 on top of them.
#include "files.hpp"
#include "files/said_on_stderr.hpp"
#include <cmath>
#include <functional>
#include <strata/data/readers/cifar10.hpp>
#include <strata/data/readers/records.hpp>
#include <strata/data/views/stratified_split.hpp>
#include <sys/resource.h>
#include <thread>

namespace data = strata::data;
using strata::shape;
using strata_tests::message_of;
using strata_tests::says;
using strata_tests::temporary_folder;

namespace {

/// n records of a label, i mod 3, and the two bytes i and i + 100.
std::string counting(int n, int first = 0) {
    std::string bytes;
    for (int i = first; i < first + n; ++i) {
        bytes.push_back(static_cast<char>(i % 3));
        bytes.push_back(static_cast<char>(i));
        bytes.push_back(static_cast<char>(i + 100));
    }
    return bytes;
}
/// Four CIFAR-10 records whose pixels are all (label · 20).
std::string small_cifar(int first) {
    std::string bytes;
    for (int i = first; i < first + 4; ++i)
        bytes += std::string(1, static_cast<char>(i)) + std::string(3072, static_cast<char>(i * 20));
    return bytes;
}
/// The most memory that this process has had.
long peak_kib() {
    rusage now{};
    getrusage(RUSAGE_SELF, &now);
    return now.ru_maxrss;
}

static_assert(data::data_set<data::records> && data::labelled<data::records>);

} // namespace

TEST_CASE("records are read where they lie, across files", "[records]") {
    const temporary_folder folder;
    const data::records set(
        {folder.file("a", counting(5)), folder.file("b", counting(1, 5)), folder.file("c", counting(3, 6))},
        {.sample = shape(2), .classes = 3, .scale = {0.5f, -1}, .origin = "counting"});
    CHECK(set.size() == 9);
    CHECK(set.sample_shape() == shape(2));
    CHECK(set.classes() == 3);
    CHECK(set.origin() == "counting");
    const auto loaded = set.load();
    REQUIRE(loaded.size() == 9);
    CHECK(loaded.origin() == "counting");
    for (const std::size_t i : {8u, 0u, 5u, 4u, 6u, 1u, 2u, 3u, 7u}) {
        float x[2], y[2];
        data::class_index a, b;
        set.read(i, {}, x, a);
        loaded.read(i, {}, y, b);
        CHECK(x[0] == static_cast<float>(i) * 0.5f - 1); // exact
        CHECK(x[1] == static_cast<float>(i + 100) * 0.5f - 1);
        CHECK(a.value == static_cast<int>(i % 3));
        CHECK(set.label(i) == a.value);
        CHECK(y[0] == x[0]);
        CHECK(y[1] == x[1]);
        CHECK(b.value == a.value);
    }
    const auto [two_thirds, third] = data::stratified_split(set, 2.0 / 3, strata::seed{1});
    CHECK(third.size() == 3);
    CHECK(third.label(0) + third.label(1) + third.label(2) == 3); // one of each
}

TEST_CASE("records of another layout", "[records]") {
    const temporary_folder folder;
    const std::string bytes{'h', 'e', 'a', 'd', 'a', 'b', 1, 'x', 'c', 'd', 'e', 'f', 0, 'y', 'g', 'h'};
    const data::records set({folder.file("a", bytes)},
                            {.sample = shape(1), .classes = 2, .label_at = 2, .sample_at = 4, .size = 6, .header = 4});
    CHECK(set.size() == 2);
    float x[1];
    data::class_index label;
    set.read(0, {}, x, label);
    CHECK(x[0] == 'c');
    CHECK(label.value == 1);
    set.read(1, {}, x, label);
    CHECK(x[0] == 'g');
    CHECK(label.value == 0);
    // A label behind the sample ends the record.
    const data::records behind({folder.file("b", "a\1b\1")},
                               {.sample = shape(1), .classes = 2, .label_at = 1, .sample_at = 0});
    CHECK(behind.size() == 2);
    CHECK(behind.label(1) == 1);
}

TEST_CASE("records that are not what they should be", "[records]") {
    const temporary_folder folder;
    const auto refused = [](const std::vector<std::string>& paths, data::record_layout layout) {
        return message_of<strata::file_error>([&] { (void)data::records(paths, std::move(layout)); });
    };
    const auto misfit = [&](data::record_layout layout) {
        return message_of<strata::shape_error>(
            [&] { (void)data::records({folder.file("m", "abc")}, std::move(layout)); });
    };
    const data::record_layout two{.sample = shape(2), .classes = 3};
    const std::string whole = folder.file("a", counting(4)), cut = folder.file("b", counting(4) + "x"),
                      empty = folder.file("c", "");
    CHECK(says(refused({whole, cut}, two), cut, "byte 13:", "whole records of 3", "compressed"));
    CHECK(says(refused({empty}, two), empty, "byte 0:", "records of 3"));
    CHECK(says(refused({folder / "none"}, two), "cannot open", "none"));
    CHECK(says(refused({}, two), "at least one file"));
    CHECK(says(misfit({.sample = shape(2), .classes = 0}), "0 classes"));
    CHECK(says(misfit({.classes = 2}), "a sample of 0 bytes"));
    CHECK(says(misfit({.sample = shape(2), .classes = 2, .size = 2}), "records of 2 bytes"));
    CHECK(says(misfit({.sample = shape(2), .classes = 2, .label_at = 2}), "at offset 2")); // inside the sample
    CHECK(says(misfit({.sample = shape(2), .classes = 2, .class_names = {"a"}}), "1 names", "2 classes"));

    const data::records set({whole}, two);
    float x[3];
    data::class_index label;
    CHECK(says(message_of<strata::shape_error>([&] { set.read(4, {}, std::span(x, 2), label); }), "sample 4", "has 4"));
    CHECK(says(message_of<strata::shape_error>([&] { set.read(0, {}, x, label); }), "sample of 2", "a buffer of 3"));
    const data::records fewer({whole}, {.sample = shape(2), .classes = 2});
    for (const auto& action :
         std::vector<std::function<void()>>{[&] { fewer.read(2, {}, std::span(x, 2), label); },
                                            [&] { (void)fewer.label(2); }, [&] { (void)fewer.load(); }})
        CHECK(says(message_of<strata::file_error>(action), whole,
                   "byte 6:", "label 2 is out of range: there are 2 classes"));
    REQUIRE(::truncate(whole.c_str(), 4) == 0); // while it is open
    set.read(0, {}, std::span(x, 2), label);
    CHECK(says(message_of<strata::file_error>([&] { set.read(1, {}, std::span(x, 2), label); }), whole,
               "byte 4:", "2 bytes too early", "truncated"));
}

TEST_CASE("records stay in their file", "[records]") {
    const temporary_folder folder;
    const std::string path = folder.file("large", std::string());
    REQUIRE(::truncate(path.c_str(), off_t{1001} << 18) == 0); // 250 MiB of zeros that take no disk
    const long before = peak_kib();
    const data::records set({path}, {.sample = shape(1000), .classes = 1});
    REQUIRE(set.size() == 1 << 18);
    std::vector<float> x(1000);
    data::class_index label;
    for (std::size_t i = 0; i < set.size(); i += 97) set.read(i, {}, x, label);
    CHECK(peak_kib() - before < 16 * 1024);
}

TEST_CASE("records are read by many threads at once", "[records]") {
    const temporary_folder folder;
    const data::records set({folder.file("a", counting(100)), folder.file("b", counting(56, 100))},
                            {.sample = shape(2), .classes = 3});
    std::vector<int> wrong(4, 0);
    std::vector<std::thread> threads;
    for (std::size_t t = 0; t < 4; ++t)
        threads.emplace_back([&, t] {
            float x[2];
            data::class_index label;
            for (std::size_t k = 0; k < 2000; ++k) {
                const std::size_t i = (k * 31 + t * 57) % set.size();
                set.read(i, {}, x, label);
                if (x[0] != static_cast<float>(i) || label.value != static_cast<int>(i % 3)) ++wrong[t];
            }
        });
    for (auto& thread : threads) thread.join();
    CHECK(wrong == std::vector<int>(4, 0));
}

TEST_CASE("CIFAR-10's form, in memory and in its files", "[cifar10]") {
    const temporary_folder folder;
    const auto missing = message_of<strata::file_error>([&] { (void)data::cifar10(folder.path()); });
    CHECK(says(missing, "not found in the folder '" + folder.path() + "'", "data_batch_1.bin", "test_batch.bin"));
    (void)folder.file("data_batch_1.bin", small_cifar(0));
    CHECK(!data::cifar10_present(folder.path()));
    (void)folder.file("test_batch.bin", small_cifar(6));
    (void)folder.file("data_batch_3.bin", small_cifar(4));
    const std::string said = strata_tests::said_on_stderr([&] { (void)data::cifar10_streamed(folder.path()); });
    CHECK(says(said, "note: CIFAR-10, 2 of 5 training files, 8 of 20000 images", "note: CIFAR-10, 4 of 10000 images"));
    const auto [train, test] = data::cifar10(folder.path());
    const auto streamed = data::cifar10_streamed(folder.path());
    CHECK(train.size() == 8);
    CHECK(test.size() == 4);
    CHECK(says(train.origin(), "2 of 5 training files", "8 of 20000 images", folder.path()));
    CHECK(test.origin() == "CIFAR-10, 4 of 10000 images, from " + folder.path());
    CHECK(train.sample_shape() == shape(3, 32, 32));
    CHECK(train.class_names().size() == 10);
    CHECK(test.class_names()[9] == "truck");
    CHECK(streamed.test.class_names()[0] == "airplane");
    std::vector<float> x(3072), y(3072);
    data::class_index a, b;
    for (std::size_t i = 0; i < 8; ++i) {
        train.read(i, {}, x, a);
        streamed.train.read(i, {}, y, b);
        CHECK(a.value == static_cast<int>(i));
        CHECK(b.value == a.value);
        CHECK(x == y);
        CHECK(x == std::vector<float>(3072, static_cast<float>(i * 20) * (1.0f / 255)));
    }
}

TEST_CASE("whole files of CIFAR-10 need no note", "[cifar10]") {
    const temporary_folder folder;
    for (const char* const name : {"data_batch_1.bin", "test_batch.bin"}) {
        const std::string path = folder.file(name, "");
        REQUIRE(::truncate(path.c_str(), off_t{3073} * 10'000) == 0); // zeros that take no disk
    }
    CHECK(strata_tests::said_on_stderr([&] {
              CHECK(data::cifar10_streamed(folder.path()).test.origin() == "CIFAR-10, from " + folder.path());
          }).empty());
    REQUIRE(::truncate((folder / "test_batch.bin").c_str(), off_t{3073} * 9'999) == 0);
    CHECK(says(strata_tests::said_on_stderr([&] { (void)data::cifar10_streamed(folder.path()); }),
               "9999 of 10000 images"));
    REQUIRE(::truncate((folder / "test_batch.bin").c_str(), off_t{3073} * 9'999 + 1) == 0);
    CHECK(says(message_of<strata::file_error>([&] { (void)data::cifar10_streamed(folder.path()); }),
               "does not end at a record boundary"));
}

TEST_CASE("CIFAR-10 where it is found", "[cifar10][data]") {
    const std::string folder = data::find_cifar10();
    if (folder.empty())
        STRATA_SKIP("CIFAR-10 is not here: set STRATA_DATA to the folder that holds its binary version");
    const auto sets = data::cifar10_streamed(folder);
    for (const auto* set : {&sets.train, &sets.test}) {
        // As many of each class, in the whole data set as in the part of it that may be here.
        std::vector<std::size_t> counts(10, 0);
        for (const int label : data::labels_of(*set)) ++counts.at(static_cast<std::size_t>(label));
        CHECK(counts == std::vector<std::size_t>(10, set->size() / 10));
    }
    // Photographs: all channels neither dark nor flat.
    double sum[3]{}, squares[3]{};
    std::vector<float> x(3072);
    data::class_index label;
    constexpr std::size_t n = 1000;
    REQUIRE(sets.train.size() >= n);
    for (std::size_t i = 0; i < n; ++i) {
        sets.train.read(i, {}, x, label);
        for (std::size_t j = 0; j < x.size(); ++j) {
            const double v = static_cast<double>(x[j]);
            sum[j / 1024] += v, squares[j / 1024] += v * v;
        }
    }
    const double means[] = {0.4934, 0.4831, 0.4470}, deviations[] = {0.2460, 0.2441, 0.2616};
    for (int c = 0; c < 3; ++c) {
        const double mean = sum[c] / (n * 1024), deviation = std::sqrt(squares[c] / (n * 1024) - mean * mean);
        // Figures of 10,000 photographs. The mean over 1,000 of them strays by about 0.12 / sqrt(1000) =
        // 0.004, the deviation between photographs' means over the root of their number: five of that.
        CHECK(mean == Approx(means[c]).margin(0.02));
        CHECK(deviation == Approx(deviations[c]).margin(0.02));
    }
}
