#pragma once
#include <climits>
#include <cstddef>
#include <strata/base/words/sentence.hpp>
#include <strata/data/in_memory.hpp>
#include <strata/data/readers/idx.hpp>
#include <string>
#include <utility>
#include <vector>

namespace strata::inline STRATA_ABI::data {

/// idx_images(images, labels) — a labelled set of grey images from two IDX files: MNIST and its relatives.
///
///   const auto letters = strata::data::idx_images("images-idx3-ubyte", "labels-idx1-ubyte", 26,
///                                                 strata::data::scaling{1.0f / 255, 0}, "letters");
///
/// The result is an in_memory<class_index>. The files hold N x H x W pixels and N labels.
///
/// Errors   file_error where a file is not a valid IDX file or has the wrong number of dimensions, where the
///          numbers of images and labels differ, or a label is not below `classes`
[[nodiscard, gnu::cold]] inline in_memory<class_index> idx_images(const std::string& images, const std::string& labels,
                                                                  int classes, scaling scale, std::string origin) {
    idx_array pixels = read_idx(images);
    const idx_array wanted = read_idx(labels);
    if (pixels.extents.size() != 3 || pixels.extents[1] > INT_MAX || pixels.extents[2] > INT_MAX)
        io::refuse_file(
            images, 3,
            {"images need 3 dimensions (number, height, width), but this IDX file has ", pixels.extents.size(), "."});
    if (wanted.extents.size() != 1)
        io::refuse_file(labels, 3, {"labels need 1 dimension, but this IDX file has ", wanted.extents.size(), "."});
    if (wanted.extents[0] != pixels.extents[0])
        io::refuse_file(labels, 4,
                        {"the file has ", wanted.extents[0], " labels, but there are ", pixels.extents[0],
                         " images in ", images, "."});
    contents all;
    all.sample = shape(1, static_cast<int>(pixels.extents[1]), static_cast<int>(pixels.extents[2]));
    all.bytes = std::move(pixels.bytes);
    all.scale = scale;
    all.labels = std::vector<int>(wanted.bytes.size());
    for (std::size_t i = 0; i < wanted.bytes.size(); ++i) {
        if (wanted.bytes[i] >= classes)
            io::refuse_file(
                labels, wanted.header + i,
                {"label ", wanted.bytes[i], " is out of range: there are ", classes, " classes, numbered from 0."});
        all.labels[i] = wanted.bytes[i];
    }
    all.classes = classes;
    all.origin = std::move(origin);
    return in_memory<class_index>(std::move(all));
}

} // namespace strata::inline STRATA_ABI::data
