/// Inputs: a byte, then a file, which is read as values, as classes (bit 0), without a header (bit 1), with
/// semicolons (bit 2), as a history (bit 3), with texts as categories (bit 4) and what is done with missing values
/// (bits 5 and 6), and as an encoding (bit 7). What is read into memory is what is read line by line.
#include "fuzz_file.hpp"

#include <strata/data/csv/csv.hpp>
#include <strata/data/csv/csv_encoding_file.hpp>
#include <strata/data/csv/streamed_csv.hpp>
#include <strata/train/history/history.hpp>

#include <cmath>
#include <string>
#include <string_view>

using namespace strata_fuzz;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) return 0;
    static fuzz_file file;
    file.hold({data + 1, size - 1});
    const int how = data[0];
    if ((how & 8) != 0) {
        read_or_refuse(file.path(), size, [&] {
            const auto h = strata::history::load_csv(file.path());
            if (h.metric_names.empty()) return; // a metric without a name is given one
            const auto again = strata::history::from_csv(h.to_csv());
            demand(again.epochs.size() == h.epochs.size() && again.metric_names == h.metric_names
                   && again.to_csv() == h.to_csv());
        });
        return 0;
    }
    if ((how & 128) != 0) {
        std::basic_string<std::uint8_t> whole(data + 1,
                                              size - 1); // with a last line, without which nothing is looked at
        for (const char c : std::string_view("\nend,,1,00000000\n"))
            if (size % 2 == 0) whole.push_back(static_cast<std::uint8_t>(c));
        file.hold(bytes(whole));
        read_or_refuse(file.path(), size, [&] {
            const auto encoding = strata::data::load_encoding(file.path());
            demand(encoding->feature_names().size() == encoding->width());
        });
        return 0;
    }
    const bool small = size < 4096; // categories take a number for each of them in each sample
    const strata::data::csv_options options{.separator = (how & 4) != 0 ? ';' : ',',
                                            .has_header = (how & 2) == 0,
                                            .targets = {1},
                                            .one_hot_text = small && (how & 16) != 0,
                                            .missing = small ? static_cast<strata::data::csv_missing>(how >> 5 & 3)
                                                             : strata::data::csv_missing::error};
    // What is read into memory is read line by line as well: a refusal then is a fault.
    const auto streamed_too = [](const auto& open) {
        try {
            return open();
        } catch (const strata::error&) {
            demand(false);
            throw;
        }
    };
    const bool packed = size > 2 && data[1] == 0x1f && data[2] == 0x8b;
    read_or_refuse(file.path(), size, [&] {
        if ((how & 1) != 0) {
            const auto set = strata::data::csv_classes(file.path(), options);
            if (!packed) {
                const auto streamed =
                    streamed_too([&] { return strata::data::csv_classes_streamed(file.path(), options); });
                demand(streamed.size() == set.size() && streamed.class_names() == set.class_names());
                streamed_too([&] {
                    for (std::size_t i = 0; i < set.size(); ++i) demand(streamed.label(i) == set.label(i));
                });
            }
            demand(set.size() > 0 && static_cast<int>(set.class_names().size()) == set.classes());
        } else {
            const auto set = strata::data::csv_values(file.path(), options);
            std::vector<float> x(static_cast<std::size_t>(set.sample_shape().size()));
            float y = 0;
            strata::data::values target{std::span(&y, 1)};
            set.read(set.size() - 1, {}, x, target);
            for (const float v : x) demand(std::isfinite(v));
            if (packed) return;
            const auto streamed = streamed_too([&] { return strata::data::csv_values_streamed(file.path(), options); });
            std::vector<float> again(x.size());
            float y_again = 0;
            strata::data::values target_again{std::span(&y_again, 1)};
            streamed.read(streamed.size() - 1, {}, again, target_again);
            demand(streamed.size() == set.size() && again == x && y_again == y);
        }
    });
    return 0;
}
