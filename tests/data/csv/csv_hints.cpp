// What is said of CSV files that are read otherwise than they were meant, and of numbers that do not fit.
#include "files/csv_reading.hpp"

#include <strata/data/readers/number_records.hpp>

using namespace strata_tests;

namespace {

/// What is said while a file is read; streamed, it says nothing about the same columns again.
std::string notes(const std::string& bytes, const data::csv_options& options) {
    const temporary_folder folder;
    const std::string path = folder.file("a.csv", bytes);
    const std::string said = said_on_stderr([&] { (void)data::csv_values(path, options); });
    CHECK(said_on_stderr([&] { (void)data::csv_values_streamed(path, options); }).empty());
    return said;
}
std::string notes_of_classes(const std::string& bytes) {
    const temporary_folder folder;
    const std::string path = folder.file("a.csv", bytes);
    const std::string said = said_on_stderr([&] { (void)data::csv_classes(path, {.targets = {"y"}}); });
    CHECK(said_on_stderr([&] { (void)data::csv_classes_streamed(path, {.targets = {"y"}}); }) == said);
    return said;
}
bool silent(const std::string& said) {
    INFO("said: " << said);
    CHECK(said.empty());
    return said.empty();
}

} // namespace

TEST_CASE("csv hints: another separator", "[csv]") {
    for (const char separator : {';', '\t', '|'}) {
        std::string text = "x?z?y\n1?2?3\n";
        std::replace(text.begin(), text.end(), '?', separator);
        const std::string option =
            std::string(".separator = '") + (separator == '\t' ? "\\t" : std::string(1, separator));
        CHECK(says(csv_refusal(text, {.targets = {"y"}}), "there is no column 'y' among 1", option));
        CHECK(says(csv_refusal(text, {.targets = {3}}), "from 1 to 1", option));
        CHECK(says(csv_refusal(text, {.targets = {1}}), "no feature column is left of the 1 columns", option));
    }
    CHECK(says(csv_refusal("x,y\n1,2\n", {.separator = ';', .targets = {"y"}}), ".separator = ','"));
    // Commas within: line 1 has more semicolons.
    CHECK(says(csv_refusal("x;y (m, as given);z\n1;2;3\n", {.targets = {"z"}}), ".separator = ';'"));
    CHECK(!says(csv_refusal("a;b,y\n1,2\n", {.targets = {"z"}}), ".separator")); // one of two columns' names has one
    CHECK(says(csv_refusal("x;y\n1,5;2\n", {.separator = ';', .targets = {"y"}}), "'1,5' is not a number",
               "decimal point"));
}

TEST_CASE("csv hints: a first line that is a sample, and one that is a header", "[csv]") {
    CHECK(says(csv_refusal("1,2\n3,4\n", {.targets = {2}}), "line 1", "contains only numbers", ".has_header = false"));
    CHECK(says(csv_refusal("1,2\n3,4\n", {.targets = {"y"}}), "no column 'y'", ".has_header = false"));
    CHECK(says(csv_refusal("x,y\n3,4\n", {.has_header = false, .targets = {2}}),
               "line 1, column 1: 'x' is not a number", ".one_hot = {1}", ".has_header = true"));
    const temporary_folder folder; // years as names, chosen by name
    const auto years = data::csv_values(folder.file("a.csv", "2019,2020\n3,4\n"), {.targets = {"2020"}});
    CHECK(sample_of(years, 0) == std::vector<float>{3, 4});
    const auto named = data::csv_values(folder.file("b.csv", "x,2020\n3,4\n"), {.targets = {2}});
    CHECK(named.size() == 1);
}

TEST_CASE("csv hints: a quantity that is read as classes", "[csv]") {
    std::string prices = "x,y\n", grades = "x,y\n", many = "x,y\n", texts = "x,y\n", whole = "x,y\n";
    for (int i = 0; i < 734; ++i) {
        prices += "0," + std::to_string(i * 37 % 1000) + ".5\n";
        grades += "0," + std::to_string(i % 9) + "\n";
        whole += "0," + std::to_string(i % 30 * 1000) + "\n";
        texts += "0,n" + std::to_string(i) + "\n";
    }
    for (int i = 0; i < 2000; ++i) many += "0," + std::to_string(i % 100) + "\n";
    CHECK(says(notes_of_classes(prices), "column 2 (y)", "734 lines contain 734 different numbers", "csv_values"));
    CHECK(says(notes_of_classes(whole), "30 different numbers", "csv_values")); // thousands
    CHECK(says(notes_of_classes(texts), "734 different texts"));
    CHECK(silent(notes_of_classes(grades)));
    CHECK(silent(notes_of_classes(many))); // a hundred classes, as in CIFAR-100
    CHECK(silent(notes_of_classes("x,y\n0,1.5\n0,2.5\n")));
}

TEST_CASE("csv hints: numbers that one float stands for", "[csv]") {
    std::string second = "t,y\n", dates = "day,y\n", fine = "part,y\n";
    for (int i = 0; i < 2000; ++i) {
        second += std::to_string(1700000000 + i) + ",1\n";
        dates += std::to_string(19000 + i) + "," + std::to_string(0.001 * i) + "\n";
        fine += "0." + std::to_string(100000000 + i * 7919 % 100000000) + ",1\n";
    }
    const std::string said = notes(second, {.targets = {"y"}});
    CHECK(says(said, "a.csv, column 1 (t): 1700000000 and 1700000001 round to the same float", "fp64", "normalised",
               "floats near 1700000000 are 128 apart"));
    CHECK(std::count(said.begin(), said.end(), '\n') == 1); // once
    CHECK(silent(notes(dates, {.targets = {"y"}})));
    CHECK(silent(notes(fine, {.targets = {"y"}})));
    CHECK(says(notes("a,y\n16777216,1\n5,1\n16777217,1\n", {.targets = {"y"}}), "16777216 and 16777217"));
    CHECK(says(notes("a,y\n1,1.00000001\n1,1.00000002\n1,3\n", {.targets = {"y"}}),
               "column 2 (y): 1.00000001 and 1.00000002"));
    CHECK(says(notes("id,y\n20240000000017,1\n20240000000018,1\n", {.targets = {"y"}}), "20240000000017"));
    CHECK(silent(notes("key,y\n1700000000,1\n1700000000,1\n", {.targets = {"y"}}))); // the same number is no loss
    CHECK(silent(notes("tenths,y\n0.1,1\n0.1,1\n0.2,1\n1e-300,1\n0,1\n", {.targets = {"y"}})));
    const temporary_folder folder; // streamed, of a column that nothing was said of
    const std::string path = folder.file("s.csv", "stamp,y\n20240000000017,1\n20240000000018,1\n");
    CHECK(says(said_on_stderr([&] { (void)data::csv_values_streamed(path, {.targets = {"y"}}); }), "column 1 (stamp)"));
    // Categories are no numbers.
    CHECK(silent(notes("code,y\n20240000000017,1\n20240000000018,1\n", {.targets = {"y"}, .one_hot = {"code"}})));
    // Data in memory and records.
    CHECK(says(said_on_stderr([] {
                   const data::in_memory<> set{
                       {.sample = strata::shape(2), .doubles = {1, 1e9, 2, 1e9 + 1}, .labels = {0, 0}, .classes = 1}};
               }),
               "element 1 of the samples", "1000000000 and 1000000001"));
}

TEST_CASE("csv: numbers too small for a double are 0, those too large are refused", "[csv]") {
    const temporary_folder folder;
    for (const char* const tiny : {"1e-400", "-1e-400", "1e-99999999999999999999", "0e999999", "+4.9e-330", "1E-5000",
                                   ".000000000000000000000000000001e-300"}) {
        const auto set =
            data::csv_values(folder.file("a.csv", std::string("x,y\n1,") + tiny + "\n"), {.targets = {"y"}});
        CHECK(sample_of(set, 0) == std::vector<float>{1, 0});
    }
    const std::string zeros = "0." + std::string(500, '0') + "1";
    CHECK(sample_of(data::csv_values(folder.file("a.csv", "x,y\n1," + zeros + "\n"), {.targets = {"y"}}), 0)
          == std::vector<float>{1, 0});
    for (const char* const huge : {"1e400", "-1e400", "1e99999999999999999999", "3.5e38", "1e39"})
        CHECK(says(csv_refusal(std::string("x,y\n1,") + huge + "\n", {.targets = {"y"}}), "line 2, column 2 (y)", huge,
                   "is out of range for a float"));
    const auto largest =
        data::csv_values(folder.file("a.csv", "x,y\n1,3.4028235e38\n1,3.40282356e38\n"), {.targets = {"y"}});
    CHECK(sample_of(largest, 1)[1] == std::numeric_limits<float>::max()); // nearer to it than to what would be next
    CHECK(says(csv_refusal("x,y\n1,3.4028236e38\n", {.targets = {"y"}}), "out of range"));
}
