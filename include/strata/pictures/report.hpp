#pragma once
/// report — one page of HTML about one run, whole in itself: curves, the table of the network, settings, machine, pictures.
///
///   strata::report{.title = "LeNet-5 on MNIST", .history = history, .network = strata::summary<lenet5>(), .seed = strata::seed{1},
///                  .settings = {{"optimiser", "adam"}, {"rate", 1e-3}, {"batch", 64}},
///                  .sections = {{"What is confused", "On the test images.", {confusion_plot{.counts = matrix}}}}}.save("run.html");
///
/// Errors   file_error from the file
#include <optional>
#include <strata/base/seed.hpp>
#include <strata/train/history.hpp>
#include <string>
#include <type_traits>
#include <vector>

namespace strata::inline v0_1 {

struct report {
    /// A name and what it is set to: a text, a number, true or false.
    struct setting {
        std::string name, value;
        setting(std::string n, std::string v) : name(std::move(n)), value(std::move(v)) {}
        setting(std::string n, const char* v) : name(std::move(n)), value(v) {}
        template <class Number>
            requires std::is_arithmetic_v<Number>
        setting(std::string n, Number v);
    };
    /// Any picture of strata's, or any other that has to_svg().
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
    strata::history history = {};       ///< of the fit; its curves are drawn and its epochs listed
    std::string network = {};           ///< summary<Net>()
    std::optional<strata::seed> seed = {};
    std::vector<setting> settings = {};
    std::vector<section> sections = {};
    std::string date = {};              ///< empty: now

    [[nodiscard, gnu::cold]] std::string to_html() const;
    [[gnu::cold]] void save(const std::string& path) const;
};

} // namespace strata::inline v0_1
