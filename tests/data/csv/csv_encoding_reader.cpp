// An encoding's file that was cut, changed or written by something else: it is refused, or it reads as it was saved.
#include "files/csv_reading.hpp"

#include <strata/data/csv/csv_encoding_file.hpp>

#include <fstream>
#include <iterator>

using namespace strata_tests;

namespace {

std::string bytes_of(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}
/// What an encoding is saved as.
std::string saved(const data::csv_encoding& e) {
    const temporary_folder folder;
    data::save_encoding(e, folder / "e.csv");
    return bytes_of(folder / "e.csv");
}
/// Numbers with fill values, texts with line breaks in them, classes and a weight.
std::string with_classes() {
    const temporary_folder folder;
    const std::string text = "rooms,town,k,w\n3,Delft,10,1\n,\"Den\n\n\"\"Haag\"\"\",9,2\n5.25,\"end,,3,\",10,3\n";
    const auto train =
        data::csv_classes(folder.file("a.csv", text),
                          {.targets = {"k"}, .weight = "w", .one_hot = {"town"}, .missing = data::csv_missing::mean});
    return saved(*train.encoding());
}
/// Columns by number, values.
std::string with_values() {
    const temporary_folder folder;
    return saved(
        *data::csv_values(folder.file("a.csv", "1,2\n3,4\n"), {.has_header = false, .targets = {2}}).encoding());
}
/// What loading these bytes says; empty where they are loaded, and then they are what was saved.
std::string said_of(const std::string& bytes, const std::string& whole) {
    const temporary_folder folder;
    const std::string path = folder.file("a.csv", bytes);
    try {
        const std::string again = saved(*data::load_encoding(path));
        CHECK(again == whole);
        return {};
    } catch (const strata::file_error& e) {
        CHECK(says(e.what(), path));
        return e.what();
    }
}
std::vector<std::string> lines_of(const std::string& text) {
    std::vector<std::string> lines;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = text.find('\n', at) + 1;
        lines.push_back(text.substr(at, end - at)), at = end;
    }
    return lines;
}
std::string joined(const std::vector<std::string>& lines) {
    std::string text;
    for (const std::string& each : lines) text += each;
    return text;
}
/// A text with its first `from` replaced.
std::string replaced(std::string text, const std::string& from, const std::string& to) {
    const std::size_t at = text.find(from);
    REQUIRE(at != std::string::npos);
    return text.replace(at, from.size(), to);
}

} // namespace

TEST_CASE("csv encoding: a file that was cut at any byte is refused", "[csv]") {
    for (const std::string& whole : {with_classes(), with_values()}) {
        REQUIRE(said_of(whole, whole).empty());
        for (std::size_t n = 0; n + 1 < whole.size(); ++n) {
            CAPTURE(n);
            CHECK(!said_of(whole.substr(0, n), whole).empty());
            CHECK(!said_of(whole.substr(n + 1), whole).empty()); // at its beginning
        }
        CHECK(said_of(whole.substr(0, whole.size() - 1), whole).empty()); // the last line end tells nothing
    }
    CHECK(says(said_of(replaced(with_values(), "end", "\nend").substr(0, 150), ""),
               "the last line that save_encoding writes is missing", "copy it again, or save the encoding again"));
}

TEST_CASE("csv encoding: lines that are gone, twice there or in another order are refused", "[csv]") {
    for (const std::string& whole : {with_classes(), with_values()}) {
        const auto lines = lines_of(whole);
        for (std::size_t i = 0; i < lines.size(); ++i) {
            CAPTURE(lines[i]);
            auto fewer = lines, more = lines, other = lines;
            fewer.erase(fewer.begin() + static_cast<std::ptrdiff_t>(i));
            CHECK(!said_of(joined(fewer), whole).empty());
            more.insert(more.begin() + static_cast<std::ptrdiff_t>(i), lines[i]);
            CHECK(!said_of(joined(more), whole).empty());
            if (i + 1 == lines.size() || lines[i] == lines[i + 1]) continue;
            std::swap(other[i], other[i + 1]);
            CHECK(!said_of(joined(other), whole).empty());
        }
    }
}

TEST_CASE("csv encoding: a changed byte is refused", "[csv]") {
    for (const std::string& whole : {with_classes(), with_values()})
        for (std::size_t i = 0; i < whole.size(); ++i)
            for (const int bits : {1, 4, 16, 128}) {
                CAPTURE(i, bits);
                std::string changed = whole;
                changed[i] = static_cast<char>(changed[i] ^ bits);
                CHECK(!said_of(changed, whole).empty());
            }
    // Line ends are no content.
    const std::string whole = with_values();
    std::string dos;
    for (const char c : whole) dos += c == '\n' ? "\r\n" : std::string(1, c);
    CHECK(said_of(dos, whole).empty());
}

TEST_CASE("csv encoding: what is damaged is said", "[csv]") {
    const std::string whole = with_classes();
    const auto refused = [&](const std::string& from, const std::string& to) {
        const std::string message = said_of(replaced(whole, from, to), whole);
        CHECK(says(message, "damaged"));
        return message;
    };
    CHECK(says(refused("fill,,4.125,", "fill,,nan,"), "line 15, column 3", "'nan'", "is not a finite number"));
    CHECK(says(refused("fill,,4.125,", "fill,,inf,"), "'inf'", "is not a finite number"));
    CHECK(says(refused("fill,,4.125,", "fill,,1e39,"), "'1e39'", "in the range of a float"));
    CHECK(says(refused("fill,,4.125,\n", ""), "column rooms", "has no fill value for missing numbers"));
    CHECK(says(refused("fill,,4.125,", "fill,,4.125,\nfill,,4.125,"), "'fill' is not allowed here"));
    CHECK(says(refused("missing,,2,", "missing,,0,"), "column rooms", "not filled in"));
    CHECK(says(refused("fill,,4.125,", "fill,,4.5,"), "the contents have changed since the file was saved"));
    CHECK(says(refused("category,,0,Delft\ncategory,,0,\"Den\n\n\"\"Haag\"\"\"\ncategory,,0,\"end,,3,\"\n", ""),
               "column town", "its categories are missing"));
    CHECK(says(refused("category,,0,Delft\n", "category,,0,Delft\ncategory,,0,Delft\n"), "'Delft' occurs twice"));
    CHECK(says(refused("text,,0,\ncategory", "category"), "'category' is not allowed here"));
    CHECK(says(refused("weight,w", "weight,rooms"), "rooms occurs twice"));
    CHECK(says(refused("feature,town,0,town", "feature,rooms,0,rooms"), "column rooms occurs twice"));
    CHECK(says(refused("feature,town,0,town", "feature,,0,town"), "either a name from the header or a number"));
    CHECK(says(refused("feature,town,0,town", "feature,town,-1,town"), "must be between 0 and 65536"));
    CHECK(says(refused("header,,1,", "header,,2,"), "line 3, column 3", "must be between 0 and 1"));
    CHECK(says(refused("header,,1,", "header,,0,"), "either a name from the header or a number"));
    CHECK(says(refused("header,,1,", "header,x,1,"), "line 3, column 2", "'x' is not used here"));
    CHECK(says(refused("header,,1,\n", ""), "'header' is expected here, not 'missing'"));
    CHECK(says(refused("separator,,44,", "separator,,34,"), "separator is a quote"));
    CHECK(says(refused("class,,0,10\n", "class,,0,10\nmissing text,,0,x\n"), "is out of order"));
    CHECK(says(refused("class,,0,9\nclass,,0,10\n", ""), "the target is a class, but there are no class names"));
    CHECK(says(refused("target,k,0,k\ntext,,0,\n", "target,k,0,k\n"),
               "there are class names, but the target is not a class"));
    CHECK(says(refused("class,,0,9\n", "strange,,0,9\n"), "'strange' is not allowed here"));
    CHECK(says(said_of(replaced(whole, "class,,0,9\n", "class,,0,10\n"), whole), "'10' twice"));
    for (const std::string rubbish : {"x", "x,,0,\n", "\x1a", "end,,1,\n"}) {
        CAPTURE(rubbish);
        CHECK(says(said_of(whole + rubbish, whole), "something follows it", "damaged"));
    }
    CHECK(says(said_of(whole + whole, whole), "something follows it"));
    CHECK(says(said_of(replaced(whole, "rooms\n", "rooms,\n"), whole), "line 14, column 5")); // a line of five fields
}

TEST_CASE("csv encoding: a file that is none, or of another version, is refused", "[csv]") {
    CHECK(says(said_of("", ""), "is not a CSV encoding", "save_encoding"));
    CHECK(says(said_of("x,y\n1,2\n", ""), "is not a CSV encoding"));
    CHECK(says(said_of("strata csv encoding,,3,a.csv\n", ""), "version 3", "newer"));
    CHECK(says(said_of("strata csv encoding,,1,a.csv\nseparator,,44,\nfeature,x,0,x\n", ""), "version 1",
               "Read the training file and save its encoding again"));
    CHECK(says(said_of("strata csv encoding,,2,a.csv\n", ""), "the last line that save_encoding writes is missing"));
}

TEST_CASE("csv encoding: the path of the training file may hold any bytes", "[csv]") {
    const temporary_folder folder;
    const auto train = data::csv_values(folder.file("a\xff,\".csv", "x,y\n1,2\n"), {.targets = {"y"}});
    data::save_encoding(*train.encoding(), folder / "e.csv");
    CHECK(says(data::load_encoding(folder / "e.csv")->path, "a?,\".csv"));
}
