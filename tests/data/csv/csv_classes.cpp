// Which texts of a CSV file are one class, and which class is which.
#include "files/csv_reading.hpp"

#include <strata/data/views/stratified_split.hpp>
#include <strata/train/metrics/counts/binary_recall.hpp>

using namespace strata_tests;

namespace {

using labels = std::vector<int>;

template <class Set>
labels labels_of(const Set& set) {
    labels all;
    for (std::size_t i = 0; i < set.size(); ++i) all.push_back(set.label(i));
    return all;
}

/// The classes of a file whose class column holds these texts; the same in memory and streamed.
struct read_classes {
    names class_names{};
    labels all{};
    read_classes(const names& texts, const data::csv_options& options = {.targets = {"k"}}) {
        const temporary_folder folder;
        std::string file = "x,k\n";
        for (const std::string& text : texts) file += "0," + text + "\n";
        const std::string path = folder.file("a.csv", file);
        const auto loaded = data::csv_classes(path, options);
        const auto streamed = data::csv_classes_streamed(path, options);
        class_names = loaded.class_names(), all = labels_of(loaded);
        CHECK(streamed.class_names() == class_names);
        CHECK(streamed.classes() == loaded.classes());
        CHECK(labels_of(streamed) == all);
    }
};

} // namespace

TEST_CASE("csv classes: numbers are in numeric order, however they are written", "[csv]") {
    const read_classes signs({"+1", "-1", "-1", "+1"});
    CHECK(signs.class_names == names{"-1", "+1"});
    CHECK(signs.all == labels{1, 0, 0, 1}); // +1 is class 1, which binary metrics take for yes
    CHECK(read_classes({"10", "9", "-1"}).class_names == names{"-1", "9", "10"});
    CHECK(read_classes({"10", "2", "1"}).class_names == names{"1", "2", "10"});
    CHECK(read_classes({"1.5", "-0.5", "10.25"}).class_names == names{"-0.5", "1.5", "10.25"});
    CHECK(read_classes({"1e2", "5", "1E-3", ".5"}).class_names == names{"1E-3", ".5", "5", "1e2"});
    CHECK(read_classes({"+0.5", "-.5"}).class_names == names{"-.5", "+0.5"});
    CHECK(read_classes({"-10", "-9", "-0", "3"}).class_names == names{"-10", "-9", "-0", "3"});
    // One text among them: all are texts.
    CHECK(read_classes({"10", "9", "x"}).class_names == names{"10", "9", "x"});
    CHECK(read_classes({"10", "9", "0x1"}).class_names == names{"0x1", "10", "9"});
    CHECK(read_classes({"10", "9", "1 2"}).class_names == names{"1 2", "10", "9"});
    CHECK(read_classes({"inf", "9", "10"}).class_names == names{"10", "9", "inf"});
    // Numbers too long for a double are told apart.
    const read_classes longs({"12345678901234567891", "12345678901234567890"});
    CHECK(longs.class_names == names{"12345678901234567890", "12345678901234567891"});
}

TEST_CASE("csv classes: equal numbers are one class, named as it was met first", "[csv]") {
    const read_classes same({"1.0", "-1", "1", "+1", "-1.0", "0.1e1", "01"});
    CHECK(same.class_names == names{"-1", "1.0"});
    CHECK(same.all == labels{1, 0, 1, 1, 0, 1, 1});
    CHECK(read_classes({"10", "9", "09"}).class_names == names{"9", "10"});
    const read_classes seen({"2", "1", "2.0", "1"}, {.targets = {"k"}, .order = data::class_order::first_seen});
    CHECK(seen.class_names == names{"2", "1"});
    CHECK(seen.all == labels{0, 1, 0, 1});
    const read_classes given({"1", "-1.0"}, {.targets = {"k"}, .class_names = {"-1", "+1"}});
    CHECK(given.all == labels{1, 0});
    const temporary_folder folder;
    const std::string path = folder.file("a.csv", "x,k\n0,1\n");
    CHECK(says(message_of<strata::file_error>(
                   [&] { (void)data::csv_classes(path, {.targets = {"k"}, .class_names = {"1", "1.0"}}); }),
               "'1.0' twice"));
}

TEST_CASE("csv classes: blanks around a name are no part of it, unless they are kept", "[csv]") {
    const read_classes trimmed({"cat", " cat", "cat ", "\tdog", "\" cat \"",
                                "\xc2\xa0"
                                "dog"});
    CHECK(trimmed.class_names == names{"cat", "dog"});
    CHECK(trimmed.all == labels{0, 0, 0, 1, 0, 1});
    CHECK(read_classes({"big cat", " big cat"}).class_names == names{"big cat"}); // those within are
    const read_classes kept({"cat", " cat"}, {.targets = {"k"}, .keep_blanks = true});
    CHECK(kept.class_names == names{" cat", "cat"});
    const temporary_folder folder;
    const std::string path = folder.file("a.csv", "x , k\n1, a\n"); // and around the names of columns
    CHECK(data::csv_classes(path, {.features = {"x"}, .targets = {"k"}}).class_names() == names{"a"});
}

TEST_CASE("csv classes: recall is that of the larger number", "[csv]") {
    const temporary_folder folder;
    const auto set =
        data::csv_classes(folder.file("a.csv", "x,k\n1,+1\n1,+1\n-1,+1\n-1,-1\n-1,-1\n"), {.targets = {"k"}});
    strata::binary_recall recall; // of a network that says x
    for (std::size_t i = 0; i < set.size(); ++i) {
        float x = 0;
        data::class_index c;
        set.read(i, {}, std::span(&x, 1), c);
        const auto t = static_cast<float>(c.value);
        recall.add(&x, &t, 1);
    }
    CHECK(recall.value() == Approx(2.0 / 3)); // of three +1 two are found; of -1 it would be none of two
    const auto [one, other] = data::stratified_split(set, 0.5, strata::seed{1});
    CHECK(one.class_names() == names{"-1", "+1"});
    int yes = 0;
    for (std::size_t i = 0; i < one.size(); ++i) yes += one.label(i);
    for (std::size_t i = 0; i < other.size(); ++i) yes += other.label(i);
    CHECK(yes == 3);
}
