#pragma once
/// run_state — what a training run is besides numbers in blocks, and the text of a checkpoint that holds it.
#include <strata/io/beginning.hpp>
#include <strata/io/make_folders.hpp>
#include <strata/io/tensors/safetensors.hpp>
#include <strata/train/companions/first_difference.hpp>

#include <algorithm>
#include <bit>
#include <cerrno>
#include <climits>
#include <cstdint>
#include <cstring>
#include <dirent.h>
#include <limits>
#include <string>
#include <unistd.h>
#include <vector>

namespace strata::inline STRATA_ABI::detail {

/// What a run is besides numbers in blocks.
struct run_state {
    std::int64_t steps = 0;   ///< of the optimiser
    std::uint64_t passes = 0; ///< over the data that were begun: the coordinate of each pass's order and random numbers
    std::uint64_t seed = 0;
    int epoch = 0;                ///< the last that was finished
    std::int64_t next_sample = 0; ///< of the epoch after it, in its order
    std::int64_t data_size = 0;
    std::int64_t batch = 0; ///< samples of a step
    double loss = 0;        ///< of the epoch so far, summed over samples
    double seconds = 0;     ///< of the epoch so far
    std::string metrics{};  ///< state of the epoch's metrics so far, bytes as hexadecimal digits
    std::string history{};  ///< as CSV
    std::string rates{};    ///< of learning so far, as CSV; empty in the checkpoints of earlier programs
    /// Of the first step; NaN where that is not known.
    double first_loss = std::numeric_limits<double>::quiet_NaN();
    double counted = 0; ///< samples of the epoch so far that count in the loss; in earlier programs, all
};

inline constexpr int checkpoint_version = 1;

/// "checkpoint-000000001234.safetensors", so that names sort as steps do.
[[gnu::cold]] inline std::string checkpoint_name(std::int64_t steps) {
    char name[64];
    std::snprintf(name, sizeof name, "checkpoint-%012lld.safetensors", static_cast<long long>(steps));
    return name;
}

/// The checkpoints in a folder, oldest first; with what unfinished writing left behind if `unfinished`.
[[gnu::cold, gnu::noinline]] inline std::vector<std::string> checkpoints_in(const std::string& folder,
                                                                            bool unfinished = false) {
    std::vector<std::string> names;
    if (DIR* const directory = ::opendir(folder.c_str())) {
        while (const dirent* const entry = ::readdir(directory)) {
            const std::string_view name = entry->d_name;
            const std::size_t length = checkpoint_name(0).size();
            const bool begins =
                name.size() >= length && name.substr(0, 11) == "checkpoint-" && name.substr(23, 12) == ".safetensors";
            if (begins && (name.size() == length) != unfinished) names.push_back(sentence({folder, "/", name}));
        }
        ::closedir(directory);
    }
    std::sort(names.begin(), names.end());
    return names;
}

[[gnu::cold, gnu::noinline]] inline void make_checkpoint_folder(const std::string& folder) {
    if (!io::make_folders(folder))
        raise<file_error>(sentence({"strata: cannot make the folder ", folder, " for checkpoints: ",
                                    std::strerror(errno), ". Use a folder that you can write to."}));
    for (const std::string& left_behind : checkpoints_in(folder, true)) ::unlink(left_behind.c_str());
}

/// A double as the digits of its bits: no locale, no rounding.
inline std::uint64_t bits_of(double x) { return std::bit_cast<std::uint64_t>(x); }

/// Reads the texts of a checkpoint, each once.
class checkpoint_texts {
  public:
    [[gnu::cold]] checkpoint_texts(const io::metadata& texts, const std::string& path) : texts_(texts), path_(path) {}

    [[gnu::cold, gnu::noinline]] const std::string& text(std::string_view key) const {
        for (const auto& [name, value] : texts_)
            if (name == key) return value;
        raise<file_error>(sentence({"strata: ", path_, " is not a checkpoint that can be resumed: it has no '", key,
                                    "' in its metadata. Use a file that fit wrote."}));
    }
    [[nodiscard, gnu::cold, gnu::noinline]] bool has(std::string_view key) const {
        for (const auto& [name, value] : texts_)
            if (name == key) return true;
        return false;
    }
    /// Digits alone; and not more than `highest`.
    [[gnu::cold, gnu::noinline]] std::uint64_t number(std::string_view key,
                                                      std::uint64_t highest = ~std::uint64_t{0}) const {
        const std::string& digits = text(key);
        std::uint64_t n = 0;
        bool good = !digits.empty() && digits.size() <= 20;
        for (const char c : digits) {
            good = good && c >= '0' && c <= '9' && n <= (~std::uint64_t{0} - static_cast<std::uint64_t>(c - '0')) / 10;
            if (good) n = n * 10 + static_cast<std::uint64_t>(c - '0');
        }
        if (!good || n > highest)
            raise<file_error>(sentence({"strata: ", path_, ": '", key, "' in its metadata is '", io::beginning(digits),
                                        "', but must be a whole number up to ", highest,
                                        ". The file is damaged. Remove it to resume from the previous checkpoint."}));
        return n;
    }

  private:
    const io::metadata& texts_;
    const std::string& path_;
};

/// Reads and checks the part of a checkpoint that is text.
[[gnu::cold, gnu::noinline]] inline run_state read_run_state(const io::metadata& all, const std::string& path,
                                                             std::string_view network, std::string_view optimiser) {
    const checkpoint_texts texts(all, path);
    if (texts.text("format") != "strata checkpoint")
        raise<file_error>(sentence({"strata: ", path, " is not a checkpoint but '", io::beginning(texts.text("format")),
                                    "'. Load a model file with model::load."}));
    if (texts.number("checkpoint_version") > checkpoint_version)
        raise<file_error>(sentence({"strata: ", path, " is a version ", texts.number("checkpoint_version"),
                                    " checkpoint; this program reads up to version ", checkpoint_version,
                                    ". Resume it with a newer strata."}));
    if (texts.text("network") != network)
        raise<file_error>(
            sentence({"strata: ", path, " is a checkpoint of a different network, and nothing was loaded: ",
                      first_difference(texts.text("network"), network),
                      ". Resume with the same network, or start in another folder."}));
    if (texts.text("optimiser") != optimiser)
        raise<file_error>(sentence({"strata: ", path, " is from a run with the optimiser ",
                                    io::beginning(texts.text("optimiser")), ", but this one has ", optimiser,
                                    ". Resume with the same optimiser, or start in another folder."}));
    constexpr auto most = static_cast<std::uint64_t>(INT64_MAX), most_int = static_cast<std::uint64_t>(INT_MAX);
    run_state s;
    s.steps = static_cast<std::int64_t>(texts.number("steps", most));
    s.passes = texts.number("passes");
    s.seed = texts.number("seed");
    s.epoch = static_cast<int>(texts.number("epoch", most_int));
    s.next_sample = static_cast<std::int64_t>(texts.number("next_sample", most));
    s.data_size = static_cast<std::int64_t>(texts.number("data_size", most));
    s.batch = static_cast<std::int64_t>(texts.number("batch", most));
    s.loss = std::bit_cast<double>(texts.number("loss"));
    s.seconds = std::bit_cast<double>(texts.number("seconds"));
    s.metrics = texts.text("metrics");
    s.history = texts.text("history");
    if (texts.has("rates")) s.rates = texts.text("rates");
    if (texts.has("first_loss")) s.first_loss = std::bit_cast<double>(texts.number("first_loss"));
    s.counted =
        texts.has("counted") ? std::bit_cast<double>(texts.number("counted")) : static_cast<double>(s.next_sample);
    return s;
}

[[gnu::cold, gnu::noinline]] inline void write_checkpoint_file(const std::string& path,
                                                               std::span<const io::tensor_view> tensors,
                                                               const run_state& s, std::string_view network,
                                                               std::string_view optimiser) {
    const auto digits = [](std::uint64_t n) { return sentence({n}); };
    const std::string numbers[] = {digits(checkpoint_version),
                                   digits(static_cast<std::uint64_t>(s.steps)),
                                   digits(s.passes),
                                   digits(s.seed),
                                   digits(static_cast<std::uint64_t>(s.epoch)),
                                   digits(static_cast<std::uint64_t>(s.next_sample)),
                                   digits(static_cast<std::uint64_t>(s.data_size)),
                                   digits(static_cast<std::uint64_t>(s.batch)),
                                   digits(bits_of(s.loss)),
                                   digits(bits_of(s.seconds)),
                                   digits(bits_of(s.first_loss)),
                                   digits(bits_of(s.counted))};
    const io::text_view texts[] = {{"format", "strata checkpoint"},
                                   {"checkpoint_version", numbers[0]},
                                   {"network", network},
                                   {"optimiser", optimiser},
                                   {"steps", numbers[1]},
                                   {"passes", numbers[2]},
                                   {"seed", numbers[3]},
                                   {"epoch", numbers[4]},
                                   {"next_sample", numbers[5]},
                                   {"data_size", numbers[6]},
                                   {"batch", numbers[7]},
                                   {"loss", numbers[8]},
                                   {"seconds", numbers[9]},
                                   {"metrics", s.metrics},
                                   {"history", s.history},
                                   {"rates", s.rates},
                                   {"first_loss", numbers[10]},
                                   {"counted", numbers[11]}};
    io::write_safetensors(path, tensors, texts);
}

} // namespace strata::inline STRATA_ABI::detail
