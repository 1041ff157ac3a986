/// .without: all columns are features but these, in every reader, and in files that are read like the first one.
#include "files/csv_reading.hpp"

#include <strata/data/csv/csv_encoding_file.hpp>

using namespace strata_tests;

namespace {
const std::string houses = "id,rooms,town,price,agent\nA-1,3,Delft,10,x\nA-2,5,Leiden,20,y\n";

std::string refusal(const data::csv_options& options) { return csv_refusal(houses, options); }
} // namespace

TEST_CASE("csv without: columns that are left out are no features, whichever reader reads", "[csv]") {
    const temporary_folder folder;
    const std::string path = folder.file("a.csv", houses);
    const data::csv_options options{.targets = {"price"}, .without = {"id", 5}, .one_hot_text = true};
    const auto train = data::csv_values(path, options);
    CHECK(train.encoding()->feature_names() == names{"rooms", "town=Delft", "town=Leiden"});
    CHECK(sample_of(train, 1) == numbers{5, 0, 1, 20});
    CHECK(sample_of(data::csv_values_streamed(path, options), 0) == numbers{3, 1, 0, 10});
    CHECK(data::csv_features(path, {.without = {"id", "town", "price", "agent", "agent"}}) == numbers{3, 5});
    // What is a target for another reader is no feature for this one either.
    CHECK(data::csv_features(path, {.targets = {"price"}, .without = {"id", "town", "agent"}}) == numbers{3, 5});
    const data::csv_options classes{.targets = {"town"}, .without = {"id", "agent"}};
    CHECK(sample_of(data::csv_classes(path, classes), 1) == numbers{5, 20, 1});
    CHECK(sample_of(data::csv_classes_streamed(path, classes), 1) == numbers{5, 20, 1});

    // Read like the first one: whether the columns that were left out are there does not matter.
    const std::string other = folder.file("b.csv", "price,town,rooms\n7,Leiden,4\n");
    CHECK(sample_of(data::csv_values(other, {.like = train}), 0) == numbers{4, 0, 1, 7});
    CHECK(data::csv_features(path, {.like = train}) == numbers{3, 1, 0, 5, 0, 1});
    CHECK(train.encoding()->encode({"4", "Delft"}) == numbers{4, 1, 0});
}

TEST_CASE("csv without: what names no column, or one with a role, is refused", "[csv]") {
    CHECK(says(refusal({.targets = {"price"}, .without = {"Id"}}), "there is no column 'Id'", "'rooms'"));
    CHECK(says(refusal({.targets = {"prize"}}), "there is no column 'prize'",
               "Did you mean 'price'? Use one of these names"));
    CHECK(says(refusal({.targets = {"price"}, .without = {6}}), "numbered from 1 to 5"));
    CHECK(says(refusal({.targets = {"price"}, .without = {"price"}}), "column 4 (price)", "is also a target"));
    CHECK(says(refusal({.features = {"rooms"}, .targets = {"price"}, .without = {"id"}}), ".features and .without"));
    CHECK(says(refusal({.targets = {"price"}, .without = {"id", "rooms", "town", "agent"}}),
               "no feature column is left"));
    CHECK(says(refusal({.targets = {"price"}, .without = {"id"}, .one_hot = {"id"}}), "is not a feature"));
    // What is no number names the option.
    CHECK(says(refusal({.targets = {"price"}}), "column 1 (id)", ".without = {\"id\"}"));
}
