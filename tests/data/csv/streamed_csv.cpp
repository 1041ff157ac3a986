// Comma-separated values that stay in their file: the same samples, the same refusals as when they are read
// into memory.
#include "files.hpp"
#include "files/packed.hpp"
#include "files/sample_of.hpp"
#include "peak_memory.hpp"

#include <strata/data/csv/csv.hpp>
#include <strata/data/csv/streamed_csv.hpp>
#include <strata/data/views/stratified_split.hpp>

#include <fstream>
#include <thread>

namespace data = strata::data;
using namespace strata_tests;

namespace {

static_assert(data::labelled<data::streamed_csv<data::class_index>>);
static_assert(data::data_set<data::streamed_csv<data::class_index>>);
static_assert(data::dense_targets<data::streamed_csv<data::values>>);
static_assert(data::data_set<data::streamed_csv<data::values>>);

template <class A, class B>
void check_same(const A& streamed, const B& loaded) {
    REQUIRE(streamed.size() == loaded.size());
    CHECK(streamed.sample_shape() == loaded.sample_shape());
    CHECK(streamed.origin() == loaded.origin());
    for (std::size_t i = loaded.size(); i-- > 0;) CHECK(sample_of(streamed, i) == sample_of(loaded, i));
}

} // namespace

TEST_CASE("streamed_csv: gives what is read into memory, whatever the lines look like", "[csv]") {
    const temporary_folder folder;
    for (const char* const line : {"\n", "\r\n"})
        for (const char* const first : {"", "\xef\xbb\xbf"})
            for (const char* const last : {"", "\n", "\r\n", "\n\r\n\n"}) {
                const std::string text = std::string(first) + "x,kind,y,z" + line + "1,pear,0.1,-3" + line
                                         + "+4e-1,\"a \"\"big\"\"\r\napple, red\", 5 ,\"6\"" + line + "3,pear,7,8"
                                         + line + "5,fig,2e-45,9" + last;
                const std::string path = folder.file("a.csv", text);
                const data::csv_options of_values{.features = {"z", "x"}, .targets = {"y"}};
                check_same(data::csv_values_streamed(path, of_values), data::csv_values(path, of_values));
                const data::csv_options of_classes{.targets = {"kind"}};
                const auto streamed = data::csv_classes_streamed(path, of_classes);
                const auto loaded = data::csv_classes(path, of_classes);
                check_same(streamed, loaded);
                CHECK(streamed.classes() == 3);
                CHECK(streamed.class_names() == loaded.class_names());
                for (std::size_t i = 0; i < loaded.size(); ++i) CHECK(streamed.label(i) == loaded.label(i));
            }
    const std::string bare = folder.file("b.csv", "1;b;2\n3;a;4");
    const data::csv_options seen{
        .separator = ';', .has_header = false, .targets = {2}, .order = data::class_order::first_seen};
    check_same(data::csv_classes_streamed(bare, seen), data::csv_classes(bare, seen));
    const data::csv_options given{
        .separator = ';', .has_header = false, .targets = {2}, .class_names = {"c", "b", "a"}};
    check_same(data::csv_classes_streamed(bare, given), data::csv_classes(bare, given));
    const std::string marked = folder.file("d.csv", "\xef\xbb\xbf\xef\xbb\xbf"
                                                    "a,1\nb,2\n"); // the second mark is the text's
    const data::csv_options first_is_class{.has_header = false, .targets = {1}};
    check_same(data::csv_classes_streamed(marked, first_is_class), data::csv_classes(marked, first_is_class));
    const data::csv_options names_of_no_class{.targets = {"y"},
                                              .class_names = {"a", "a"}}; // values have no use for them
    const std::string values = folder.file("e.csv", "x,y\n1,2\n");
    check_same(data::csv_values_streamed(values, names_of_no_class), data::csv_values(values, names_of_no_class));
    const auto [one, other] = data::stratified_split(
        data::csv_classes_streamed(folder.file("c.csv", "k,x\na,1\nb,2\na,3\nb,4\n"), {.targets = {"k"}}), 0.5,
        strata::seed{1});
    CHECK(one.label(0) + one.label(1) == 1);
}

TEST_CASE("streamed_csv: what is spoilt is refused when it is opened, as it is in memory", "[csv]") {
    const temporary_folder folder;
    const auto both_refuse = [&](const std::string& text, const data::csv_options& options = {.targets = {"y"}}) {
        const std::string path = folder.file("a.csv", text);
        const auto loaded = message_of<strata::file_error>([&] { (void)data::csv_values(path, options); });
        CHECK(message_of<strata::file_error>([&] { (void)data::csv_values_streamed(path, options); }) == loaded);
        return loaded;
    };
    CHECK(says(both_refuse("x,y\n1,2\n3,z\n"), "line 3, column 2 (y)", "'z' is not a number"));
    CHECK(says(both_refuse("x,y\n1,2\n\"a\nb\",3\n"), "line 3, column 1 (x)"));
    CHECK(says(both_refuse("x,y\n1,2\n3\n"), "line 3, column 1", "1 field"));
    CHECK(says(both_refuse("x,y\n1,2\n\n3,4\n"), "line 3", "blank"));
    CHECK(says(both_refuse("x,y\n1,\"2\n"), "is never closed"));
    CHECK(says(both_refuse("x,y\n1,\xff\n"), "UTF-8"));
    CHECK(says(both_refuse("x,y\n1,inf\n"), "not a finite number"));
    CHECK(says(both_refuse("x,y\n1,1e39\n"), "is out of range for a float"));
    CHECK(says(both_refuse("x,y\n"), "no samples"));
    CHECK(says(both_refuse(""), "is empty"));
    CHECK(says(both_refuse("x,y\n1,2\n", {.targets = {"z"}}), "no column 'z'"));
    CHECK(says(both_refuse("x,y\n1,2\n", {}), "no target"));
    const std::string kinds = folder.file("b.csv", "x,k,z\n1,a,5\n2,,6\n");
    const auto refused = [&](const data::csv_options& options) {
        return message_of<strata::file_error>([&] { (void)data::csv_classes_streamed(kinds, options); });
    };
    CHECK(says(refused({.targets = {"k"}}), kinds, "line 3, column 2 (k)", "the class is missing"));
    CHECK(says(refused({.targets = {"k"}, .class_names = {"b"}}), "line 2", "'a' is not the one class in class_names"));
    CHECK(says(refused({.targets = {"k", "x"}}), "2 targets"));
    CHECK(says(message_of<strata::file_error>([&] {
                   (void)data::csv_values_streamed(folder.file("a.csv.gz", packed("x,y\n1,2\n")), {.targets = {"y"}});
               }),
               "a.csv.gz, byte 0:", "compressed", "gunzip"));
    CHECK(says(
        message_of<strata::file_error>([&] { (void)data::csv_values_streamed(folder / "none", {.targets = {1}}); }),
        "cannot open", "none"));
}

TEST_CASE("streamed_csv: a file that changes while it is open is found out, with line and byte", "[csv]") {
    const temporary_folder folder;
    const std::string path = folder.file("a.csv", "x,k\n1,a\n2,\"b\nc\"\n3,a\n");
    const auto set = data::csv_classes_streamed(path, {.targets = {"k"}});
    std::vector<float> x(1), two(2);
    data::class_index label;
    CHECK(says(message_of<strata::shape_error>([&] { set.read(3, {}, x, label); }), "sample 3", "has 3"));
    CHECK(says(message_of<strata::shape_error>([&] { set.read(0, {}, two, label); }), "sample of 1", "a buffer of 2"));
    const auto now = [&](const std::string& text) {
        std::fstream(path, std::ios::in | std::ios::out | std::ios::binary) << text; // the same file
        return message_of<strata::file_error>([&] { set.read(2, {}, x, label); });
    };
    CHECK(says(now("x,k\n1,a\n2,\"b\nc\"\nz,a\n"), path, "line 5, column 1 (x)", "'z' is not a number"));
    CHECK(says(now("x,k\n1,a\n2,\"b\nc\"\n3,d\n"), path, "line 5, column 2 (k)", "'d' is not one of the 2 classes"));
    CHECK(says(now("x,k\n1,a\n2,\"b\nc\"\n33,\n"), path, "line 5, column 2 (k)", "missing"));
    CHECK(says(now("x,k\n1,a\n2,\"b\nc\"\n3;a\n"), path, "byte 16:", "sample 2 has changed"));
    CHECK(says(now("x,k\n1,a\n2,\"b\nc\"\n\n\n\n\n"), path, "byte 16:", "sample 2 has changed"));
    REQUIRE(::truncate(path.c_str(), 18) == 0);
    CHECK(says(message_of<strata::file_error>([&] { (void)set.label(2); }), path, "byte 18:", "truncated"));
    set.read(0, {}, x, label);
    CHECK(x[0] == 1);
}

TEST_CASE("streamed_csv: memory is for the lines' places, and many threads read", "[csv]") {
    const temporary_folder folder;
    const int lines = 20'000;
    const std::string path = folder / "large.csv";
    {
        std::ofstream file(path, std::ios::binary);
        file << "y,k,note\n";
        const std::string note(2000, 'n');
        for (int i = 0; i < lines; ++i) file << i << ",k" << i % 3 << ',' << note << '\n'; // 40 MB
    }
    const double taken = peak_mib([&] {
        const auto set = data::csv_classes_streamed(path, {.features = {"y"}, .targets = {"k"}});
        REQUIRE(set.size() == lines);
        std::vector<int> wrong(4, 0);
        std::vector<std::thread> threads;
        for (std::size_t t = 0; t < 4; ++t)
            threads.emplace_back([&, t] {
                std::vector<float> x(1);
                data::class_index label;
                for (std::size_t i = t; i < set.size(); i += 37) {
                    set.read(i, {}, x, label);
                    if (x[0] != static_cast<float>(i) || label.value != static_cast<int>(i % 3)) ++wrong[t];
                }
            });
        for (auto& thread : threads) thread.join();
        CHECK(wrong == std::vector<int>(4, 0));
    });
    CHECK(taken < 4 * heap_factor); // 0.15 of them for the places
}
