#pragma once
/// image_options — how files become samples: {.channels = 3, .height = 128, .width = 128}
#include <strata/data/images/raster.hpp>
#include <strata/data/in_memory.hpp>

#include <string>
#include <vector>

namespace strata::inline STRATA_ABI::data {

struct image_options {
    int channels = 0; ///< 1 grey, 3 red, green, blue; 0: those of the first file
    int height = 0;   ///< 0: all files have the first one's size; else each is scaled and cropped (see fit_raster)
    int width = 0;
    scaling scale{1.0f / 255, 0};                    ///< x = byte · factor + shift
    long long most_pixels = most_pixels_of_an_image; ///< of one file: a larger one is refused before memory is taken
    std::vector<std::string> class_names{}; ///< image_folder: the folders of the classes in order; otherwise by name
    std::vector<int> label_values{};        ///< image_pairs: which value of a label's pixel is class 0, 1, ...
    int classes = 0;                        ///< image_pairs: without label_values, values 0 ... classes − 1
    int ignored_value = -1; ///< image_pairs: pixels of this value have no class, and no loss or metric counts them
};

} // namespace strata::inline STRATA_ABI::data
