// What a second CSV file must have beside .like, and what the message says where it has something else.
#include "files/csv_reading.hpp"

using namespace strata_tests;

namespace {

const data::csv_options of_houses{.targets = {"price"}, .weight = "weight"};

std::string refusal_of_features(const std::string& path, const data::csv_options& options) {
    return message_of<strata::file_error>([&] { (void)data::csv_features(path, options); });
}

} // namespace

TEST_CASE("csv like: a file without the column of weights has weights of 1", "[csv]") {
    const temporary_folder folder;
    const auto train = data::csv_values(folder.file("houses.csv", "a,weight,b,price\n1,3,2,9\n4,5,6,7\n"), of_houses);
    CHECK(train.weight(1) == 5);
    const std::string path = folder.file("test.csv", "b,price,a\n20,90,10\n60,70,40\n");
    CHECK(said_on_stderr([&] { (void)data::csv_values(path, {.like = train}); }).empty());
    CHECK(csv_samples(path, {.like = train}) == std::vector<numbers>{{10, 20, 90}, {40, 60, 70}});
    const auto test = data::csv_values(path, {.like = train});
    const auto streamed = data::csv_values_streamed(path, {.like = train});
    CHECK_FALSE(test.has_weights());
    CHECK_FALSE(streamed.has_weights());
    CHECK(test.weight(1) == 1);
    CHECK(streamed.weight(1) == 1);
    // The encoding still knows the column, so that a third file has its weights.
    const std::string third = folder.file("third.csv", "price,weight,a,b\n1,8,2,3\n");
    CHECK(data::csv_values(third, {.like = test}).weight(0) == 8);
    CHECK(data::csv_values_streamed(third, {.like = streamed}).weight(0) == 8);
    // The same of classes, and of a column that is known by its number, behind all others.
    const auto flowers =
        data::csv_classes(folder.file("f.csv", "1,x,0.5\n2,y,1\n"), {.has_header = false, .targets = {2}, .weight = 3});
    const std::string no_weight = folder.file("g.csv", "5,y\n");
    CHECK(samples_of(data::csv_classes(no_weight, {.like = flowers})) == std::vector<numbers>{{5, 1}});
    CHECK(data::csv_classes(no_weight, {.like = flowers}).weight(0) == 1);
    // Where it is there, its values count as before.
    CHECK(says(csv_refusal_of(folder.file("bad.csv", "a,b,weight,price\n1,2,-1,3\n"), {.like = train}),
               "column 3 (weight)", "negative"));
    // The first file alone cannot lack it.
    CHECK(says(csv_refusal_of(path, of_houses), "there is no column 'weight'"));
}

TEST_CASE("csv like: a column with a name like that of the weights is no weight, and a note says so", "[csv]") {
    const temporary_folder folder;
    const auto train = data::csv_values(folder.file("houses.csv", "a,weight,price\n1,3,9\n4,5,7\n"), of_houses);
    const std::string path = folder.file("more.csv", "a,Weights,price\n1,3,9\n");
    for (const bool streamed : {false, true}) {
        const std::string said = said_on_stderr([&] {
            if (streamed) (void)data::csv_values_streamed(path, {.like = train});
            else (void)data::csv_values(path, {.like = train});
        });
        CHECK(says(said, "more.csv", "there is no column 'weight'", "houses.csv", "All weights are 1 here",
                   "Did you mean 'Weights'?"));
    }
    CHECK(data::csv_values(path, {.like = train}).weight(0) == 1);
}

TEST_CASE("csv like: a missing feature or target is told by what the first file had", "[csv]") {
    const temporary_folder folder;
    const auto train =
        data::csv_values(folder.file("houses.csv", "area,rooms,price\n50,2,9\n"), {.targets = {"price"}});
    const auto message = csv_refusal_of(folder.file("a.csv", "Area m2,rooms,price\n1,2,3\n"), {.like = train});
    CHECK(says(message, "line 1",
               "houses.csv has a column 'area', but this file does not; its columns are 'Area m2', 'rooms', 'price'.",
               "the same names", "Is line 1 a header?"));
    CHECK(message.find("give its number") == std::string::npos); // no option beside .like can
    CHECK(says(refusal_of_features(folder.file("b.csv", "areas,rooms\n1,2\n"), {.like = train}),
               "houses.csv has a column 'area'", "Did you mean 'areas'?"));
    CHECK(says(csv_refusal_of(folder.file("c.csv", "area,rooms\n1,2\n"), {.like = train}),
               "houses.csv has a column 'price', but this file does not; its columns are 'area', 'rooms'.",
               "csv_features"));
    const auto numbers_alone = refusal_of_features(folder.file("d.csv", "50,2\n60,3\n"), {.like = train});
    CHECK(says(numbers_alone, "only numbers", "names of the columns"));
    CHECK(numbers_alone.find(".has_header") == std::string::npos);
    CHECK(says(refusal_of_features(folder.file("e.csv", "area;rooms\n1;2\n"), {.like = train}), ".separator = ';'"));
    const auto twice = refusal_of_features(folder.file("f.csv", "area,area,rooms\n1,2,3\n"), {.like = train});
    CHECK(says(twice, "several columns are named 'area'", "Rename the others"));
    CHECK(twice.find("by its number") == std::string::npos);
    // By numbers, where the first file had no names.
    const auto plain = data::csv_values(folder.file("g.csv", "1,2,3\n"), {.has_header = false, .targets = {1}});
    CHECK(says(refusal_of_features(folder.file("h.csv", "1,2\n"), {.like = plain}),
               "g.csv has a column 3, but this file has only 2 columns.", "in the same order"));
}

TEST_CASE("csv like: a class that the first file does not have is told by that file", "[csv]") {
    const temporary_folder folder;
    const auto train = data::csv_classes(folder.file("animals.csv", "x,k\n1,cat\n2,dog\n3,hen\n"), {.targets = {"k"}});
    const std::string path = folder.file("more.csv", "x,k\n1,cat\n2,frog\n");
    const std::string expected = "more.csv, line 3, column 2 (k): 'frog' is not one of the 3 classes in "
                                 + folder / "animals.csv" + ". Correct it, or remove the line.";
    CHECK(says(message_of<strata::file_error>([&] { (void)data::csv_classes(path, {.like = train}); }), expected));
    CHECK(says(message_of<strata::file_error>([&] { (void)data::csv_classes_streamed(path, {.like = train}); }),
               expected));
}

TEST_CASE("csv like: csv_features drops no lines, so that its rows are those of the file", "[csv]") {
    const temporary_folder folder;
    const std::string first = folder.file("houses.csv", "area,town,price\n50,Delft,9\n,Delft,9\n60,Leiden,8\n");
    const auto train =
        data::csv_values(first, {.targets = {"price"}, .one_hot = {"town"}, .missing = data::csv_missing::drop});
    CHECK(train.size() == 2);
    const std::string whole = folder.file("whole.csv", "town,area\nLeiden,70\nDelft,80\n");
    CHECK(data::csv_features(whole, {.like = train}) == numbers{70, 0, 1, 80, 1, 0});
    const std::string gaps = folder.file("gaps.csv", "town,area\nLeiden,70\n?,80\nDelft,\nDelft,90\n");
    const auto message = refusal_of_features(gaps, {.like = train});
    CHECK(says(message, "gaps.csv, line 3, column 1 (town)", "missing", "csv_features drops no lines",
               ".missing = strata::data::csv_missing::mean", "when you read the training file"));
    // A line at the beginning, at the end, and all of them.
    CHECK(says(refusal_of_features(folder.file("a.csv", "town,area\nDelft,\nDelft,1\n"), {.like = train}),
               "line 2, column 2 (area)", "drops no lines"));
    CHECK(says(refusal_of_features(folder.file("b.csv", "town,area\nDelft,1\nDelft,NA\n"), {.like = train}),
               "line 3, column 2 (area)", "drops no lines"));
    CHECK(says(refusal_of_features(folder.file("c.csv", "town,area\n,\n"), {.like = train}), "line 2, column 2 (area)",
               "drops no lines"));
    // Without .like, by options of its own, which are set here.
    const auto own = refusal_of_features(gaps, {.one_hot = {"town"}, .missing = data::csv_missing::drop});
    CHECK(says(own, "line 3, column 1 (town)", "drops no lines"));
    CHECK(own.find("training file") == std::string::npos);
    // A data set of the lines that stay says in its origin how many are gone; a text "none" is no gap.
    CHECK(
        says(data::csv_values(folder.file("d.csv", "town,area,price\nDelft,,1\nDelft,2,3\n"), {.like = train}).origin(),
             "without 1 line"));
    CHECK(data::csv_features(folder.file("e.csv", "a,b\nnone,1\nred,2\n"),
                             {.one_hot_text = true, .missing = data::csv_missing::drop})
          == numbers{1, 0, 1, 0, 1, 2});
}
