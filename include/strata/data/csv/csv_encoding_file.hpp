#pragma once
/// csv_encoding_file — an encoding as a file next to the model's, for inference programs:
///
///   data::save_encoding(*train.encoding(), "houses.encoding.csv");
///   const auto encoding = data::load_encoding("houses.encoding.csv");      // in another program
///   net(encoding->encode({"3", "Delft"}));    data::csv_values("test.csv", {.like = encoding});
///
/// It is a CSV file with four fields a line: the kind of the line, a name, a number, a text. The last line tells that
/// the file is whole: it has the number of lines and a sum of all fields.
///
/// Errors   file_error, naming the file, where it cannot be written or read, is not an encoding, was cut, or does not
///          hold what was saved
#include <strata/base/words/sentence.hpp>
#include <strata/data/csv/csv_encoding.hpp>
#include <strata/data/csv/csv_encoding_reader.hpp>
#include <strata/io/text/csv_field.hpp>
#include <strata/io/text/utf8.hpp>
#include <strata/io/unpacked_file.hpp>
#include <strata/io/write_file.hpp>

#include <algorithm>
#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <string_view>

namespace strata::inline STRATA_ABI::data {

/// Writes an encoding, all or nothing.
[[gnu::cold, gnu::noinline]] inline void save_encoding(const csv_encoding& e, const std::string& path) {
    std::string text;
    detail::csv_encoding_sum sum;
    const auto line = [&](std::string_view what, std::string_view name, double number, std::string_view word) {
        const std::string digits = io::csv_field(number);
        for (const std::string_view field : {what, name, std::string_view(digits), word}) sum.add(field);
        text += sentence({what, ",", io::csv_field(name), ",", digits, ",", io::csv_field(word), "\n"});
    };
    const csv_options& o = e.options;
    std::string origin = e.path; // a path may hold any bytes
    for (std::size_t bad = 0; (bad = io::find_invalid_utf8(origin)) != std::string::npos;) origin[bad] = '?';
    line(detail::csv_encoding_title, "", detail::csv_encoding_version, origin);
    const int settings[] = {static_cast<unsigned char>(o.separator), o.has_header, static_cast<int>(o.missing),
                            o.keep_blanks, o.ignore_unknown};
    for (std::size_t i = 0; i < std::size(settings); ++i)
        line(detail::csv_encoding_settings[i].name, "", settings[i], "");
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
    text += sentence({"end,,", std::count(text.begin(), text.end(), '\n') + 1, ",", sum.digits(), "\n"});
    const std::span<const std::byte> bytes = std::as_bytes(std::span(text));
    io::write_file(path, std::span(&bytes, 1));
}

/// Reads what save_encoding wrote.
[[nodiscard, gnu::cold, gnu::noinline]] inline std::shared_ptr<const csv_encoding>
load_encoding(const std::string& path) {
    io::unpacked_file file(path);
    std::string text, piece(1 << 16, '\0');
    while (const std::size_t n = file.read(piece.data(), piece.size())) text.append(piece, 0, n);
    return detail::csv_encoding_reader(text, path).read();
}

} // namespace strata::inline STRATA_ABI::data
