/// The plots that are no lines: scatter_plot, bar_chart, histogram, confusion_plot.
#include "files.hpp"
#include "png_pixels.hpp"
#include "xml.hpp"
#include <algorithm>
#include <cmath>
#include <strata/pictures/bar_chart.hpp>
#include <strata/pictures/confusion_plot.hpp>
#include <strata/pictures/histogram.hpp>
#include <strata/pictures/scatter_plot.hpp>

using namespace strata_tests;
using namespace strata;
using namespace strata::core;

namespace {

template <class Picture>
std::string told(const Picture& p) {
    return message_of<error>([&] { (void)p.to_svg(); });
}
/// The bars of a chart or a histogram, by their colour.
std::vector<element> bars_in(const std::string& svg) {
    std::vector<element> bars;
    for (const element& e : named(read_xml(svg), "rect"))
        if (e.at("fill") == pictures::palette_names[0]) bars.push_back(e);
    return bars;
}

} // namespace

TEST_CASE("scatter_plot: a mark for each point, of its group's colour and shape", "[pictures]") {
    const scatter_plot plot{.title = "Two", .groups = {{"a", {0, 1, NAN}, {0, 1, 2}}, {"b", {2}, {2}}}};
    const auto all = read_xml(plot.to_svg());
    CHECK(named(all, "circle").size() == 2 + 1); // and one in the legend
    CHECK(named(all, "path").size() == 1 + 1);
    CHECK(named(all, "image").empty());
    CHECK(has(words_in(plot.to_svg()), "b"));
}

TEST_CASE("scatter_plot: the regions are those of the function", "[pictures]") {
    scatter_plot plot{.groups = {{"left", {-1, -1}, {-1, 1}}, {"right", {1, 1}, {-1, 1}}}};
    const auto raster_of = [&] {
        return read_png(bytes_of_address(named(read_xml(plot.to_svg()), "image").at(0).at("xlink:href")));
    };
    const auto blue = pictures::palette_colours[0], red = pictures::palette_colours[1];
    const auto tint = [](pictures::colour c, double share) { return pictures::mixed({255, 255, 255}, c, share); };
    plot.decide = [](const std::vector<float>& points) { // scores that leave no doubt
        std::vector<float> scores;
        for (std::size_t i = 0; i < points.size(); i += 2)
            scores.push_back(-100 * points[i]), scores.push_back(100 * points[i]);
        return scores;
    };
    auto raster = raster_of();
    const auto is = [&](unsigned x, unsigned y, pictures::colour c) {
        CHECK(raster.at(x, y, 0) == c.red);
        CHECK(raster.at(x, y, 1) == c.green);
        CHECK(raster.at(x, y, 2) == c.blue);
    };
    is(2, 2, tint(blue, 0.45)), is(raster.width - 3, raster.height - 3, tint(red, 0.45));
    plot.decide =
        [](const std::vector<float>& points) { // probabilities of the second: above y = 0 it is sure, below not at all
            std::vector<float> share;
            for (std::size_t i = 0; i < points.size(); i += 2) share.push_back(points[i + 1] > 0 ? 1.0F : 0.5F);
            return share;
        };
    raster = raster_of();
    is(2, 2, tint(red, 0.45)), is(2, raster.height - 3, tint(blue, 0.08));
    plot.decide = [](const std::vector<float>& points) { return std::vector<float>(points.size(), NAN); };
    raster = raster_of();
    CHECK(raster.at(2, 2) == 255); // white: no group's
    plot.decide = [](const std::vector<float>&) { return std::vector<float>(5); };
    CHECK(
        told(plot).find(
            " points and got 5 numbers; it must return one for each of the 2 groups, or a single one, for each point.")
        != std::string::npos);
}

TEST_CASE("scatter_plot: probabilities are taken as they are, scores by softmax", "[pictures]") {
    scatter_plot plot{.groups = {{"a", {0}, {0}}, {"b", {1}, {1}}}};
    const auto first_pixel = [&](std::vector<float> said) {
        plot.decide = [said](const std::vector<float>& points) {
            std::vector<float> all;
            for (std::size_t i = 0; i < points.size(); i += 2) all.insert(all.end(), said.begin(), said.end());
            return all;
        };
        return read_png(bytes_of_address(named(read_xml(plot.to_svg()), "image").at(0).at("xlink:href"))).at(0, 0);
    };
    CHECK(first_pixel({0.75, 0.25}) == first_pixel({std::log(3.0F), 0})); // softmax of log 3 and 0
    CHECK(first_pixel({0.75, 0.25}) < first_pixel({0.6F, 0.4F}));         // the surer, the darker
}

TEST_CASE("scatter_plot: mistakes are told", "[pictures]") {
    CHECK(told(scatter_plot{.title = "S"})
          == "strata: the scatter plot 'S' has no groups. Set .groups, for example to {{\"cats\", x, y}}.");
    CHECK(told(scatter_plot{.groups = {{"a", {1, 2}, {1}}}})
          == "strata: the scatter plot has a group 'a' of 2 x values and 1 y values. Use the same number of both.");
    CHECK(told(scatter_plot{.groups = {{"a", {}, {}}}})
          == "strata: the scatter plot has a group 'a' without points. Remove it, or add its points.");
    CHECK(told(scatter_plot{.groups = {{"a", {NAN}, {1}}}})
          == "strata: the scatter plot has no points to draw: none is finite.");
}

TEST_CASE("bar_chart: lengths are proportional, names and numbers stand beside", "[pictures]") {
    const bar_chart chart{.title = "Recall",
                          .value_label = "share",
                          .bars = {{"cat", 0.25}, {"dog <", 0.75}, {"none", NAN}, {"owl", -0.5}}};
    const auto bars = bars_in(chart.to_svg());
    REQUIRE(bars.size() == 3);
    CHECK(bars[1].number("width") == Approx(3 * bars[0].number("width")).epsilon(1e-3)); // two decimals
    CHECK(bars[2].number("x") + bars[2].number("width") == Approx(bars[0].number("x")).margin(0.02));
    const auto words = words_in(chart.to_svg());
    for (const char* word : {"Recall", "share", "cat", "dog &lt;", "0.25", "0.75", "\u22120.5", "not a number"})
        CHECK(has(words, word));
    CHECK(told(bar_chart{}) == "strata: the bar chart has no bars. Set .bars, for example to {{\"cat\", 0.9}}.");
    CHECK(told(bar_chart{.bars = std::vector<bar_chart::bar>(501)}).find("501 bars; the maximum is 500")
          != std::string::npos);
}

TEST_CASE("histogram: counts", "[pictures]") {
    histogram h{.title = "Weights", .x_label = "weight", .values = {0, 0.1, 0.2, 1.5, 3, 3.9, 4}, .bins = 4};
    auto bars = bars_in(h.to_svg()); // [0,1) 3, [1,2) 1, [2,3) none, [3,4] 3
    REQUIRE(bars.size() == 3);
    CHECK(bars[0].number("height") == Approx(3 * bars[1].number("height")).epsilon(1e-3));
    CHECK(bars[0].number("height") == bars[2].number("height"));
    CHECK(bars[2].number("x") - bars[0].number("x") == Approx(3 * bars[0].number("width")).epsilon(1e-3));
    h.values.push_back(NAN), h.values.push_back(INFINITY);
    CHECK(has(words_in(h.to_svg()), "2 of 9 not finite"));
    CHECK(bars_in(h.to_svg()).size() == 3);
    h.log_y = true;
    bars = bars_in(h.to_svg());
    CHECK(bars[1].number("height") > 1); // a bar of one is one
    h.values = {2, 2, 2}, h.bins = 0;
    CHECK(bars_in(h.to_svg()).size() == 1);
}

TEST_CASE("histogram: the number of bins suits the numbers", "[pictures]") {
    histogram h;
    for (int i = 0; i < 1000; ++i) h.values.push_back(i);
    CHECK(bars_in(h.to_svg()).size() == 10); // 2 * 500 / 10 wide
    h.values = {1, 2, 3};
    CHECK(bars_in(h.to_svg()).size() == 3);          // of five
    h.values.assign(1000, 0), h.values.push_back(1); // the middle half has no width
    CHECK(bars_in(h.to_svg()).size() == 2);
    CHECK(told(histogram{.title = "W"}) == "strata: the histogram 'W' has no numbers. Set .values.");
    CHECK(told(histogram{.values = {NAN}})
          == "strata: the histogram has 1 numbers, none of them finite. Did the training diverge?");
    CHECK(told(histogram{.values = {1}, .bins = -1})
          == "strata: the histogram was given -1 bins; use 1 to 1000, or 0 for automatic.");
}

TEST_CASE("numbers that are finite and no more than that are drawn", "[pictures]") {
    const auto numbers = [](const std::string& svg) { // each attribute that places something is one
        for (const element& e : read_xml(svg))
            for (const auto& [name, value] : e.attributes)
                if (name == "x" || name == "y" || name == "width" || name == "height" || name == "cx" || name == "cy")
                    if (!std::isfinite(e.number(name))) return false;
        return svg.find("nan") == std::string::npos && svg.find("inf") == std::string::npos;
    };
    for (const auto& values :
         std::vector<std::vector<double>>{{0, 5e-324}, {1e-322, 2e-322, 2e-322}, {-9e299, 9e299}, {1e-320}})
        for (const int bins : {0, 4, 1000}) {
            CAPTURE(values[0], bins);
            const histogram h{.values = values, .bins = bins};
            CHECK(numbers(h.to_svg()));
            CHECK(bars_in(h.to_svg()).size() == (values[0] < 0 ? 2U : 1U));
        }
    const bar_chart bars{.bars = {{"a", 5e-324}, {"b", -1e-310}, {"c", 0}}};
    CHECK(numbers(bars.to_svg()));
    const auto words = words_in(bars.to_svg());
    CHECK(std::count(words.begin(), words.end(), "0") == 3 + 1); // theirs, and the axis'
    CHECK(numbers(scatter_plot{.groups = {{"", {1e-322, 2e-322}, {-9e299, 9e299}}}}.to_svg()));
}

TEST_CASE("confusion_plot: cells with counts, coloured by their share of the row", "[pictures]") {
    confusion_plot plot{.title = "Test", .counts = class_counts(2), .classes = {"cat", "a dog & a large one"}};
    for (int i = 0; i < 90; ++i) plot.counts.add(0, 0);
    for (int i = 0; i < 10; ++i) plot.counts.add(0, 1);
    for (int i = 0; i < 9; ++i) plot.counts.add(1, 1);
    plot.counts.add(1, 0);
    auto words = words_in(plot.to_svg());
    for (const char* word : {"Test", "cat", "a dog &amp; a large one", "90", "10", "9", "1", "actual", "predicted",
                             "110 samples, accuracy 0.9"})
        CHECK(has(words, word));
    const auto cells = [&] {
        std::vector<std::string> colours;
        for (const element& e : named(read_xml(plot.to_svg()), "rect"))
            if (e.at("stroke") == "#ffffff") colours.push_back(e.at("fill"));
        return colours;
    };
    REQUIRE(cells().size() == 4);
    CHECK(cells()[0] == cells()[3]); // nine tenths of each row
    CHECK(cells()[1] == cells()[2]);
    CHECK(cells()[0] != cells()[1]);
    CHECK_FALSE(has(words, "not a number"));
    plot.counts.add(-1, 1);
    CHECK(has(words_in(plot.to_svg()), "not a number"));
    CHECK(cells().size() == 6); // a row more, no column
    CHECK(told(confusion_plot{})
          == "strata: the confusion plot has no samples. Set .counts to a filled confusion_matrix.");
    plot.classes.pop_back();
    CHECK(told(plot)
          == "strata: the confusion plot 'Test' has 2 classes and 1 names. Give one name per class, or none.");
}

TEST_CASE("confusion_plot: a legend says what the colours are, and numbers are counts or percentages", "[pictures]") {
    confusion_plot plot{.counts = class_counts(2)};
    for (int i = 0; i < 2999; ++i) plot.counts.add(0, 0);
    plot.counts.add(0, 1);
    for (int i = 0; i < 7; ++i) plot.counts.add(1, 1);
    plot.counts.add(1, 0);
    auto words = words_in(plot.to_svg());
    for (const char* word : {"2999", "1", "7", "colour: share of the actual class", "0 %", "100 %"}) {
        INFO(word);
        CHECK(has(words, word));
    }
    const auto all = read_xml(plot.to_svg());
    const double width = all[0].number("width"), height = all[0].number("height");
    std::vector<std::string> colours;
    for (const element& e : named(all, "rect")) {
        CHECK(e.number("width") + (e.at("x").empty() ? 0 : e.number("x")) <= width);
        if (e.at("stroke").empty() && e.at("class").empty()) colours.push_back(e.at("fill"));
    }
    CHECK(colours.size() == 25);
    CHECK(colours.front() != colours.back());
    for (const element& e : named(all, "text"))
        if (!e.at("y").empty()) CHECK(e.number("y") < height);
    plot.shares = true;
    words = words_in(plot.to_svg());
    for (const char* word :
         {"&gt;99.9", "&lt;0.1", "87.5", "12.5", "colour and numbers: percent of the actual class"}) {
        INFO(word);
        CHECK(has(words, word));
    }
    CHECK_FALSE(has(words, "2999"));
    for (const element& e : named(read_xml(plot.to_svg()), "text")) // short names of columns are not turned
        if (e.text == "0") CHECK(e.at("transform").empty());
    plot.counts.add(-1, 0); // a long name of a row changes nothing of that
    for (const element& e : named(read_xml(plot.to_svg()), "text"))
        if (e.text == "0") CHECK(e.at("transform").empty());
    CHECK(has(words, "3008 samples, accuracy 0.9993")); // a count all the same
}

TEST_CASE("bar_chart: numbers stand inside the bars or behind them, and nothing is cut", "[pictures]") {
    const std::string long_name = "a name that is so long that it takes several lines of a narrow chart";
    for (const double width : {400.0, 560.0}) {
        const bar_chart chart{.bars = {{long_name, 1234.5}, {"b", 0.001}, {"c", -900}, {"d", 1}, {"\u6f22\u5b57", NAN}},
                              .width = width};
        const auto all = read_xml(chart.to_svg());
        std::string names;
        for (const element& e : named(all, "text")) {
            INFO(e.text);
            const double length = pictures::text_width(e.text, e.number("font-size")), x = e.number("x");
            const double from = e.at("text-anchor") == "end"      ? x - length
                                : e.at("text-anchor") == "middle" ? x - length / 2
                                                                  : x;
            CHECK(from >= 0);
            CHECK(from + length <= width);
            names += (names.empty() ? "" : " ") + e.text;
        }
        CHECK(names.find("\u2026") == std::string::npos);
        CHECK(names.find(long_name) != std::string::npos);
        const auto bars = bars_in(chart.to_svg());
        REQUIRE(bars.size() == 4);
        for (const element& e : named(all, "text")) {
            const auto inside = [&](const element& b) {
                return e.number("x") > b.number("x") && e.number("x") < b.number("x") + b.number("width");
            };
            if (e.text == "1235" || e.text == "1234") CHECK((e.at("fill") == "#ffffff" && inside(bars[0])));
            if (e.text == "\u2212900") CHECK((e.at("fill") == "#ffffff" && inside(bars[2])));
            if (e.text == "0.001") CHECK((e.at("class") == "ink" && !inside(bars[1])));
        }
        CHECK(bars[0].number("height") > bars[1].number("height")); // as high as its name
        for (std::size_t i = 1; i < bars.size(); ++i)
            CHECK(bars[i].number("y") >= bars[i - 1].number("y") + bars[i - 1].number("height"));
    }
}
