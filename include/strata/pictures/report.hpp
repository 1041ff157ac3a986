#pragma once
/// report — a self-contained HTML page about a run: curves, network, settings, machine, pictures.
///
///   strata::report{.title = "LeNet-5 on MNIST",
///                  .history = history,                  // tells seed, loss, optimiser, rate, batch, threads
///                  .test = trainer.evaluate(test),
///                  .network = strata::summary<lenet5, strata::cross_entropy>(),
///                  .settings = {{"data", "MNIST"}, {"schedule", "cosine"}},
///                  .sections = {{"Test images", "What was taken for what.", {strata::confusion_plot{.counts
///                  = matrix}}}}}
///       .save("lenet5.html");
///
/// What is not given is left out; long tables are folded. The page loads nothing, has no script, and is dark where the
/// reader's system is. Errors   what its pictures raise; file_error from the file
#include <strata/base/random/seed.hpp>
#include <strata/base/words/sentence.hpp>
#include <strata/cpu/instruction_set.hpp>
#include <strata/pictures/files/picture_file.hpp>
#include <strata/pictures/history_plot.hpp>
#include <strata/pictures/svg/metric_words.hpp>
#include <strata/pictures/svg/svg_text.hpp>
#include <strata/pictures/this_machine.hpp>
#include <strata/train/history/history.hpp>
#include <strata/train/metrics/metric.hpp>
#include <strata/version.hpp>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstddef>
#include <cstdio>
#include <ctime>
#include <initializer_list>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

namespace strata::inline STRATA_ABI {

struct report {
    /// A name and what it is set to: a text, a number, true or false.
    struct setting {
        std::string name, value;

        setting(std::string n, std::string v) : name(std::move(n)), value(std::move(v)) {}
        setting(std::string n, const char* v) : name(std::move(n)), value(v) {}
        setting(std::string n, bool v) : name(std::move(n)), value(v ? "true" : "false") {}
        template <class Number>
            requires std::is_arithmetic_v<Number>
        setting(std::string n, Number v) : name(std::move(n)) {
            char digits[64];
            value.assign(digits, std::to_chars(digits, digits + sizeof digits, v).ptr);
        }
    };
    /// What a test came to: what trainer.evaluate gave, a metric alone, or {name, number, standard error}s.
    struct result {
        struct measure {
            std::string name;
            double value, error = std::numeric_limits<double>::quiet_NaN();
        };
        std::vector<measure> measures = {};

        result() = default;
        result(std::initializer_list<measure> all) : measures(all) {}
        template <metric Metric>
        result(const Metric& m) {
            add(m);
        }
        template <class Evaluation>
            requires requires(const Evaluation& e) { e.loss, e.metrics; }
        result(const Evaluation& e) {
            measures.push_back({"loss", e.loss});
            std::apply([&](const auto&... all) { (add(all), ...); }, e.metrics);
        }

      private:
        template <class Metric>
        void add(const Metric& m) {
            measures.push_back({Metric::name, m.value(), m.standard_error()});
        }
    };
    /// A picture of strata's, or anything else that has to_svg().
    struct picture {
        std::string svg;

        template <class Picture>
            requires requires(const Picture& p) { p.to_svg(); }
        picture(const Picture& p) : svg(p.to_svg()) {}
    };
    /// A heading, paragraphs (an empty line begins the next), pictures.
    struct section {
        std::string title, text = {};
        std::vector<picture> pictures = {};
    };

    std::string title = "Training run";
    strata::history history = {};          ///< its curves are drawn and its epochs listed
    result test = {};                      ///< over samples that had no part in the fit
    std::string network = {};              ///< summary<Net>()
    std::optional<strata::seed> seed = {}; ///< without it the history's
    std::vector<setting> settings = {};    ///< those that the history does not tell, or that are to replace its own
    std::vector<section> sections = {};
    std::string date = {}; ///< empty: now

    /// `Compiled` is never given: it keeps translation units for different instruction sets apart.
    template <instruction_bits Compiled = instructions_compiled_for()>
    [[nodiscard, gnu::cold]] std::string to_html() const {
        return page(pictures::describe_this_machine<Compiled>());
    }
    template <instruction_bits Compiled = instructions_compiled_for()>
    [[gnu::cold]] void save(const std::string& path) const {
        pictures::save_picture(path, to_html<Compiled>());
    }

  private:
    [[gnu::cold]] std::string page(const pictures::this_machine& machine) const {
        const std::string name = pictures::escaped(title);
        std::string html =
            sentence({"<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
                      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>",
                      name, "</title>\n<style>\n", style, "</style>\n</head>\n<body>\n<h1>", name, "</h1>\n"});
        add_outcome(html);
        add_curves(html);
        for (const section& s : sections) {
            html += sentence({"<section>\n<h2>", pictures::escaped(s.title), "</h2>\n"});
            add_paragraphs(html, s.text);
            if (!s.pictures.empty()) html += "<div class=\"row\">\n";
            for (const picture& p : s.pictures) html += sentence({"<figure>\n", p.svg, "</figure>\n"});
            html += s.pictures.empty() ? "</section>\n" : "</div>\n</section>\n";
        }
        if (const std::vector<setting> all = all_settings(); !all.empty()) {
            html += "<section>\n<h2>Settings</h2>\n";
            const bool folds = begin_folded(html, all.size() > 30, sentence({all.size(), " settings"}));
            add_table(html, all);
            html += folds ? "</details>\n</section>\n" : "</section>\n";
        }
        if (!network.empty()) {
            const auto lines = static_cast<std::size_t>(std::count(network.begin(), network.end(), '\n'));
            add_text(html, "Network", network, lines > 30, sentence({"table of ", lines, " lines"}));
        }
        if (!history.epochs.empty())
            add_text(html, "Epochs", history.to_text(), history.epochs.size() > 20,
                     sentence({"table of ", history.epochs.size(), " epochs"}));
        html += "<section>\n<h2>Machine</h2>\n";
        add_table(html, {{"date", date.empty() ? now() : date},
                         {"CPU", machine.cpu},
                         {"compiled for", machine.instructions},
                         {"compiler", machine.compiler},
                         {"strata", version()}});
        return html += "</section>\n</body>\n</html>\n";
    }

    /// What the history tells of the run, except where a setting given has that name, and then the settings given.
    [[nodiscard]] std::vector<setting> all_settings() const {
        std::vector<setting> all;
        const run_description& run = history.run;
        const auto add = [&](bool known, const setting& s) {
            for (const setting& given : settings) known = known && given.name != s.name;
            if (known) all.push_back(s);
        };
        const bool ran = run.batch > 0;
        if (seed || ran) add(true, {"seed", seed ? seed->value : run.seed.value});
        add(!run.loss.empty(), {"loss", std::string(run.loss)});
        add(!run.optimiser.empty(), {"optimiser", std::string(run.optimiser)});
        add(run.rate == run.rate, {"rate", run.rate});
        add(run.momentum != 0, {"momentum", run.momentum});
        add(run.dampening != 0, {"dampening", run.dampening});
        add(run.nesterov, {"nesterov", true});
        add(run.centered, {"centered", true});
        add(run.weight_decay != 0, {"weight decay", run.weight_decay});
        std::string groups;
        for (const std::string& group : run.groups) groups += sentence({groups.empty() ? "" : "; ", group});
        add(!groups.empty(), {"parameter groups", groups});
        add(ran, {"batch", run.batch});
        add(run.accumulate > 1, {"batches of a step", run.accumulate});
        add(run.clip_norm > 0, {"gradient's norm at most", run.clip_norm});
        add(run.clip_value > 0, {"gradient's elements at most", run.clip_value});
        add(run.average > 0, {"decay of averaged parameters", run.average});
        add(ran, {"training samples", run.samples});
        add(!run.policy.empty(), {"policy", std::string(run.policy)});
        add(run.threads > 0, {"threads", run.threads});
        all.insert(all.end(), settings.begin(), settings.end());
        return all;
    }
    static bool begin_folded(std::string& html, bool folds, const std::string& what) {
        if (folds) html += sentence({"<details>\n<summary>", pictures::escaped(what), "</summary>\n"});
        return folds;
    }
    static void add_text(std::string& html, const char* heading, const std::string& text, bool is_long,
                         const std::string& what) {
        html += sentence({"<section>\n<h2>", heading, "</h2>\n"});
        const bool folds = begin_folded(html, is_long, what);
        html += sentence({"<pre>", pictures::escaped(text), "</pre>\n", folds ? "</details>\n" : "", "</section>\n"});
    }

    /// What one wants to know first: the time, and the numbers of the epoch whose parameters the model has at the end.
    void add_outcome(std::string& html) const {
        if (!history.epochs.empty()) {
            const epoch_record* shown = &history.epochs.back();
            double seconds = 0;
            for (const epoch_record& e : history.epochs) {
                seconds += e.seconds;
                if (history.restored && e.epoch == history.restored_epoch) shown = &e;
            }
            std::vector<setting> facts{{history.interrupted ? "epochs (interrupted)" : "epochs", history.epochs.size()},
                                       {"time", words_of_time(seconds)}};
            if (const std::string ending = history.ending(); !ending.empty()) facts.emplace_back("end", ending);
            add_facts(html, facts);
            add_measures(html, "", measures_of(*shown, false));
            if (shown->has_held_out) add_measures(html, "held-out ", measures_of(*shown, true));
        }
        add_measures(html, "test ", test);
    }
    [[nodiscard]] result measures_of(const epoch_record& e, bool held_out) const {
        result all{{"loss", held_out ? e.held_out_loss : e.loss}};
        for (std::size_t i = 0; i < history.metric_names.size(); ++i)
            all.measures.push_back({history.metric_names[i], held_out ? e.held_out_metric_at(i) : e.metric_at(i),
                                    held_out ? e.held_out_standard_error_at(i) : e.standard_error_at(i)});
        return all;
    }
    /// A row of numbers under their names in words; those that are no numbers are left out, and what two names say
    /// alike (the accuracy, and a confusion matrix's) stands once.
    static void add_measures(std::string& html, const std::string& before, const result& of) {
        std::vector<setting> facts;
        for (const result::measure& m : of.measures) {
            if (m.value != m.value) continue;
            const std::string name = before + pictures::words_of_metric(m.name);
            bool told = false;
            for (const setting& f : facts) told = told || f.name == name;
            if (!told)
                facts.emplace_back(name, m.error == m.error ? digits(m.value) + " \u00b1 " + digits(m.error, 2)
                                                            : digits(m.value));
        }
        add_facts(html, facts);
    }
    static void add_facts(std::string& html, const std::vector<setting>& facts) {
        if (facts.empty()) return;
        html += "<dl class=\"outcome\">\n";
        for (const setting& f : facts)
            html += sentence(
                {"<div><dt>", pictures::escaped(f.name), "</dt><dd>", pictures::escaped(f.value), "</dd></div>\n"});
        html += "</dl>\n";
    }
    void add_curves(std::string& html) const {
        if (history.epochs.empty()) return;
        std::string figures;
        for (line_plot plot : history_plots(history)) {
            bool any = false;
            for (const line_plot::curve& c : plot.series)
                for (const double y : c.y) any = any || std::isfinite(y);
            if (!any) continue; // a run that went wrong deserves its report too
            plot.width = 500, plot.height = 330;
            figures += sentence({"<figure>\n", plot.to_svg(), "</figure>\n"});
        }
        if (!figures.empty())
            html +=
                sentence({"<section>\n<h2>Curves</h2>\n<div class=\"row curves\">\n", figures, "</div>\n</section>\n"});
    }
    static void add_paragraphs(std::string& html, std::string_view text) {
        while (!text.empty()) {
            const std::size_t end = text.find("\n\n");
            if (const std::string_view paragraph = text.substr(0, end);
                paragraph.find_first_not_of(" \n\t") != std::string_view::npos)
                html += sentence({"<p>", pictures::escaped(paragraph), "</p>\n"});
            text.remove_prefix(end == std::string_view::npos ? text.size() : end + 2);
        }
    }
    static void add_table(std::string& html, const std::vector<setting>& rows) {
        html += "<table>\n";
        for (const setting& s : rows)
            html += sentence({"<tr><th scope=\"row\">", pictures::escaped(s.name), "</th><td>",
                              pictures::escaped(s.value), "</td></tr>\n"});
        html += "</table>\n";
    }
    [[nodiscard]] static std::string digits(double x, int significant = 4) {
        char text[32];
        return {text, std::to_chars(text, text + sizeof text, x, std::chars_format::general, significant).ptr};
    }
    [[nodiscard]] static std::string words_of_time(double seconds) {
        if (!(seconds < 1e9)) return "unknown";
        if (seconds < 60) return digits(seconds) + " s";
        const auto whole = static_cast<long long>(seconds + 0.5);
        if (whole < 3600) return sentence({whole / 60, " min ", whole % 60, " s"});
        return sentence({whole / 3600, " h ", whole / 60 % 60, " min"});
    }
    [[nodiscard]] static std::string now() {
        const std::time_t time = std::time(nullptr);
        std::tm parts{};
        char text[32];
        return std::string(text, std::strftime(text, sizeof text, "%Y-%m-%d %H:%M UTC", ::gmtime_r(&time, &parts)));
    }
    [[nodiscard]] static std::string version() {
        return sentence({STRATA_VERSION_MAJOR, ".", STRATA_VERSION_MINOR, ".", STRATA_VERSION_PATCH});
    }

    /// Pictures name their parts by classes; in the dark these get other colours.
    static constexpr const char* style = R"(:root { color-scheme: light dark; }
body { margin: 0 auto; max-width: 66rem; padding: 1rem 1rem 3rem;
  font: 16px/1.5 system-ui, Helvetica, Arial, sans-serif; background: #fff; color: #24292f; overflow-wrap: break-word; }
h1 { font-size: 1.7rem; line-height: 1.2; margin: 1rem 0; }
h2 { font-size: 1.2rem; margin: 2.2rem 0 0.6rem; padding-bottom: 0.2rem; border-bottom: 1px solid #d8dee4; }
p { max-width: 44rem; }
.outcome { display: flex; flex-wrap: wrap; gap: 0.6rem 2.2rem; margin: 0.6rem 0; }
.outcome div { min-width: 7rem; }
.outcome dt { font-size: 0.85rem; color: #57606a; }
details summary { cursor: pointer; color: #57606a; margin: 0.5rem 0; }
.outcome dd { margin: 0; font-size: 1.25rem; font-variant-numeric: tabular-nums; }
.row { display: flex; flex-wrap: wrap; gap: 1rem; align-items: flex-start; }
figure { margin: 0; max-width: 100%; overflow-x: auto; border: 1px solid #d8dee4; border-radius: 6px; }
figure svg { display: block; max-width: max(100%, 26rem); height: auto; }
.curves svg { max-width: 100%; }
table { border-collapse: collapse; }
th, td { text-align: left; vertical-align: top; padding: 0.2rem 1.2rem 0.2rem 0; font-weight: normal; }
th { color: #57606a; white-space: nowrap; }
pre { overflow-x: auto; padding: 0.8rem; background: #f6f8fa; border-radius: 6px;
  font: 13px/1.45 ui-monospace, Menlo, Consolas, "DejaVu Sans Mono", monospace; }
@media (prefers-color-scheme: dark) {
  body { background: #0d1117; color: #e6edf3; }
  h2, figure { border-color: #30363d; }
  .outcome dt, th, details summary { color: #9198a1; }
  pre { background: #161b22; }
  svg .paper { fill: #161b22; }
  svg .ink { fill: #e6edf3; }
  svg .axis { stroke: #8b949e; }
  svg .faint { stroke: #30363d; }
  svg .minor { stroke: #21262d; }
  svg .paper-rim { stroke: #161b22; }
  svg .wrong { fill: #ff8f86; }
  svg path[stroke="#0072b2"], svg line[stroke="#0072b2"] { stroke: #4ba3dd; }
  .curves circle[fill="#0072b2"] { fill: #4ba3dd; }
  svg .wrong-rim { stroke: #ff8f86; }
}
)";
};

} // namespace strata::inline STRATA_ABI
