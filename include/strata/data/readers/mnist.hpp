#pragma once
#include <strata/base/error.hpp>
#include <strata/base/random/seed.hpp>
#include <strata/base/words/sentence.hpp>
#include <strata/data/in_memory.hpp>
#include <strata/data/readers/drawn_digits.hpp>
#include <strata/data/readers/find_data.hpp>
#include <strata/data/readers/idx_images.hpp>
#include <strata/io/open_file.hpp>
#include <string>

namespace strata::inline STRATA_ABI::data {

/// The two parts of MNIST: `auto [train, test] = strata::data::mnist();`. The origin() of each part says where it came
/// from.
struct mnist_sets {
    in_memory<class_index> train, test;

    /// Whether drawn digits stand in for MNIST.
    [[nodiscard]] bool generated() const { return train.origin() == drawn_digits_origin; }
};

/// The four files of MNIST, under their classic names; each may also be packed (".gz").
inline constexpr const char* mnist_files[] = {"train-images-idx3-ubyte", "train-labels-idx1-ubyte",
                                              "t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte"};

/// The mean and deviation of the training set's pixels, as fractions of 255: the customary figures.
inline constexpr scaling mnist_scaling = scaling::of_bytes(0.1307f, 0.3081f);

/// The path of one of mnist_files in a folder, plain or packed; empty where it is not there.
[[nodiscard, gnu::cold]] inline std::string mnist_file(const std::string& folder, const char* name) {
    std::string path = sentence({folder.empty() ? "." : folder.c_str(), "/", name});
    if (!io::file_exists(path)) path += ".gz";
    return io::file_exists(path) ? path : std::string();
}

/// Whether all four files are in a folder.
[[nodiscard, gnu::cold]] inline bool mnist_files_present(const std::string& folder) {
    for (const char* name : mnist_files)
        if (mnist_file(folder, name).empty()) return false;
    return true;
}

/// The folder that holds MNIST, searched for as find_data does; empty if there is none.
[[nodiscard, gnu::cold]] inline std::string find_mnist() { return find_data("mnist", mnist_files_present); }

/// MNIST from one folder, or from its subfolder mnist. Samples image<1, 28, 28>, 60,000 and 10,000, 10
/// classes; x = (pixel / 255 − 0.1307) / 0.3081.
///
/// Errors   file_error, naming what is missing or wrong in which file
[[nodiscard, gnu::cold]] inline mnist_sets mnist_from(std::string folder) {
    if (!mnist_files_present(folder) && mnist_files_present(sentence({folder, "/mnist"}))) folder += "/mnist";
    std::string missing;
    for (const char* name : mnist_files)
        if (mnist_file(folder, name).empty()) missing = sentence({missing, missing.empty() ? "" : ", ", name});
    if (!missing.empty())
        raise<file_error>(
            sentence({"strata: MNIST is incomplete in the folder '", folder, "': missing ", missing,
                      " (plain or .gz). Pass the folder that contains the four files, or none to search for it."}));
    const auto part = [&](const char* images, const char* labels) {
        const std::string path = mnist_file(folder, images);
        auto set = idx_images(path, mnist_file(folder, labels), 10, mnist_scaling, sentence({"MNIST, from ", folder}));
        if (set.sample_shape() != shape(1, 28, 28))
            io::refuse_file(path, 8, {"MNIST images are 28 x 28 pixels, but these are not."});
        return set;
    };
    return {part(mnist_files[0], mnist_files[1]), part(mnist_files[2], mnist_files[3])};
}

/// mnist(folder) — MNIST from a folder, or from where find_mnist finds it:
///
///   auto [train, test] = strata::data::mnist();    // two in_memory<class_index> of image<1, 28, 28>
///
/// Without a folder and where MNIST is not found, drawn digits (10,000 and 2,000) replace it, and origin() and
/// generated() say so. Nothing is downloaded.
///
/// Errors   file_error where a folder is named and lacks a file, or where a file is damaged
[[nodiscard, gnu::cold]] inline mnist_sets mnist(const std::string& folder = {}) {
    const std::string found = folder.empty() ? find_mnist() : folder;
    if (!found.empty()) return mnist_from(found);
    return {drawn_digits(10'000, seed{1}, mnist_scaling), drawn_digits(2'000, seed{2}, mnist_scaling)};
}

} // namespace strata::inline STRATA_ABI::data
