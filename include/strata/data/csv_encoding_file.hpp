#pragma once
/// csv_encoding_file — an encoding as a file beside the model's, for a program that only infers:
///
///   data::save_encoding(*train.encoding(), "houses.encoding.csv");
///   const auto encoding = data::load_encoding("houses.encoding.csv");      // in another program
///   net(encoding->encode({"3", "Delft"}));    data::csv_values("test.csv", {.like = encoding});
///
/// It is a CSV file with four fields a line: the kind of the line, a name, a number, a text.
///
/// Errors   file_error, naming file and line, where it cannot be written or read, or is not an encoding
#include <strata/base/error.hpp>
#include <strata/base/sentence.hpp>
#include <strata/data/csv_encoding.hpp>
#include <strata/io/csv_field.hpp>
#include <strata/io/csv_records.hpp>
#include <strata/io/unpacked_file.hpp>
#include <strata/io/write_file.hpp>

#include <climits>
#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace strata::inline STRATA_ABI::data {

inline constexpr const char* csv_encoding_title = "strata csv encoding";
inline constexpr int csv_encoding_version = 1;

[[gnu::cold, gnu::noinline]] inline void save_encoding(const csv_encoding& e, const std::string& path) {
    std::string text;
    const auto line = [&](const char* what, const std::string& name, double number, const std::string& word) {
        text += sentence({what, ",", io::csv_field(std::string_view(name)), ",", io::csv_field(number), ",",
                          io::csv_field(std::string_view(word)), "\n"});
    };
    const csv_options& o = e.options;
    line(csv_encoding_title, "", csv_encoding_version, e.path);
    line("separator", "", static_cast<unsigned char>(o.separator), "");
    line("header", "", o.has_header, "");
    line("missing", "", static_cast<int>(o.missing), "");
    line("keep blanks", "", o.keep_blanks, "");
    line("ignore unknown", "", o.ignore_unknown, "");
    for (const std::string& each : o.missing_texts) line("missing text", "", 0, each);
    const auto column = [&](const char* what, const csv_encoding::column& c) {
        line(what, c.which.name, static_cast<double>(c.which.number), c.name);
        if (c.is_text) line("text", "", 0, "");
        for (const std::string& each : c.categories.names()) line("category", "", 0, each);
        if (c.fill) line("fill", "", *c.fill, "");
    };
    for (const auto& c : e.features) column("feature", c);
    for (const auto& c : e.targets) column("target", c);
    for (const auto& c : e.weights) column("weight", c);
    for (const std::string& each : e.class_names) line("class", "", 0, each);
    const std::span<const std::byte> bytes = std::as_bytes(std::span(text));
    io::write_file(path, std::span(&bytes, 1));
}

[[nodiscard, gnu::cold, gnu::noinline]] inline std::shared_ptr<const csv_encoding>
load_encoding(const std::string& path) {
    io::csv_records<io::unpacked_file> records(path, path);
    auto e = std::make_shared<csv_encoding>();
    e->options.missing_texts.clear();
    if (!records.next() || records.fields() != 4 || records.field(0) != csv_encoding_title)
        raise<file_error>(sentence({"strata: ", path,
                                    " is no encoding of a CSV file. Give a file that save_encoding "
                                    "wrote."}));
    if (records.integer(2) > csv_encoding_version)
        raise<file_error>(
            sentence({"strata: ", path, " is an encoding of version ", records.integer(2),
                      ", and this program reads up to ", csv_encoding_version, ". Read it with a newer strata."}));
    e->path = records.field(3);
    csv_encoding::column* last = nullptr;
    std::vector<std::string> categories;
    const auto finish = [&] {
        if (last != nullptr && last->as == csv_encoding::use::feature && last->is_text)
            last->categories = csv_class_names(std::exchange(categories, {}), class_order::sorted, path);
    };
    while (records.next()) {
        const std::string_view what = records.field(0);
        const std::string text(records.field(3));
        const auto number = [&](int most) {
            const int n = records.integer(2);
            if (n < 0 || n > most) records.refuse(2, {"the number is not from 0 to ", most, ". The file is damaged."});
            return n;
        };
        const auto column = [&](std::vector<csv_encoding::column>& to, csv_encoding::use as) {
            finish();
            csv_column which{std::string(records.field(1))};
            which.number = number(INT_MAX);
            const std::string words =
                which.number != 0 ? sentence({"column ", which.number}) : sentence({"column ", io::beginning(text)});
            to.push_back({std::move(which), as, text, words});
            last = &to.back();
        };
        if (what == "separator") e->options.separator = static_cast<char>(number(255));
        else if (what == "header") e->options.has_header = number(1) != 0;
        else if (what == "missing") e->options.missing = static_cast<csv_missing>(number(4));
        else if (what == "keep blanks") e->options.keep_blanks = number(1) != 0;
        else if (what == "ignore unknown") e->options.ignore_unknown = number(1) != 0;
        else if (what == "missing text") e->options.missing_texts.push_back(text);
        else if (what == "feature") column(e->features, csv_encoding::use::feature);
        else if (what == "target") column(e->targets, csv_encoding::use::target);
        else if (what == "weight") column(e->weights, csv_encoding::use::weight);
        else if (what == "class") e->class_names.push_back(text);
        else if (what == "text" && last != nullptr) last->is_text = true;
        else if (what == "category" && last != nullptr) categories.push_back(text);
        else if (what == "fill" && last != nullptr) last->fill = records.number(2);
        else
            records.refuse(0, {"'", io::beginning(what),
                               "' is nothing that an encoding tells here. The file is "
                               "damaged, or of a newer strata."});
    }
    finish();
    if (e->features.empty())
        raise<file_error>(sentence({"strata: ", path, " is an encoding without a feature. The file is damaged."}));
    e->prepare();
    return e;
}

} // namespace strata::inline STRATA_ABI::data
