// Missing values, texts as categories, and an encoding that is used again.
#include "files/csv_reading.hpp"
#include "files/packed.hpp"

#include <strata/data/views/normalised.hpp>
#include <strata/data/views/subset.hpp>

#include <limits>

using namespace strata_tests;

TEST_CASE("csv: missing values are an error that names the remedy", "[csv]") {
    const temporary_folder folder;
    for (const char* const missing : {"", "  ", "NA", "na", "N/A", "#N/A", "?", "null", "NULL", "None"}) {
        const std::string path = folder.file("a.csv", std::string("x,y\n1,2\n") + missing + ",3\n");
        CHECK(says(csv_refusal_of(path, {.targets = {"y"}}), "line 3, column 1 (x)", "missing", "csv_missing::mean"));
    }
    for (const char* const missing : {"nan", "NaN", "-nan"})
        CHECK(
            says(csv_refusal_of(folder.file("a.csv", std::string("x,y\n1,2\n") + missing + ",3\n"), {.targets = {"y"}}),
                 "line 3, column 1 (x)", missing, "not a finite number", "missing"));
    CHECK(says(csv_refusal_of(folder.file("a.csv", "x,y\n1,NA\n"), {.targets = {"y"}}), "column 2 (y)", "'NA'",
               "csv_missing::drop"));
    // What is not on the list is a text.
    CHECK(says(csv_refusal_of(folder.file("a.csv", "x,y\nn.d.,1\n"), {.targets = {"y"}}), "'n.d.' is not a number"));
    CHECK(says(csv_refusal_of(folder.file("a.csv", "x,y\nn.d.,1\n"), {.targets = {"y"}, .missing_texts = {"n.d."}}),
               "the number is missing ('n.d.')"));
}

TEST_CASE("csv: lines with a missing value are left out", "[csv]") {
    const temporary_folder folder;
    const std::string path =
        folder.file("a.csv", "x,z,y\nNA,1,1\n2,,2\n3,4,3\n?,?,?\n5,6,\n7,nan,8\n9,10,11\n1,1,NA\n");
    const data::csv_options drop{.targets = {"y"}, .missing = data::csv_missing::drop};
    CHECK(csv_samples(path, drop) == std::vector<numbers>{{3, 4, 3}, {9, 10, 11}});
    CHECK(data::csv_values(path, drop).origin() == path + " (without 6 lines that lack a value)");
    // Only the chosen columns count.
    CHECK(csv_samples(path, {.features = {"x"}, .targets = {"y"}, .missing = data::csv_missing::drop}).size() == 4);
    CHECK(says(csv_refusal_of(folder.file("b.csv", "x,y\nNA,1\n,2\n"), drop), "no complete sample",
               "each of its 2 lines lacks"));
    CHECK(says(csv_refusal_of(folder.file("b.csv", "x,y\nNA,1\n"), drop), "its only line lacks a value"));
    const std::string one = folder.file("one.csv", "x,y\nNA,1\n2,3\n");
    CHECK(data::csv_values(one, drop).origin() == one + " (without 1 line that lacks a value)");
    const auto classes = data::csv_classes(folder.file("c.csv", "x,k\n1,a\n2,?\n3,b\n4,\n"),
                                           {.targets = {"k"}, .missing = data::csv_missing::drop});
    CHECK(classes.class_names() == names{"a", "b"});
    CHECK(classes.size() == 2);
}

TEST_CASE("csv: missing features become the mean, the median or a constant", "[csv]") {
    const temporary_folder folder;
    const std::string path = folder.file("a.csv", "x,z,y\n1,10,0\nNA,20,0\n2,30,0\n6,,0\n11,-999,0\n");
    const auto filled = [&](data::csv_options options) {
        options.targets = {"y"};
        const auto all = csv_samples(path, options);
        return numbers{all[1][0], all[3][1], all[4][1]};
    };
    CHECK(filled({.missing = data::csv_missing::mean}) == numbers{5, -234.75f, -999}); // (10+20+30−999)/4
    CHECK(filled({.missing = data::csv_missing::median}) == numbers{4, 15, -999});     // of 1 2 6 11: (2+6)/2
    CHECK(filled({.missing = data::csv_missing::constant, .missing_value = -1}) == numbers{-1, -1, -999});
    // A number may stand for a missing one.
    CHECK(filled({.missing = data::csv_missing::median, .missing_texts = {"NA", "-999"}}) == numbers{4, 20, 20});
    for (const auto policy : {data::csv_missing::mean, data::csv_missing::median, data::csv_missing::constant})
        CHECK(says(csv_refusal_of(folder.file("b.csv", "x,y\n1,2\n3,NA\n"), {.targets = {"y"}, .missing = policy}),
                   "line 3, column 2 (y)", "missing", "csv_missing::drop"));
    CHECK(says(
        csv_refusal_of(folder.file("c.csv", "x,y\n,2\nNA,3\n"), {.targets = {"y"}, .missing = data::csv_missing::mean}),
        "column 1 (x)", "missing in every line"));
    // Packed files are gone through twice as well.
    const std::string packed = folder.file("d.csv.gz", strata_tests::packed("x,y\n1,0\n,0\n4,0\n"));
    CHECK(sample_of(data::csv_values(packed, {.targets = {"y"}, .missing = data::csv_missing::mean}), 1)
          == numbers{2.5f, 0});
}

TEST_CASE("csv: a text that begins like a number may stand for a missing value", "[csv]") {
    const temporary_folder folder;
    const std::string path = folder.file("a.csv", "x,y\n1,0\n1.#QNAN,0\n0000-00-00,0\n");
    CHECK(csv_samples(path, {.targets = {"y"},
                             .missing = data::csv_missing::constant,
                             .missing_value = 7,
                             .missing_texts = {"1.#QNAN", "0000-00-00"}})
          == std::vector<numbers>{{1, 0}, {7, 0}, {7, 0}});
}

TEST_CASE("csv: a number that means a missing value does so however it is written", "[csv]") {
    const temporary_folder folder;
    const std::string path =
        folder.file("a.csv", "x,y\n1,0\n-999,0\n-999.0,0\n\" -999\",0\n-9.99e2,0\n-0999.,0\n3,0\n-998.99,0\n");
    const auto constant = [](std::vector<std::string> texts) {
        return data::csv_options{.targets = {"y"},
                                 .missing = data::csv_missing::constant,
                                 .missing_value = 7,
                                 .missing_texts = std::move(texts)};
    };
    const std::vector<numbers> wanted{{1, 0}, {7, 0}, {7, 0}, {7, 0}, {7, 0}, {7, 0}, {3, 0}, {-998.99f, 0}};
    for (const char* const text : {"-999", "-999.0", " -999 ", "-9990e-1"})
        CHECK(csv_samples(path, constant({"NA", text})) == wanted);
    CHECK(csv_samples(path, {.targets = {"y"}, .missing = data::csv_missing::drop, .missing_texts = {"-999"}}).size()
          == 3);
    // Zeros of both signs, numbers beyond doubles, and digits that a double rounds away.
    const std::string other = folder.file("b.csv", "x,y\n-0.0,5\n1,5\n9e400,5\n");
    CHECK(csv_samples(other, constant({"0", "90E399"})) == std::vector<numbers>{{7, 5}, {1, 5}, {7, 5}});
    CHECK(csv_samples(folder.file("c.csv", "x,y\n1.00000000000000000001,0\n"), constant({"1"}))
          == std::vector<numbers>{{1, 0}});
    // In a column of categories, of classes and of weights too; but the name of a class is one.
    const std::string town = folder.file("d.csv", "t,k,w\na,1,1\n-1.0,2,1\nb,-1.0,1\nb,2,-1.00\n");
    const data::csv_options drop{
        .targets = {"k"}, .weight = "w", .one_hot = {"t"}, .missing = data::csv_missing::drop, .missing_texts = {"-1"}};
    const auto dropped = data::csv_classes(town, drop);
    CHECK(dropped.size() == 1);
    CHECK(dropped.class_names() == names{"1"});
    auto named = drop;
    named.class_names = {"-1", "1", "2"};
    CHECK(samples_of(data::csv_classes(town, named)) == std::vector<numbers>{{1, 0, 1}, {0, 1, 0}});
    CHECK(samples_of(data::csv_classes_streamed(town, named)) == std::vector<numbers>{{1, 0, 1}, {0, 1, 0}});
}

TEST_CASE("csv: what stands for missing values is a finite number", "[csv]") {
    const temporary_folder folder;
    const std::string path = folder.file("a.csv", "x,y\n1,0\nNA,0\n");
    const double infinity = std::numeric_limits<double>::infinity();
    for (const double bad : {std::numeric_limits<double>::quiet_NaN(), infinity, -infinity, 1e39, -1e300})
        CHECK(
            says(csv_refusal_of(path, {.targets = {"y"}, .missing = data::csv_missing::constant, .missing_value = bad}),
                 ".missing_value", "must be a finite number in the range of a float"));
}

TEST_CASE("csv: texts become one-hot, by name or wherever they are", "[csv]") {
    const temporary_folder folder;
    const std::string path =
        folder.file("a.csv", "rooms,town,floor,price\n3,Delft,2,10\n4,Leiden,1,20\n5, Delft ,10,30\n");
    const std::vector<numbers> named{{3, 1, 0, 2, 10}, {4, 0, 1, 1, 20}, {5, 1, 0, 10, 30}};
    CHECK(csv_samples(path, {.targets = {"price"}, .one_hot = {"town"}}) == named);
    CHECK(csv_samples(path, {.targets = {"price"}, .one_hot_text = true}) == named);
    const auto both = data::csv_values(path, {.targets = {"price"}, .one_hot = {"floor"}, .one_hot_text = true});
    CHECK(both.encoding()->feature_names()
          == names{"rooms", "town=Delft", "town=Leiden", "floor=1", "floor=2", "floor=10"}); // in numeric order
    CHECK(sample_of(both, 2) == numbers{5, 1, 0, 0, 0, 1, 30});
    CHECK(says(csv_refusal_of(path, {.targets = {"price"}}), "column 2 (town)", "'Delft' is not a number",
               ".one_hot = {\"town\"}"));
    CHECK(says(csv_refusal_of(path, {.features = {"rooms"}, .targets = {"price"}, .one_hot = {"town"}}),
               "column 2 (town)", "is not a feature"));
    // A number far below its column's texts, and texts that are missing.
    const std::string late = folder.file("b.csv", "a,y\n1,0\n2,0\nx,0\n?,0\n");
    CHECK(says(csv_refusal_of(late, {.targets = {"y"}, .one_hot_text = true}), "line 5, column 1 (a)",
               "the text is missing"));
    CHECK(csv_samples(late, {.targets = {"y"}, .one_hot_text = true, .missing = data::csv_missing::mean})
          == std::vector<numbers>{{1, 0, 0, 0}, {0, 1, 0, 0}, {0, 0, 1, 0}, {0, 0, 0, 0}});
    CHECK(csv_samples(late, {.targets = {"y"}, .one_hot_text = true, .missing = data::csv_missing::drop}).size() == 3);
    std::string ids = "id,y\n";
    for (int i = 0; i < 1001; ++i) ids += "n" + std::to_string(i) + ",0\n";
    const std::string of_ids = folder.file("c.csv", ids);
    CHECK(says(csv_refusal_of(of_ids, {.targets = {"y"}, .one_hot_text = true}), "line 1002, column 1 (id)",
               "more than 1000 different texts", "Leave it out of the features"));
    CHECK(data::csv_values(of_ids, {.targets = {"y"}, .one_hot = {"id"}}).sample_shape() == strata::shape(1001));
}

TEST_CASE("csv: which columns are texts is told by the lines that stay", "[csv]") {
    const temporary_folder folder;
    const data::csv_options drop{.targets = {"y"}, .one_hot_text = true, .missing = data::csv_missing::drop};
    const auto features = [&](const std::string& text) {
        const std::string path = folder.file("a.csv", text);
        (void)csv_samples(path, drop);
        return data::csv_values(path, drop).encoding()->feature_names();
    };
    // "none" is a text beside other texts, so that its line stays, and b has a text there.
    const std::string beside = "a,b,y\nnone,x,1\nred,2,2\n";
    CHECK(features(beside) == names{"a=none", "a=red", "b=2", "b=x"});
    CHECK(csv_samples(folder / "a.csv", drop) == std::vector<numbers>{{1, 0, 0, 1, 1}, {0, 1, 1, 0, 2}});
    CHECK(features("a,b,y\nnone,x,1\nred,none,2\n") == names{"a=none", "a=red", "b=none", "b=x"});
    CHECK(features("a,b,c,y\nnone,x,1,1\nred,2,none,2\n5,6,blue,3\n")
          == names{"a=5", "a=none", "a=red", "b=2", "b=6", "b=x", "c=1", "c=blue", "c=none"});
    // It is a missing number where only numbers stand, and texts in lines that are left out count nowhere.
    CHECK(features("a,b,y\nnone,x,1\n3,2,2\n") == names{"a", "b"});
    CHECK(csv_samples(folder / "a.csv", drop) == std::vector<numbers>{{3, 2, 2}});
    CHECK(features("a,b,y\nNA,x,1\nred,2,2\n") == names{"a=red", "b"});
    CHECK(features("a,b,y\nblue,1,NA\nred,2,2\ngreen,,3\n") == names{"a=red", "b"});
    CHECK(features("a,b,c,y\n1,none,x,1\n2,none,3,1\n2,5,3,NA\nnone,6,7,1\n4,5,6,7\n") == names{"a", "b", "c"});
    CHECK(says(csv_refusal_of(folder.file("a.csv", "a,b,y\nnone,x,1\nNone,2,2\n"), drop), "no complete sample",
               "2 lines"));
}

TEST_CASE("csv: a second file is read like the first one", "[csv]") {
    const temporary_folder folder;
    const std::string first = folder.file("train.csv", "rooms;town;price\n3;Delft;10\n;Leiden;20\n5;Delft;30\n");
    const auto train = data::csv_values(
        first, {.separator = ';', .targets = {"price"}, .one_hot_text = true, .missing = data::csv_missing::mean});
    CHECK(sample_of(train, 1) == numbers{4, 0, 1, 20});
    // Columns are found by name, a missing number is the first file's mean, and a category may not occur.
    const std::string second = folder.file("test.csv", "price;town;rooms\n7;Leiden;NA\n8;Leiden;100\n");
    CHECK(csv_samples(second, {.like = train}) == std::vector<numbers>{{4, 0, 1, 7}, {100, 0, 1, 8}});
    const auto [some, others] = train.split(0.5, strata::seed{1}); // views know it too
    CHECK(csv_samples(second, {.like = some})[0] == numbers{4, 0, 1, 7});
    CHECK(csv_samples(second, {.like = data::normalised(others, {{0, 0, 0}, {1, 1, 1}})})[1] == numbers{100, 0, 1, 8});
    const std::string strange = folder.file("strange.csv", "price;town;rooms\n7;Gouda;1\n");
    CHECK(says(csv_refusal_of(strange, {.like = train}), "line 2, column 2 (town)",
               "'Gouda' is not one of the 2 categories", "ignore_unknown"));
    CHECK(csv_samples(strange, {.ignore_unknown = true, .like = train}) == std::vector<numbers>{{1, 0, 0, 7}});
    // Without targets, and without a file.
    const std::string fresh = folder.file("new.csv", "town;rooms\nDelft;2\nLeiden;\n");
    CHECK(data::csv_features(fresh, {.like = train}) == numbers{2, 1, 0, 4, 0, 1});
    CHECK(train.encoding()->column_names() == names{"rooms", "town"});
    CHECK(train.encoding()->encode({"2", " Delft"}) == numbers{2, 1, 0});
    CHECK(says(message_of<strata::file_error>([&] { (void)train.encoding()->encode({"two", "Delft"}); }),
               "column 1 (rooms)", "'two' is not a number"));
    CHECK(
        says(message_of<strata::shape_error>([&] { (void)train.encoding()->encode({"2"}); }), "1 texts", "2 feature"));

    const auto flowers = data::csv_classes(folder.file("k.csv", "x,k\n1,b\n2,a\n"), {.targets = {"k"}});
    const auto more = data::csv_classes(folder.file("l.csv", "k,x\nb,5\n"), {.like = flowers});
    CHECK(more.class_names() == names{"a", "b"});
    CHECK(sample_of(more, 0) == numbers{5, 1});
    CHECK(says(message_of<strata::file_error>(
                   [&] { (void)data::csv_values(folder.file("l.csv", "k,x\nb,5\n"), {.like = flowers}); }),
               "classes", "same way"));
    const data::in_memory<> no_file{{.sample = strata::shape(1), .floats = {1}, .labels = {0}, .classes = 1}};
    CHECK(says(message_of<strata::file_error>([&] { (void)data::csv_classes(first, {.like = no_file}); }),
               "did not come from a CSV file"));
}
