/// net.predict(data): the outputs of net(x), for data sets of every kind and any number of threads.
#include "catch.hpp"
#include "files.hpp"
#include "random_numbers.hpp"

#include <strata/data/csv/csv.hpp>
#include <strata/data/csv/streamed_csv.hpp>
#include <strata/data/views/subset.hpp>
#include <strata/reference/reference.hpp>
#include <strata/strata.hpp>

#include <fstream>
#include <stdexcept>

using namespace strata;
using namespace strata::core;
using namespace strata_tests;

namespace {

struct small : network<image<1, 4, 4>, conv<3, 3>, relu, flatten, dense<5>> {};

data::contents numbered(std::size_t samples) {
    data::contents c{.sample = shape(1, 4, 4)};
    c.floats = random_numbers<float>(static_cast<long long>(samples * 16), 7);
    return c;
}
/// A data set of a user's own, which cannot read one of its samples.
struct broken {
    using target_type = data::class_index;
    std::size_t size() const { return 500; }
    shape sample_shape() const { return shape(1, 4, 4); }
    int classes() const { return 5; }
    void read(std::size_t i, data::key, std::span<float>, target_type&) const {
        if (i == 321) throw std::runtime_error("sample 321 cannot be read");
    }
};

} // namespace

TEST_CASE("predict gives what net(x) gives for each sample, on any number of threads, with targets of both kinds") {
    for (const std::size_t samples : {std::size_t{1}, std::size_t{64}, std::size_t{65}, std::size_t{300}}) {
        auto c = numbered(samples);
        c.labels.assign(samples, 3), c.classes = 5;
        const data::in_memory<> classes(c);
        auto v = numbered(samples);
        v.targets.assign(samples * 2, 1.0f), v.target = shape(2);
        const data::in_memory<data::values> values(v);
        for (const int threads : {1, 3}) {
            const model<small> net{seed{1}, cpu{.threads = threads}};
            const auto y = net.predict(classes);
            REQUIRE(y.size() == samples * 5);
            CHECK(y == net.predict(values));
            for (std::size_t i = 0; i < samples; ++i) {
                const auto one = net(std::span<const float>(v.floats).subspan(i * 16, 16));
                CHECK(std::equal(one.begin(), one.end(), y.begin() + static_cast<std::ptrdiff_t>(i * 5)));
            }
        }
    }
}

TEST_CASE("predict under another policy, in double, of a part of a data set, and of none") {
    auto c = numbered(100);
    c.labels.assign(100, 1), c.classes = 5;
    const data::in_memory<> all(c);
    const auto [first, second] = all.split(0.3, seed{1});
    const model<small, reference, fp64> net{seed{1}};
    const auto y = net.predict(second);
    REQUIRE(y.size() == 70 * 5);
    std::vector<float> x(16);
    data::class_index target;
    second.read(69, {}, x, target);
    const auto last = net(std::vector<double>(x.begin(), x.end()));
    CHECK(std::equal(last.begin(), last.end(), y.end() - 5));
    data::contents none{.sample = shape(1, 4, 4)};
    none.classes = 5;
    CHECK(net.predict(data::in_memory<>(none)).empty());
}

TEST_CASE("predict refuses samples of another shape, and hands on what reading throws") {
    const model<small> net{seed{1}, cpu{.threads = 2}};
    data::contents c{.sample = shape(4, 4)};
    c.sample = shape(16), c.floats.assign(16, 0.0f), c.labels = {0}, c.classes = 2;
    CHECK(says(message_of<shape_error>([&] { (void)net.predict(data::in_memory<>(c)); }), "samples [16]",
               "the network takes [1, 4, 4]"));
    CHECK(says(message_of<std::runtime_error>([&] { (void)net.predict(broken{}); }), "sample 321 cannot be read"));
}

TEST_CASE("samples that do not fit are told with the input that would, and with the names of a CSV file's features") {
    struct six : network<features<6>, dense<1>> {};

    model<six> net{seed{1}};
    const auto of = [](const shape& sample) {
        data::contents c{.sample = sample};
        c.floats.assign(static_cast<std::size_t>(sample.size()), 0.0f), c.target = shape(1), c.targets = {0};
        return data::in_memory<data::values>(std::move(c));
    };
    const auto refusal = [&](const auto& data) { return message_of<shape_error>([&] { (void)net.predict(data); }); };
    CHECK(refusal(of(shape(14)))
          == "strata: the data have samples [14], but the network takes [6]. Begin the network with features<14>.");
    CHECK(refusal(of(shape(1, 2, 3)))
          == "strata: the data have samples [1, 2, 3], but the network takes [6]. Begin the network with image<1, 2, "
             "3>, or reshape the data to [6].");

    const temporary_folder folder;
    std::ofstream(folder / "houses.csv") << "rooms,town,price\n3,Delft,1\n4,Leiden,2\n";
    const data::csv_options options{.targets = {"price"}, .one_hot_text = true};
    const std::string names = "\nThe features are: rooms, town=Delft, town=Leiden.";
    const auto houses = data::csv_values(folder / "houses.csv", options);
    CHECK(refusal(houses)
          == "strata: the data have samples [3], but the network takes [6]. Begin the network with features<3>."
                 + names);
    CHECK(says(refusal(data::streamed_csv<data::values>(folder / "houses.csv", options)), names));
    trainer trainer{net, mean_squared_error{}, sgd{}};
    const auto fit = [&](const auto& data) {
        return message_of<shape_error>([&] { trainer.fit(data, {.epochs = 1, .progress = false}); });
    };
    CHECK(fit(houses)
          == "strata: the training data have samples [3], but the network takes [6]. Begin the network with "
             "features<3>."
                 + names);
    CHECK(says(fit(data::subset(houses, {0, 1})), names)); // a view of them
    std::ofstream wide(folder / "wide.csv");
    for (int i = 0; i < 60; ++i) wide << "column" << i << ",";
    wide << "price\n";
    for (int i = 0; i < 60; ++i) wide << i << ",";
    wide << "1\n", wide.close();
    const std::string cut = refusal(data::csv_values(folder / "wide.csv", options));
    CHECK(says(cut, "features<60>", "The features are: column0, column1, ", ", ..."));
    CHECK(cut.size() - cut.find("\nThe features") < 130);
    CHECK(cut.find("column20") == std::string::npos);
}
