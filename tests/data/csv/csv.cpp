// Comma-separated values: what RFC 4180 allows, what people write, and files that are spoilt in every way.
#include "files/csv_reading.hpp"
#include "files/packed.hpp"

#include <strata/data/readers/find_data.hpp>

#include <sys/resource.h>

using namespace strata_tests;

namespace {

/// The records of a file, field by field.
std::vector<names> records(const std::string& path, char separator = ',') {
    std::vector<names> all;
    for (strata::io::csv_records<strata::io::unpacked_file> r(path, path, separator); r.next();) {
        names fields;
        for (std::size_t i = 0; i < r.fields(); ++i) fields.emplace_back(r.field(i));
        all.push_back(fields);
    }
    return all;
}

} // namespace

TEST_CASE("csv: quotes, doubled quotes, separators, and line ends within and without", "[csv]") {
    const temporary_folder folder;
    const std::vector<names> wanted{{"a", "b, c", ""}, {"say \"hi\"", "two\r\nlines", "\xc3\xa9"}, {"", "", ""}};
    for (const char* const line : {"\n", "\r\n"})
        for (const char* const last : {"", "\n", "\r\n", "\n\r\n\n"}) {
            const std::string text = std::string("a,\"b, c\",") + line + "\"say \"\"hi\"\"\",\"two\r\nlines\",\xc3\xa9"
                                     + line + ",\"\"," + last;
            CHECK(records(folder.file("a", text)) == wanted);
            CHECK(records(folder.file("a", "\xef\xbb\xbf" + text)) == wanted); // a byte order mark
            CHECK(records(folder.file("a.gz", strata_tests::packed(text))) == wanted);
        }
    CHECK(records(folder.file("a", "1;2,5\n"), ';') == std::vector<names>{{"1", "2,5"}});
    CHECK(records(folder.file("a", "\xef\xbc\xa1,2\n"))
          == std::vector<names>{{"\xef\xbc\xa1", "2"}});                              // begins like a mark
    CHECK(records(folder.file("a", "\"\"\n1\n")) == std::vector<names>{{""}, {"1"}}); // quoted: not blank
    CHECK(records(folder.file("a", "")).empty());
    CHECK(records(folder.file("a", "\n\n")).empty());
}

TEST_CASE("csv: records across the pieces in which a file is read", "[csv]") {
    const temporary_folder folder;
    std::string text;
    for (int i = 0; i < 40'000; ++i)
        text += std::to_string(i) + ",\"" + std::string(static_cast<std::size_t>(i % 7), '"')
                + std::string(static_cast<std::size_t>(i % 7), '"') + "\"\r\n";
    for (const std::string& bytes : {text, strata_tests::packed(text)}) {
        const auto all = records(folder.file("a", bytes));
        REQUIRE(all.size() == 40'000);
        bool right = true;
        for (int i = 0; i < 40'000; ++i)
            right = right
                    && all[static_cast<std::size_t>(i)]
                           == names{std::to_string(i), std::string(static_cast<std::size_t>(i % 7), '"')};
        CHECK(right);
    }
}

TEST_CASE("csv: values, by name, by number and all that are left", "[csv]") {
    const temporary_folder folder;
    const std::string path = folder.file("a.csv", "x,note,y,z\n1,aa,2.5,-3\n+4e-1, b ,\t5 ,\"6\"\n");
    const auto named = data::csv_values(path, {.features = {"z", "x"}, .targets = {"y"}});
    CHECK(named.size() == 2);
    CHECK(named.sample_shape() == strata::shape(2));
    CHECK(named.target_shape() == strata::shape(1));
    CHECK(named.origin() == path);
    CHECK(sample_of(named, 0) == numbers{-3, 1, 2.5f});
    CHECK(sample_of(named, 1) == numbers{6, 0.4f, 5});
    const auto numbered = data::csv_values(path, {.features = {1}, .targets = {4, "y"}});
    CHECK(sample_of(numbered, 1) == numbers{0.4f, 6, 5});
    const auto left = data::csv_classes(path, {.targets = {"note"}});
    CHECK(sample_of(left, 0) == numbers{1, 2.5f, -3, 0});
    CHECK(left.class_names() == names{"aa", "b"}); // without the blanks around it
    const auto kept = data::csv_classes(path, {.targets = {"note"}, .keep_blanks = true});
    CHECK(sample_of(kept, 0) == numbers{1, 2.5f, -3, 1}); // " b " comes before "aa"
    CHECK(kept.class_names() == names{" b ", "aa"});
    const auto bare =
        data::csv_values(folder.file("b.csv", "1\t2\n3\t4"), {.separator = '\t', .has_header = false, .targets = {2}});
    CHECK(bare.size() == 2);
    CHECK(sample_of(bare, 1) == numbers{3, 4});
}

TEST_CASE("csv: numbers are the nearest floats", "[csv]") {
    const temporary_folder folder;
    const auto set = data::csv_values(
        folder.file("a.csv", "x,y\n0.1,16777217\n1e-50,-1e-40\n3.4e38,1.00000005960464477540\n"), {.targets = {"y"}});
    CHECK(sample_of(set, 0) == numbers{0.1f, 16777216.0f});
    CHECK(sample_of(set, 1) == numbers{0, -1e-40f});                    // too small is 0 or denormal, not an error
    CHECK(sample_of(set, 2) == numbers{3.4e38f, 1.00000011920928955f}); // by way of a double it would be 1
}

TEST_CASE("csv: classes in sorted and in first-seen order, or given", "[csv]") {
    const temporary_folder folder;
    const std::string path = folder.file("a.csv", "x,kind\n1,pear\n2,apple\n3,pear\n4,fig\n");
    const auto labels = [](const data::in_memory<>& set) {
        std::vector<int> all;
        for (std::size_t i = 0; i < set.size(); ++i) all.push_back(set.label(i));
        return all;
    };
    const auto sorted = data::csv_classes(path, {.targets = {"kind"}});
    CHECK(sorted.class_names() == names{"apple", "fig", "pear"});
    CHECK(sorted.classes() == 3);
    CHECK(labels(sorted) == std::vector<int>{2, 0, 2, 1});
    CHECK(sample_of(sorted, 3) == numbers{4, 1});
    const auto seen = data::csv_classes(path, {.targets = {"kind"}, .order = data::class_order::first_seen});
    CHECK(seen.class_names() == names{"pear", "apple", "fig"});
    CHECK(labels(seen) == std::vector<int>{0, 1, 0, 2});
    const auto given = data::csv_classes(path, {.targets = {"kind"}, .class_names = {"fig", "pear", "apple", "plum"}});
    CHECK(given.classes() == 4);
    CHECK(labels(given) == std::vector<int>{1, 2, 1, 0});
    CHECK(says(message_of<strata::file_error>(
                   [&] { (void)data::csv_classes(path, {.targets = {"kind"}, .class_names = {"fig", "pear"}}); }),
               path, "line 3, column 2 (kind)", "'apple' is not one of the 2 classes"));
    CHECK(says(message_of<strata::file_error>(
                   [&] { (void)data::csv_classes(path, {.targets = {"kind"}, .class_names = {"fig", "fig"}}); }),
               path, "'fig' twice"));
    const std::string three = folder.file("three.csv", "x,kind,y\n1,pear,2\n");
    CHECK(says(message_of<strata::file_error>([&] { (void)data::csv_classes(three, {.targets = {"kind", "y"}}); }),
               "2 targets", "exactly one"));
    CHECK(says(message_of<strata::file_error>(
                   [&] { (void)data::csv_classes(folder.file("c.csv", "x,k\n0,a\n0,\n"), {.targets = {"k"}}); }),
               "line 3, column 2 (k)", "the class is missing"));
}

TEST_CASE("csv: what is wrong is said with line and column", "[csv]") {
    CHECK(says(csv_refusal("x,y\n1,2\n3\n"), "line 3, column 1:", "has 1 field,", "the first has 2",
               "Quote fields that contain the separator"));
    CHECK(says(csv_refusal("x,y\n1,2,3\n"), "line 2, column 3:", "has 3 fields", "the first has 2"));
    CHECK(says(csv_refusal("x,y\n1,\n"), "line 2, column 2 (y)", "missing", "Fill it in"));
    CHECK(says(csv_refusal("x,y\n1,2\n  ,2\n"), "line 3, column 1 (x)", "missing"));
    CHECK(says(csv_refusal("x,y\n1,2\n1,abc\n"), "line 3, column 2 (y)", "'abc' is not a number"));
    CHECK(says(csv_refusal("x,y\n1,2 3\n"), "'2 3' is not a number"));
    CHECK(says(csv_refusal("x,y\n1,0x10\n"), "'0x10' is not a number"));
    CHECK(says(csv_refusal("x,y\n1,+-2\n"), "'+-2' is not a number"));
    for (const char* const not_finite : {"nan", "NaN", "inf", "-Infinity"})
        CHECK(says(csv_refusal(std::string("x,y\n1,") + not_finite + "\n"), "line 2, column 2 (y)",
                   "not a finite number"));
    CHECK(says(csv_refusal("x,y\n1,1e39\n"), "line 2, column 2 (y)", "'1e39' is out of range for a float"));
    CHECK(says(csv_refusal("x,y\n1,-1e999\n"), "'-1e999' is out of range for a float"));
    CHECK(says(csv_refusal("x,y\n1,2\n\n3,4\n"), "line 3:", "blank", "Remove it"));
    CHECK(says(csv_refusal("x,y\n1,\"2\n3,4\n"), "line 2, column 2:", "is never closed"));
    CHECK(says(csv_refusal("x,y\n1,2\"\n"), "line 2, column 2:", "an unquoted field contains a quote"));
    CHECK(says(csv_refusal("x,y\n\"1\"0,2\n"), "line 2, column 1:", "text follows the closing quote"));
    CHECK(says(csv_refusal("x,y\r1,2\r"), "line 1, column 2:", "carriage return"));
    CHECK(says(csv_refusal("x,\"y\"\r1,2\r"), "line 1, column 2:", "carriage return"));
    CHECK(says(csv_refusal("x,y\n1,\xe9\n"), "line 2, column 2:", "not UTF-8"));
    CHECK(says(csv_refusal("\xff\xfex\0,\0y\0\n\0"), "line 1, column 1:", "not UTF-8"));
    CHECK(says(csv_refusal("x,y,n\n1,2,\"\xc3\",\xa9\n"), "has 4 fields"));
    CHECK(says(csv_refusal("x,y,a,b\n1,2,\xc3,\xa9\n"),
               "line 2, column 3:", "not UTF-8")); // not joined with the next field
    // A field that spans lines: its own line is named, and those after it are counted on.
    CHECK(says(csv_refusal("x,n,y\n1,\"a\nb\",q\n", {.features = {"x"}, .targets = {"y"}}), "line 3, column 3 (y)",
               "'q'"));
    // A long text is cut between characters: forty columns are shown, and é is one of them.
    CHECK(says(csv_refusal("x,y\n" + std::string(39, 'b') + "\xc3\xa9" + std::string(100, 'c') + ",1\n"),
               "'" + std::string(39, 'b') + "\xc3\xa9...' is not a number"));
}

TEST_CASE("csv: columns that are not there, twice there, or chosen twice", "[csv]") {
    const std::string text = "x,y,x\n1,2,3\n";
    CHECK(says(csv_refusal(text, {.targets = {"price"}}), "line 1:", "no column 'price' among 3: 'x', 'y', 'x'."));
    CHECK(says(csv_refusal(text, {.features = {"x"}, .targets = {"y"}}), "line 1:", "several columns are named 'x'",
               "number"));
    for (const int number : {4, 0, -1}) CHECK(says(csv_refusal(text, {.targets = {number}}), "line 1:", "from 1 to 3"));
    CHECK(says(csv_refusal(text, {.features = {1, "y"}, .targets = {"y"}}), "column 2 (y)", "chosen twice"));
    CHECK(says(csv_refusal(text, {.features = {1, 1}, .targets = {"y"}}), "column 1 (x)", "chosen twice"));
    CHECK(says(csv_refusal(text, {}), "no target column was chosen"));
    CHECK(says(csv_refusal("x;y\n1;2\n", {.targets = {1}}), "no feature column is left of the 1 columns", "separator"));
    CHECK(says(csv_refusal("1,2\n", {.has_header = false, .targets = {"y"}}), "without a header", "'y'", "number"));
    CHECK(says(csv_refusal("1,a\n", {.has_header = false, .targets = {1}}), "line 1, column 2: 'a' is not a number"));
    CHECK(says(csv_refusal("", {.targets = {"y"}}), "is empty"));
    CHECK(says(csv_refusal("x,y\n"), "a header but no samples"));
    CHECK(says(csv_refusal("x,y\n", {.separator = '"', .targets = {1}}), "separator"));
    std::string wide;
    for (int i = 0; i < 30; ++i) wide += (i == 0 ? "c" : ",c") + std::to_string(i);
    CHECK(says(csv_refusal(wide + "\n"), "'c19', ...")); // not all of them
}

TEST_CASE("csv: absurd files cost one error and little memory", "[csv]") {
    const std::string line(20'000'000, 'a');
    CHECK(says(csv_refusal(std::string(2'000'000, ',')), "line 1, column 65537:", "more than 65536 fields"));
    CHECK(says(csv_refusal(line), "line 1, column 1:", "more than 16777216 bytes"));
    CHECK(says(csv_refusal("x,y\n\"" + line), "line 2, column 1:", "more than 16777216 bytes", "quote left open"));
    CHECK(
        says(csv_refusal(strata_tests::packed(line)), "line 1, column 1:", "more than 16777216 bytes")); // a small file

    const temporary_folder folder;
    const std::string path = folder.file("large.csv", "x,y\n1,");
    REQUIRE(::truncate(path.c_str(), off_t{1} << 30) == 0); // then 1 GiB of zeros, which take no disk
    rusage before{}, after{};
    getrusage(RUSAGE_SELF, &before);
    CHECK(says(message_of<strata::file_error>([&] { (void)data::csv_values(path, {.targets = {"y"}}); }), path,
               "line 2, column 2:", "more than 16777216 bytes"));
    getrusage(RUSAGE_SELF, &after);
    CHECK(after.ru_maxrss - before.ru_maxrss
          < 256 * 1024); // in KiB: a quarter of the file, and room for a sanitizer's shadow
}

TEST_CASE("csv: a file that is not there", "[csv]") {
    const temporary_folder folder;
    CHECK(says(message_of<strata::file_error>([&] { (void)data::csv_values(folder / "none.csv", {.targets = {1}}); }),
               "cannot open", folder / "none.csv"));
}

TEST_CASE("csv: the solubilities of 1,128 molecules", "[csv][data]") {
    const auto here = [](const std::string& folder) {
        return strata::io::file_exists(folder + "/delaney-processed.csv");
    };
    const std::string folder = data::find_data("molecules", here);
    if (folder.empty())
        STRATA_SKIP("the table of solubilities is not here: set STRATA_DATA to the folder that holds it");
    const std::string path = folder + "/delaney-processed.csv";
    const char* const target = "measured log solubility in mols per litre";
    const auto set =
        data::csv_values(path, {.features = {"Molecular Weight", "Number of Rings", 8}, .targets = {target}});
    REQUIRE(set.size() == 1128);
    CHECK(sample_of(set, 0) == numbers{457.432f, 3, 202.32f, -0.77f});
    CHECK(sample_of(set, 1) == numbers{201.225f, 2, 42.24f, -3.3f});
    double sum = 0;
    for (std::size_t i = 0; i < set.size(); ++i) sum += static_cast<double>(sample_of(set, i)[3]);
    CHECK(sum / 1128 == Approx(-3.0501).margin(5e-5)); // the figure's own last digit
    // Its texts are no features, and the message says which column that is.
    CHECK(says(message_of<strata::file_error>([&] { (void)data::csv_values(path, {.targets = {target}}); }), "line 2",
               "column 1 (Compound ID): 'Amigdalin' is not a number"));
    const auto rings = data::csv_classes(path, {.features = {"Molecular Weight"}, .targets = {"Number of Rings"}});
    CHECK(rings.class_names().front() == "0");
    CHECK(rings.class_names().back() == "8");
}
