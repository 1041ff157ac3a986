#include "files.hpp"
#include "xml.hpp"

#include <strata/pictures/report.hpp>
#include <strata/train/metrics/accuracy.hpp>
#include <strata/train/metrics/counts/confusion_matrix.hpp>

#include <algorithm>
#include <cmath>
#include <tuple>

using namespace strata_tests;
using strata::report;

namespace {

/// HTML as XML: without what HTML leaves open and without the style.
std::vector<element> read_html(std::string html) {
    const std::string kind = "<!DOCTYPE html>\n";
    REQUIRE(html.substr(0, kind.size()) == kind);
    html.erase(0, kind.size());
    const std::size_t style = html.find("<style>"), end = html.find("</style>");
    REQUIRE(style < end);
    html.erase(style, end + 8 - style);
    for (std::size_t at = html.find("<meta"); at != std::string::npos; at = html.find("<meta", at + 1))
        html.insert(html.find('>', at), "/");
    return read_xml(html);
}
bool has_row(const std::vector<element>& all, const std::string& name, const std::string& value) {
    for (std::size_t i = 0; i + 1 < all.size(); ++i)
        if ((all[i].name == "th" || all[i].name == "dt") && all[i].text == name && all[i + 1].text == value)
            return true;
    return false;
}
/// Anything with to_svg() is a picture.
struct drawn {
    [[nodiscard]] std::string to_svg() const {
        return "<svg xmlns=\"http://www.w3.org/2000/svg\" data-mine=\"yes\"/>\n";
    }
};

strata::history short_history() {
    strata::history h;
    h.metric_names = {"accuracy"}, h.higher_is_better = {true};
    for (int epoch = 1; epoch <= 2; ++epoch) {
        strata::epoch_record e;
        e.epoch = epoch, e.loss = 0.123456 * epoch, e.seconds = 40;
        e.set_metrics({0.5}), e.set_held_out(1, {0.25});
        h.epochs.push_back(e);
    }
    return h;
}

} // namespace

TEST_CASE("report: says what it was given, and loads nothing", "[pictures]") {
    const report page{
        .title = "A <run> & more",
        .history = short_history(),
        .network = "layer  dense<10>\n",
        .seed = strata::seed{7},
        .settings = {{"optimiser", "adam"}, {"rate", 2e-3}, {"batch", 64}, {"shuffle", true}, {"clip", 0.1F}},
        .sections = {{"Pictures", "One.\n\nTwo < three.", {drawn{}, strata::line_plot{.series = {{"", {1, 2}}}}}},
                     {"Words", "alone"}},
        .date = "2000-01-01"};
    const std::string html = page.to_html();
    const auto all = read_html(html);
    CHECK(named(all, "title").at(0).text == "A &lt;run&gt; &amp; more");
    CHECK(named(all, "h1").at(0).text == "A &lt;run&gt; &amp; more");
    for (const auto& [name, value] : {std::pair("seed", "7"),
                                      {"optimiser", "adam"},
                                      {"rate", "0.002"},
                                      {"batch", "64"},
                                      {"shuffle", "true"},
                                      {"clip", "0.1"},
                                      {"date", "2000-01-01"},
                                      {"epochs", "2"},
                                      {"time", "1 min 20 s"},
                                      {"loss", "0.2469"},
                                      {"accuracy", "0.5"},
                                      {"held-out loss", "1"},
                                      {"held-out accuracy", "0.25"}}) {
        INFO(name);
        CHECK(has_row(all, name, value));
    }
    CHECK(has_row(all, "strata",
                  strata::sentence({STRATA_VERSION_MAJOR, ".", STRATA_VERSION_MINOR, ".", STRATA_VERSION_PATCH})));
    std::vector<std::string> headings, paragraphs;
    for (const element& e : named(all, "h2")) headings.push_back(e.text);
    for (const element& e : named(all, "p")) paragraphs.push_back(e.text);
    CHECK(headings
          == std::vector<std::string>{"Curves", "Pictures", "Words", "Settings", "Network", "Epochs", "Machine"});
    CHECK(paragraphs == std::vector<std::string>{"One.", "Two &lt; three.", "alone"});
    CHECK(named(all, "figure").size() == 2 + 2);
    CHECK(html.find("data-mine=\"yes\"") != std::string::npos);
    CHECK(named(all, "pre").at(0).text == "layer  dense&lt;10&gt;\n");
    CHECK(named(all, "script").empty());
    for (const element& e : all)
        for (const auto& [name, value] : e.attributes)
            if (name == "src" || name == "href" || name == "xlink:href") CHECK(value.substr(0, 5) == "data:");
    CHECK(html.find("url(") == std::string::npos);
    CHECK(page.to_html() == html);
}

TEST_CASE("report: of little, or of a run that went wrong", "[pictures]") {
    const report nothing;
    auto all = read_html(nothing.to_html());
    CHECK(named(all, "h2").size() == 1); // the machine
    CHECK_FALSE(has_row(all, "compiler", "unknown"));
    report wrong{.history = short_history()};
    for (auto& e : wrong.history.epochs) e.loss = e.held_out_loss = NAN;
    all = read_html(wrong.to_html());
    CHECK(named(all, "figure").size() == 1); // the accuracy's
    CHECK_FALSE(has_row(all, "loss", "nan"));
    wrong.history.interrupted = true;
    CHECK(has_row(read_html(wrong.to_html()), "epochs (interrupted)", "2"));
}

TEST_CASE("report: metrics have their standard errors", "[pictures]") {
    report page{.history = short_history()};
    for (auto& e : page.history.epochs) e.set_metrics({0.5}, {0.0125}), e.set_held_out(1, {0.25}, {0.0375});
    const auto all = read_html(page.to_html());
    CHECK(has_row(all, "accuracy", "0.5 \u00b1 0.013"));
    CHECK(has_row(all, "held-out accuracy", "0.25 \u00b1 0.037"));
    CHECK(named(all, "pre").at(0).text.find("0.25 +- 0.037") != std::string::npos);
}

TEST_CASE("report: is written as a file, or says why not", "[pictures]") {
    const temporary_folder folder;
    const report page{.date = "today"};
    page.save(folder / "run.html");
    CHECK(temporary_folder::names_in(folder.path()) == std::vector<std::string>{"run.html"});
    CHECK(message_of<strata::file_error>([&] { page.save("/nowhere/run.html"); }).find("cannot write /nowhere/run.html")
          != std::string::npos);
}

TEST_CASE("this_machine: the CPU's name", "[pictures]") {
    using strata::pictures::cpu_name_in;
    CHECK(cpu_name_in("processor\t: 0\nmodel name\t: A Fine CPU @ 2.00GHz\nstepping\t: 1\n") == "A Fine CPU @ 2.00GHz");
    CHECK(cpu_name_in("model name\t: last line") == "last line");
    CHECK(cpu_name_in("").find("unknown") == 0);
    CHECK(strata::pictures::describe_this_machine<1U << 3 | 1U << 4>().instructions == "avx2 fma");
}

namespace {
/// What trainer.evaluate gives, as far as a report asks.
struct evaluated {
    double loss = 0.5;
    std::tuple<strata::accuracy, strata::confusion_matrix<2>> metrics{};
};
/// The text of each element, with the names of those around it.
bool is_within(const std::string& html, const std::string& what, const std::string& around) {
    const std::size_t at = html.find(what), begin = html.rfind("<" + around, at);
    return at != std::string::npos && begin != std::string::npos && html.find("</" + around, begin) > at;
}
} // namespace

TEST_CASE("report: fills in what the trainer knows, and a setting given replaces it", "[pictures]") {
    report page{.history = short_history()};
    strata::run_description& run = page.history.run;
    run.loss = "cross_entropy", run.optimiser = "sgd", run.rate = 0.25, run.momentum = 0.5, run.batch = 64;
    run.samples = 54000, run.seed = strata::seed{7}, run.policy = "cpu", run.threads = 2, run.clip_norm = 3;
    run.nesterov = true, run.groups = {"stem: rate x 0.1", "all_biases: weight decay x 0"};
    auto all = read_html(page.to_html());
    for (const auto& [name, value] : {std::pair("seed", "7"),
                                      {"loss", "cross_entropy"},
                                      {"optimiser", "sgd"},
                                      {"rate", "0.25"},
                                      {"momentum", "0.5"},
                                      {"nesterov", "true"},
                                      {"parameter groups", "stem: rate x 0.1; all_biases: weight decay x 0"},
                                      {"batch", "64"},
                                      {"gradient's norm at most", "3"},
                                      {"training samples", "54000"},
                                      {"policy", "cpu"},
                                      {"threads", "2"}}) {
        INFO(name);
        CHECK(has_row(all, name, value));
    }
    CHECK_FALSE(has_row(all, "weight decay", "0"));
    CHECK_FALSE(has_row(all, "dampening", "0"));
    page.settings = {{"optimiser", "SGD by hand"}, {"data", "digits"}}, page.seed = strata::seed{8};
    all = read_html(page.to_html());
    CHECK(has_row(all, "optimiser", "SGD by hand"));
    CHECK_FALSE(has_row(all, "optimiser", "sgd"));
    CHECK(has_row(all, "data", "digits"));
    CHECK(has_row(all, "seed", "8"));
    CHECK_FALSE(has_row(all, "seed", "7"));
}

TEST_CASE("report: has a place for the result of a test", "[pictures]") {
    report page{.history = short_history()};
    evaluated e;
    const float right[] = {1, 0}, target[] = {1, 0};
    std::get<0>(e.metrics).add(right, target, 2), std::get<1>(e.metrics).add(right, target, 2);
    page.test = e;
    auto all = read_html(page.to_html());
    CHECK(has_row(all, "test loss", "0.5"));
    CHECK(has_row(all, "test accuracy", "1 \u00b1 0"));
    std::size_t accuracies = 0; // the matrix says the same, and is not told again
    for (const element& d : named(all, "dt")) accuracies += d.text == "test accuracy";
    CHECK(accuracies == 1);
    page.test = std::get<1>(e.metrics); // a metric alone
    all = read_html(page.to_html());
    CHECK(has_row(all, "test accuracy", "1 \u00b1 0"));
    CHECK_FALSE(has_row(all, "test loss", "0.5"));
    page.test = {{"top_5", 0.75, 0.125}, {"loss", 2}, {"recall", NAN}};
    all = read_html(page.to_html());
    CHECK(has_row(all, "test top-5 accuracy", "0.75 \u00b1 0.12"));
    CHECK(has_row(all, "test loss", "2"));
    page.history = {};
    CHECK(has_row(read_html(page.to_html()), "test loss", "2")); // without a fit
}

TEST_CASE("report: long tables are folded, short ones are not", "[pictures]") {
    report page{.history = short_history(), .network = "layer\nrow\n"};
    CHECK(page.to_html().find("<details>") == std::string::npos);
    for (int i = 3; i <= 21; ++i) page.history.epochs.push_back(page.history.epochs[0]);
    for (int i = 0; i < 40; ++i) page.network += "another row\n";
    std::string html = page.to_html();
    const auto all = read_html(html);
    std::vector<std::string> summaries;
    for (const element& e : named(all, "summary")) summaries.push_back(e.text);
    CHECK(summaries == std::vector<std::string>{"table of 42 lines", "table of 21 epochs"});
    CHECK(is_within(html, "another row", "details"));
    CHECK(is_within(html, "epoch        loss", "details"));
    for (int i = 0; i < 31; ++i) page.settings.emplace_back(strata::sentence({"setting ", i}), i);
    html = page.to_html();
    CHECK(is_within(html, "setting 30", "details"));
}
