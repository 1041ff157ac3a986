#pragma once
/// label_regions(classes, height, width, of) — numbers the connected regions of one class in a map of classes.
/// The regions of class `of` have the labels 1, 2, ... in the order of their first pixels, all other pixels have 0. A
/// pixel is connected with the four beside it. It makes segments of a network's classes, for rand_error.
/// Errors   shape_error for a map that has not height · width pixels
#include <strata/base/error.hpp>
#include <strata/base/words/sentence.hpp>

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace strata::inline STRATA_ABI {

[[nodiscard, gnu::cold]] inline std::vector<std::int32_t> label_regions(std::span<const std::int32_t> classes,
                                                                        int height, int width, std::int32_t of) {
    if (height < 0 || width < 0 || classes.size() != static_cast<std::size_t>(height) * static_cast<std::size_t>(width))
        raise<shape_error>(sentence({"strata: a map of ", classes.size(), " pixels is not ", height, " high and ",
                                     width, " wide. Give its height and width."}));
    std::vector<std::int32_t> labels(classes.size(), 0);
    std::vector<std::size_t> open; // labelled pixels whose neighbours are yet to be seen
    const auto columns = static_cast<std::size_t>(width);
    std::int32_t last = 0;
    for (std::size_t first = 0; first < classes.size(); ++first) {
        const auto take = [&](std::size_t i) {
            if (classes[i] == of && labels[i] == 0) labels[i] = last, open.push_back(i);
        };
        if (classes[first] != of || labels[first] != 0) continue;
        ++last;
        take(first);
        while (!open.empty()) {
            const std::size_t i = open.back();
            open.pop_back();
            if (i >= columns) take(i - columns);
            if (i + columns < classes.size()) take(i + columns);
            if (i % columns > 0) take(i - 1);
            if (i % columns + 1 < columns) take(i + 1);
        }
    }
    return labels;
}

} // namespace strata::inline STRATA_ABI
