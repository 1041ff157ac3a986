#pragma once
/// What tests of CSV files share: how a file reads in memory and streamed, which must agree, and what is said of it.
#include "files.hpp"
#include "said_on_stderr.hpp"
#include "sample_of.hpp"

#include <strata/data/csv/csv.hpp>
#include <strata/data/csv/streamed_csv.hpp>

namespace strata_tests {

namespace data = strata::data;
using numbers = std::vector<float>;
using names = std::vector<std::string>;

/// Every sample with its target behind it.
template <class Set>
std::vector<numbers> samples_of(const Set& set) {
    std::vector<numbers> all;
    for (std::size_t i = 0; i < set.size(); ++i) all.push_back(sample_of(set, i));
    return all;
}
/// The same of a file, whose targets are values.
inline std::vector<numbers> csv_samples(const std::string& path, const data::csv_options& options) {
    const auto loaded = data::csv_values(path, options);
    const auto streamed = data::csv_values_streamed(path, options);
    REQUIRE(streamed.size() == loaded.size());
    CHECK(streamed.sample_shape() == loaded.sample_shape());
    CHECK(streamed.origin() == loaded.origin());
    CHECK(streamed.encoding()->feature_names() == loaded.encoding()->feature_names());
    const auto all = samples_of(loaded);
    CHECK(samples_of(streamed) == all);
    return all;
}
/// What is said of a file that is refused, whose targets are values. Every message names its file. (A packed file is
/// not streamed.)
inline std::string csv_refusal_of(const std::string& path, const data::csv_options& options, bool packed = false) {
    const std::string message = message_of<strata::file_error>([&] { (void)data::csv_values(path, options); });
    if (!packed) {
        const auto streamed = message_of<strata::file_error>([&] { (void)data::csv_values_streamed(path, options); });
        CHECK(streamed == message);
    }
    CHECK(says(message, path));
    return message;
}
/// The same of a file with these bytes, whose target is the column y.
inline std::string csv_refusal(const std::string& bytes, const data::csv_options& options = {.targets = {"y"}}) {
    const temporary_folder folder;
    return csv_refusal_of(folder.file("a.csv", bytes), options, bytes.starts_with("\x1f\x8b"));
}

} // namespace strata_tests
