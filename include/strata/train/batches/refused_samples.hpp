#pragma once
/// The error of a data set whose samples have another shape than the network takes: both shapes, the input that would
/// take them, and the names of the features where they came from a CSV file.
/// Errors   shape_error, always
#include <strata/base/error.hpp>
#include <strata/base/shape.hpp>
#include <strata/base/words/sentence.hpp>
#include <strata/model/adaptor.hpp>

#include <cstddef>
#include <string>
#include <vector>

namespace strata::inline STRATA_ABI::detail {

/// For samples of another shape than the network takes; `which` is "the training data", and `names` are those of the
/// features, if there are any.
[[noreturn, gnu::cold, gnu::noinline]] inline void
refuse_samples(const char* which, const shape& given, const shape& taken, const std::vector<std::string>& names) {
    std::string remedy;
    if (given.rank == 1) remedy = sentence({" Begin the network with features<", given.d0, ">"});
    if (given.rank == 3)
        remedy = sentence({" Begin the network with image<", given.d0, ", ", given.d1, ", ", given.d2, ">"});
    if (given.rank == 2)
        remedy = sentence({" Begin the network with vectors<", given.d0, ", ", given.d1, "> or time_series<", given.d0,
                           ", ", given.d1, ">"});
    if (!remedy.empty() && given.size() == taken.size())
        remedy += sentence({", or reshape the data to ", words_of(taken)});
    if (!remedy.empty()) remedy += ".";
    if (!names.empty()) {
        std::string list;
        std::size_t shown = 0;
        for (; shown < names.size() && list.size() + names[shown].size() < 100; ++shown)
            list += sentence({shown == 0 ? "" : ", ", names[shown]});
        remedy += sentence({"\nThe features are: ", list, shown == names.size() ? "." : shown == 0 ? "..." : ", ..."});
    }
    raise<shape_error>(sentence({"strata: ", which, " have samples ", words_of(given), ", but the network takes ",
                                 words_of(taken), ".", remedy}));
}
/// The names of a data set's features; none where it has none.
template <class Data>
[[nodiscard, gnu::cold, gnu::noinline]] std::vector<std::string> feature_names_of(const Data& data) {
    if constexpr (requires { std::vector<std::string>(data.feature_names()); }) return data.feature_names();
    else return {};
}

} // namespace strata::inline STRATA_ABI::detail
