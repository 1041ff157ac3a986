// An encoding of a CSV file that is saved, and loaded by another program.
#include "files/csv_reading.hpp"

#include <strata/data/csv/csv_encoding_file.hpp>

using namespace strata_tests;

TEST_CASE("csv encoding: a saved one reads like the data set it is of", "[csv]") {
    const temporary_folder folder;
    const std::string file = folder / "a.encoding.csv";
    const std::string text =
        "rooms;town;k;w\n3;Delft;10;1\nnone;\"Den; \"\"Haag\"\"\";9;2\n5.3;Delft;10;3\n-999;x,y;9;4\n";
    const auto train = data::csv_classes(folder.file("a.csv", text), {.separator = ';',
                                                                      .targets = {"k"},
                                                                      .weight = "w",
                                                                      .one_hot = {"town"},
                                                                      .missing = data::csv_missing::mean,
                                                                      .missing_texts = {"-999"}});
    data::save_encoding(*train.encoding(), file);
    const auto loaded = data::load_encoding(file);
    CHECK(loaded->feature_names() == std::vector<std::string>{"rooms", "town=Delft", "town=Den; \"Haag\"", "town=x,y"});
    CHECK(loaded->encode<double>({"", "x,y"}) == std::vector<double>{4.15, 0, 0, 1}); // (3 + 5.3) / 2
    const auto test = data::csv_classes(folder.file("b.csv", "k;w;town;rooms\n10.0;7;Delft;-999\n"), {.like = loaded});
    CHECK(sample_of(test, 0) == std::vector<float>{4.15f, 1, 0, 0, 1});
    CHECK(test.class_names() == std::vector<std::string>{"9", "10"});
    CHECK(test.weight(0) == 7);
    data::save_encoding(*loaded, folder / "again.csv");
    CHECK(data::load_encoding(folder / "again.csv")->feature_names() == loaded->feature_names());
    // Columns by number, without a header, of values.
    const auto bare = data::csv_values(folder.file("c.csv", "1,2\n3,4\n"), {.has_header = false, .targets = {2}});
    data::save_encoding(*bare.encoding(), file);
    CHECK(sample_of(data::csv_values(folder.file("d.csv", "5,6\n"), {.like = data::load_encoding(file)}), 0)
          == std::vector<float>{5, 6});
}

TEST_CASE("csv encoding: .ignore_unknown is kept, and what is refused names a remedy that helps there", "[csv]") {
    const temporary_folder folder;
    const std::string file = folder / "a.encoding.csv", text = "rooms,town,price\n3,Delft,10\n5,Leiden,20\n";
    const std::string path = folder.file("a.csv", text);
    const auto loaded = [&](bool ignore) {
        const auto train =
            data::csv_values(path, {.targets = {"price"}, .one_hot = {"town"}, .ignore_unknown = ignore});
        data::save_encoding(*train.encoding(), file);
        return data::load_encoding(file);
    };
    CHECK(loaded(true)->encode({"4", "Gouda"}) == std::vector<float>{4, 0, 0});
    const auto strict = loaded(false);
    const char* const remedy = "Set the option when you read the training file: the encoding keeps it.";
    CHECK(says(message_of<strata::file_error>([&] { (void)strict->encode({"4", "Gouda"}); }),
               "'Gouda' is not one of the 2 categories", ".ignore_unknown = true", remedy));
    CHECK(says(message_of<strata::file_error>([&] { (void)strict->encode({"", "Delft"}); }), ".missing = ", remedy));
    const std::string other = folder.file("b.csv", "rooms,town\nfew,Delft\n");
    CHECK(says(message_of<strata::file_error>([&] { (void)data::csv_features(other, {.like = strict}); }),
               "'few' is not a number", remedy));
    CHECK(!says(message_of<strata::file_error>([&] { (void)data::csv_values(path, {.targets = {"price"}}); }), remedy));
    CHECK(says(message_of<strata::shape_error>([&] { (void)strict->encode({"1", "2", "3"}); }), "3 texts",
               "2 feature columns: 'rooms', 'town'. Give one text per column"));
}
