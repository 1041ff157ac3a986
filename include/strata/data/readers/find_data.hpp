#pragma once
#include <cstdlib>
#include <strata/base/words/sentence.hpp>
#include <string>

namespace strata::inline STRATA_ABI::data {

/// find_data(name, holds) — the first folder that contains a data set of this name, or an empty string:
/// $STRATA_DATA, $STRATA_DATA/name, data/name in the current folder or one of its five parents, then the user's cache:
/// $XDG_CACHE_HOME/strata/name, or ~/.cache/strata/name. `holds(folder)` says whether a folder is complete.
///
///   find_data("mnist", mnist_files_present)
[[nodiscard, gnu::cold]] inline std::string find_data(const char* name, bool (*holds)(const std::string& folder)) {
    const auto named = [](const char* variable) {
        const char* value = std::getenv(variable);
        return std::string(value != nullptr ? value : "");
    };
    const std::string data = named("STRATA_DATA"), cache = named("XDG_CACHE_HOME"), home = named("HOME");
    std::string place = data;
    const auto found = [&] { return !place.empty() && holds(place); };
    if (found()) return place;
    if (!data.empty()) place = sentence({data, "/", name});
    if (found()) return place;
    place = sentence({"data/", name});
    for (int level = 0; level < 6; ++level) {
        if (found()) return place;
        place = sentence({"../", place});
    }
    place = !cache.empty()  ? sentence({cache, "/strata/", name})
            : !home.empty() ? sentence({home, "/.cache/strata/", name})
                            : std::string();
    return found() ? place : std::string();
}

} // namespace strata::inline STRATA_ABI::data
