// Files of every format that were cut at any byte: what can be told is refused. (safetensors: tests/io, checkpoints:
// tests/train, encodings of CSV files: csv_encoding_reader.cpp.)
#include "files.hpp"
#include "files/packed.hpp"

#include <strata/data/csv/csv.hpp>
#include <strata/data/csv/streamed_csv.hpp>
#include <strata/data/readers/idx_images.hpp>
#include <strata/data/readers/number_records.hpp>
#include <strata/data/readers/records.hpp>
#include <strata/train/history/history.hpp>

namespace data = strata::data;
using namespace strata_tests;
using strata::shape;

namespace {

/// Reads each beginning of a file; how many of them were refused, with a message that names the file.
template <class Read>
std::size_t refused_beginnings(const std::string& whole, Read read) {
    const temporary_folder folder;
    std::size_t refused = 0;
    for (std::size_t n = 0; n < whole.size(); ++n) {
        CAPTURE(n);
        const std::string path = folder.file("a", whole.substr(0, n));
        try {
            read(path);
        } catch (const strata::file_error& e) {
            CHECK(says(e.what(), path));
            ++refused;
        }
    }
    read(folder.file("a", whole)); // and this is one
    return refused;
}
const std::string pixels("\0\0\x08\x03\0\0\0\2\0\0\0\2\0\0\0\3abcdefghijkl", 28), two("\0\0\x08\x01\0\0\0\2\0\1", 10);
const std::string table = "x,k,y\n1,a,0.5\n2,\"b, c\",1.5\n";

} // namespace

TEST_CASE("a shortened IDX file is refused, plain or packed", "[idx]") {
    const temporary_folder folder;
    const std::string images = folder.file("images", pixels), labels = folder.file("labels", two);
    for (const bool small : {false, true}) {
        const std::string whole = small ? packed(pixels) : pixels;
        CHECK(refused_beginnings(whole,
                                 [&](const std::string& path) {
                                     const auto set = data::idx_images(path, labels, 2, {}, "");
                                     CHECK(set.size() == 2);
                                 })
              == whole.size());
    }
    CHECK(refused_beginnings(two,
                             [&](const std::string& path) {
                                 const auto set = data::idx_images(images, path, 2, {}, "");
                                 CHECK(set.size() == 2);
                             })
          == two.size());
}

TEST_CASE("shortened records are refused unless whole ones are left", "[records]") {
    CHECK(refused_beginnings(std::string(20, '\1'),
                             [](const std::string& path) {
                                 const data::records set({path}, {.sample = shape(3), .classes = 2, .header = 4});
                                 CHECK((set.size() == 1 || set.size() == 2 || set.size() == 3 || set.size() == 4));
                             })
          == 20 - 3); // 8, 12 and 16 bytes hold whole records
    CHECK(refused_beginnings(std::string(24, '\0'),
                             [](const std::string& path) {
                                 const data::number_records<data::values> set({path},
                                                                              {.sample = shape(2), .target = shape(1)});
                                 CHECK((set.size() == 1 || set.size() == 2));
                             })
          == 24 - 1); // 12 bytes
}

TEST_CASE("a shortened CSV file has no sample of a line that is not whole", "[csv]") {
    const data::csv_options options{.targets = {"y"}, .one_hot = {"k"}};
    const std::string small = packed(table);
    CHECK(refused_beginnings(small,
                             [&](const std::string& path) {
                                 const auto set = data::csv_values(path, options);
                                 CHECK(set.size() == 2);
                             })
          == small.size());
    // A plain one may lack the last line's end, so that a number's last digits can be lost, and lines.
    const auto read = [&](const std::string& path) {
        const auto set = data::csv_values(path, options);
        CHECK(data::csv_values_streamed(path, options).size() == set.size());
        CHECK((set.size() == 1 || set.size() == 2));
    };
    // Read are: 1,a,0 | 0. | 0.5 | its line end; 2,"b, c",1 | 1. | 1.5
    CHECK(refused_beginnings(table, read) == table.size() - 7);
}

TEST_CASE("a shortened history is refused but for whole epochs", "[train]") {
    strata::history h;
    h.metric_names = {"accuracy"};
    for (int i = 1; i <= 3; ++i) {
        strata::epoch_record e{.epoch = i, .loss = 0.5, .seconds = 2, .rate = 1};
        e.set_metrics({0.25});
        e.set_held_out(0.75, {1});
        h.epochs.push_back(e);
    }
    const std::string whole = h.to_csv();
    // Read are the head, and each line with its last digit, its carriage return or its line feed.
    CHECK(refused_beginnings(whole,
                             [](const std::string& path) {
                                 const auto read = strata::history::load_csv(path);
                                 for (const auto& e : read.epochs) CHECK((e.seconds == 2 && e.held_out_metric == 1));
                             })
          == whole.size() - 3 * 4 + 1);
}
