// A regression from a CSV file, as docs/files.md shows it: the program that trains, and the one that uses the model.
#include "catch.hpp"
#include "files.hpp"

#include <cstdio>
#include <filesystem>
#include <strata/data.hpp>
#include <strata/files.hpp>
#include <strata/metrics.hpp>
#include <strata/strata.hpp>

namespace {

// clang-format off
namespace training {
// [train]
#include <cstdio>
#include <strata/data.hpp>
#include <strata/metrics.hpp>
#include <strata/strata.hpp>

struct price : strata::network<strata::features<4>, strata::normalise, strata::dense<32>, strata::tanh_activation,
                               strata::dense<1>, strata::denormalise> {};

int main() {
    const auto all = strata::data::csv_values("houses.csv", {.targets = {"price"},
                                                             .without = {"id"},
                                                             .one_hot = {"town"},
                                                             .missing = strata::data::csv_missing::median,
                                                             .ignore_unknown = true});
    std::printf("%d features:", all.sample_shape()[0]); // what features<N> takes
    for (const std::string& name : all.encoding()->feature_names()) std::printf(" %s", name.c_str());
    std::printf("\n"); // 4 features: area rooms town=Delft town=Leiden

    const auto [train, held_out] = all.split(0.9, strata::seed{1});
    strata::model<price> net{strata::seed{1}};
    strata::fit_normalisation(net, train); // the scale of the features
    strata::fit_target_scale(net, train);  // the scale of the prices
    strata::trainer trainer{net, strata::mean_squared_error{}, strata::adam{.rate = 1e-2},
                            strata::root_mean_squared{}, strata::mean_absolute_error{}};
    trainer.fit(train, held_out, {.epochs = 100, .batch = 32});
    const auto result = trainer.evaluate(held_out); // its metrics are in the unit of the prices
    std::printf("off by %.0f (root mean square), %.0f (mean)\n", result.metric,
                result.get<strata::mean_absolute_error>().value());

    net.save("price.safetensors");
    strata::data::save_encoding(*all.encoding(), "price.encoding.csv");
    return 0;
}
// [/train]
} // namespace training

namespace use {
using training::price;
// [use]
#include <cstdio>
#include <strata/data.hpp>
#include <strata/inference.hpp>

int main() {
    strata::model<price> net;
    net.load("price.safetensors");
    const auto encoding = strata::data::load_encoding("price.encoding.csv"); // a std::shared_ptr
    const std::vector<float> row = encoding->encode({"120", "4", "Delft"});  // in the order of column_names()
    std::printf("one house: %.0f\n", double(net(row)[0]));

    const std::vector<float> rows = strata::data::csv_features("new.csv", {.like = encoding});
    for (const float each : net(rows)) std::printf("%.0f\n", double(each));
    return 0;
}
// [/use]
} // namespace use
// clang-format on

} // namespace

TEST_CASE("a regression from a CSV file to a model and its encoding", "[csv]") {
    const strata_tests::temporary_folder folder;
    std::string text = "id,area,rooms,town,price\n";
    for (int i = 0; i < 300; ++i) {
        const int area = 50 + i * 37 % 150, rooms = 2 + i * 7 % 5, delft = i % 2;
        text += "H-" + std::to_string(i) + "," + (i % 50 == 3 ? "" : std::to_string(area)) + "," + std::to_string(rooms)
                + (delft == 1 ? ",Delft," : ",Leiden,") + std::to_string(100000 + 2500 * area + 9000 * rooms * delft)
                + "\n";
    }
    (void)folder.file("houses.csv", text);
    (void)folder.file("new.csv", "id,town,area,rooms\nN-1,Delft,120,4\nN-2,Gouda,80,2\n");
    const auto before = std::filesystem::current_path();
    std::filesystem::current_path(folder / "");
    CHECK(training::main() == 0);
    CHECK(use::main() == 0);
    strata::model<training::price> net;
    net.load("price.safetensors");
    const auto rows =
        strata::data::csv_features("new.csv", {.like = strata::data::load_encoding("price.encoding.csv")});
    CHECK(strata::data::load_encoding("price.encoding.csv")->feature_names()
          == std::vector<std::string>{"area", "rooms", "town=Delft", "town=Leiden"});
    CHECK(rows == std::vector<float>{120, 4, 1, 0, 80, 2, 0, 0});
    CHECK(net(rows)[0] == Approx(436000).epsilon(0.05));
    std::filesystem::current_path(before);
}
