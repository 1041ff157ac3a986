#include "files.hpp"
#include "xml.hpp"
#include <cmath>
#include <strata/pictures/line_plot.hpp>

using namespace strata_tests;
using strata::error, strata::line_plot;

namespace {

std::vector<element> paths_in(const line_plot& plot) { return named(read_xml(plot.to_svg()), "path"); }

/// How often a path begins anew.
int stretches(const std::string& path) {
    int count = 0;
    for (const char c : path) count += c == 'M';
    return count;
}

} // namespace

TEST_CASE("line_plot: title, labels, legend, and a path for each curve", "[pictures]") {
    const std::vector<float> floats{3, 2, 1};
    const line_plot plot{.title = "Loss & more",
                         .x_label = "epoch",
                         .y_label = "nats",
                         .series = {{"training", floats}, {"held-out", {4, 3, 2.5}}}};
    const auto words = words_in(plot.to_svg());
    for (const char* word : {"Loss &amp; more", "epoch", "nats", "training", "held-out", "1", "2", "3"})
        CHECK(has(words, word));
    const auto paths = paths_in(plot);
    REQUIRE(paths.size() == 2);
    CHECK(paths[0].at("stroke") != paths[1].at("stroke"));
    const auto points = points_of(paths[0].at("d"));
    REQUIRE(points.size() == 3);
    CHECK(points[1].first - points[0].first == Approx(points[2].first - points[1].first).margin(0.02)); // x is 1, 2, 3
    CHECK(points[1].second - points[0].second == Approx(points[2].second - points[1].second).margin(0.02));
    CHECK(points[0].second < points[2].second); // upwards is less
    CHECK(plot.to_svg() == plot.to_svg());
}

TEST_CASE("line_plot: everything lies within the picture, at any size", "[pictures]") {
    for (const double width : {160.0, 300.0, 640.0, 2000.0})
        for (const bool log : {false, true}) {
            const line_plot plot{.title = "A title of some length, broken",
                                 .x_label = "x",
                                 .y_label = "y",
                                 .series = {{"one", {1, 20, 3000}}},
                                 .markers = {{1, "first"}, {3, "the last one"}},
                                 .bands = {{1.5, 2.5, "between"}},
                                 .log_y = log,
                                 .width = width,
                                 .height = 300};
            const auto all = read_xml(plot.to_svg());
            for (const element& e : named(all, "text")) {
                if (e.attributes.count("transform")) continue;
                const double length = strata::pictures::text_width(e.text, e.number("font-size"));
                const double left = e.number("x")
                                    - (e.at("text-anchor") == "middle" ? length / 2
                                       : e.at("text-anchor") == "end"  ? length
                                                                       : 0);
                INFO(width << ": " << e.text);
                CHECK(left >= 0);
                CHECK(left + length <= width + 0.01);
                CHECK((e.number("y") >= 0 && e.number("y") <= 300));
            }
            for (const auto& [x, y] : points_of(named(all, "path").at(0).at("d")))
                CHECK((x >= 0 && x <= width && y >= 0 && y <= 300));
        }
}

TEST_CASE("line_plot: labels of x do not run into one another", "[pictures]") {
    for (const double width : {160.0, 240.0, 640.0}) {
        const line_plot plot{.series = {{"", {1, 2}, {0, 123456}}}, .width = width, .height = 200};
        double end = -100, bottom = 0;
        for (const element& e : named(read_xml(plot.to_svg()), "text")) bottom = std::max(bottom, e.number("y"));
        for (const element& e : named(read_xml(plot.to_svg()), "text")) {
            if (e.number("y") < bottom) continue; // those of y
            const double half = strata::pictures::text_width(e.text, e.number("font-size")) / 2;
            CHECK(e.number("x") - half >= end);
            end = e.number("x") + half;
        }
        CHECK(end > 0);
    }
}

TEST_CASE("line_plot: what is not finite is a gap, and a lone point a dot", "[pictures]") {
    line_plot plot{.series = {{"", {1, 2, NAN, 3, INFINITY, 4, 5}}}};
    auto paths = paths_in(plot);
    REQUIRE(paths.size() == 1);
    CHECK(stretches(paths[0].at("d")) == 2); // 1 2 and 4 5
    CHECK(named(read_xml(plot.to_svg()), "circle").size() == 5);
    plot.log_y = true;
    plot.series = {{"", {1, 10, 0, -5, 100, 1000}}};
    paths = paths_in(plot);
    CHECK(stretches(paths[0].at("d")) == 2);
    const auto points = points_of(paths[0].at("d"));
    CHECK(points[0].second - points[1].second
          == Approx(points[2].second - points[3].second).margin(0.02)); // a decade is a decade
}

TEST_CASE("line_plot: of many points each column keeps its extremes, and the picture stays small", "[pictures]") {
    line_plot plot{.series = {{"", {}}}};
    for (int i = 0; i < 1'000'000; ++i)
        plot.series[0].y.push_back(i == 123'456 ? 50 : i == 654'321 ? -50 : std::sin(i * 0.1));
    const std::string svg = plot.to_svg();
    CHECK(svg.size() < 60'000);
    const auto points = points_of(named(read_xml(svg), "path").at(0).at("d"));
    CHECK(points.size() <= 4 * 640);
    double least = 1e9, most = 0;
    for (const auto& [x, y] : points) least = std::min(least, y), most = std::max(most, y);
    plot.series[0].y = {50, -50};
    const auto both = points_of(paths_in(plot).at(0).at("d"));
    CHECK(least == Approx(both[0].second).margin(0.06));
    CHECK(most == Approx(both[1].second).margin(0.06));
}

TEST_CASE("line_plot: markers and bands, their words in rows where they would meet", "[pictures]") {
    const line_plot plot{.series = {{"", std::vector<int>(20, 1)}},
                         .markers = {{9, "early stopping here"}, {10, "and here"}, {15, ""}, {NAN, "never"}},
                         .bands = {{1, 3, "warm-up"}}};
    const auto all = read_xml(plot.to_svg());
    std::map<std::string, element> words;
    for (const element& e : named(all, "text")) words[e.text] = e;
    CHECK(words["early stopping here"].number("y") != words["and here"].number("y"));
    CHECK(words.count("warm-up") == 1);
    CHECK(words.count("never") == 0);
    int dashed = 0, shaded = 0;
    for (const element& e : all)
        dashed += e.name == "line" && e.at("stroke-dasharray") == "4 3",
            shaded += e.attributes.count("fill-opacity") == 1;
    CHECK(dashed == 3);
    CHECK(shaded == 1);
}

TEST_CASE("line_plot: a band between the largest numbers of a logarithmic axis has its words", "[pictures]") {
    const line_plot plot{.series = {{"", {1, 2}, {1e-200, 1e200}}},
                         .bands = {{1e190, 1e200, "large"}, {1e-200, 1e-190, "small"}},
                         .log_x = true};
    const auto words = words_in(plot.to_svg());
    CHECK(has(words, "large"));
    CHECK(has(words, "small"));
}

TEST_CASE("line_plot: more curves than colours differ by their dashes", "[pictures]") {
    line_plot plot;
    for (int i = 0; i < 15; ++i) plot.series.push_back({"curve " + std::to_string(i), {1.0 * i, 2.0 * i}});
    std::vector<std::string> looks;
    for (const element& e : paths_in(plot)) looks.push_back(e.at("stroke") + e.at("stroke-dasharray"));
    REQUIRE(looks.size() == 15);
    std::sort(looks.begin(), looks.end());
    CHECK(std::unique(looks.begin(), looks.end()) == looks.end());
}

TEST_CASE("line_plot: mistakes are told, with the file", "[pictures]") {
    const auto told = [](const line_plot& plot) { return message_of<error>([&] { (void)plot.to_svg(); }); };
    CHECK(told({.title = "Loss"})
          == "strata: the line plot 'Loss' has no series. Set .series, for example to {{\"training\", numbers}}.");
    CHECK(told({.series = {{"a", {}}}})
          == "strata: the line plot has a series 'a' without numbers. Remove it, or add its numbers.");
    CHECK(told({.series = {{"a", {1, 2}, {1}}}})
          == "strata: the line plot has a series 'a' of 2 y values and 1 x values. Use the same number of both.");
    CHECK(told({.series = {{"a", {NAN, INFINITY}}}})
          == "strata: the line plot has no points to draw: none is finite. Did the training diverge?");
    CHECK(told({.series = {{"a", {1}}}, .width = 20})
          == "strata: the line plot is 20 by 400; .width must be from 160 to 4000, and .height from 120 to 4000.");
    CHECK(message_of<error>([] {
              line_plot{.title = "Loss"}.save("/nowhere/loss.svg");
          }).find("strata: /nowhere/loss.svg: the line plot 'Loss' has no series.")
          == 0);
    const line_plot sound{.series = {{"a", {1, 2}}}};
    CHECK(message_of<strata::file_error>([&] {
              sound.save("/nowhere/loss.svg");
          }).find("strata: cannot write /nowhere/loss.svg: ")
          == 0);
    const temporary_folder folder;
    sound.save(folder / "loss.svg");
    CHECK(temporary_folder::names_in(folder.path()) == std::vector<std::string>{"loss.svg"});
}

TEST_CASE("plot_numbers: are made of ranges of numbers, not of texts", "[pictures]") {
    using strata::plot_numbers;
    const float array[] = {1, 2.5F};
    CHECK(plot_numbers(array) == std::vector<double>{1, 2.5});
    CHECK(plot_numbers(std::vector<int>{3}) == std::vector<double>{3});
    CHECK(plot_numbers{7} == std::vector<double>{7});
    STATIC_REQUIRE_FALSE(std::is_constructible_v<plot_numbers, const char(&)[4]>);
    STATIC_REQUIRE_FALSE(std::is_constructible_v<plot_numbers, std::string>);
    STATIC_REQUIRE_FALSE(std::is_constructible_v<plot_numbers, std::vector<std::string>>);
}
