#pragma once
#include <cstddef>
#include <cstdio>
#include <strata/base/error.hpp>
#include <strata/base/words/sentence.hpp>
#include <strata/data/in_memory.hpp>
#include <strata/data/readers/find_data.hpp>
#include <strata/data/readers/records.hpp>
#include <strata/io/open_file.hpp>
#include <string>
#include <utility>
#include <vector>

namespace strata::inline STRATA_ABI::data {

/// The two parts of CIFAR-10: `auto [train, test] = strata::data::cifar10();`.
template <class Set>
struct cifar10_sets {
    Set train, test;
};

/// The files of the training part ("binary version"); as many of them as are there are read.
inline constexpr const char* cifar10_training_files[] = {"data_batch_1.bin", "data_batch_2.bin", "data_batch_3.bin",
                                                         "data_batch_4.bin", "data_batch_5.bin"};
inline constexpr const char* cifar10_test_file = "test_batch.bin";

/// How many images each of the files holds.
inline constexpr std::size_t cifar10_images = 10'000;

/// Whether a folder holds the test file and the first training file.
[[nodiscard, gnu::cold]] inline bool cifar10_present(const std::string& folder) {
    return io::file_exists(sentence({folder, "/", cifar10_training_files[0]}))
           && io::file_exists(sentence({folder, "/", cifar10_test_file}));
}

/// The folder that holds CIFAR-10, looked for where find_data looks; empty where it is nowhere.
[[nodiscard, gnu::cold]] inline std::string find_cifar10() {
    return find_data("cifar-10-batches-bin", cifar10_present);
}

/// cifar10_streamed(folder) — CIFAR-10 that stays in its files; each sample is read on demand.
///
///   const auto [train, test] = strata::data::cifar10_streamed(folder);             // two records
///
/// Samples are image<3, 32, 32>, red, green and blue, x = byte / 255; 10 classes with their names. The folder holds
/// test_batch.bin and data_batch_1.bin to data_batch_5.bin, the binary version. Of the training files, those that exist
/// are read; the first must. Without a folder it is searched for; nothing is downloaded. Files with fewer images than
/// CIFAR-10's are read, and origin() and a note on stderr say so: they were not copied whole, or are a part that
/// somebody made.
///
/// Errors   file_error where it is missing, or a file is not a whole number of records
/// Source   A. Krizhevsky, "Learning Multiple Layers of Features from Tiny Images", 2009;
///          cs.toronto.edu/~kriz/cifar.html
[[nodiscard, gnu::cold]] inline cifar10_sets<records> cifar10_streamed(const std::string& folder = {}) {
    const std::string place = folder.empty() ? find_cifar10() : folder;
    if (place.empty() || !cifar10_present(place))
        raise<file_error>(sentence({"strata: CIFAR-10 was not found", place.empty() ? "" : " in the folder '", place,
                                    place.empty() ? "" : "'", ": it consists of ", cifar10_training_files[0],
                                    " (to 5) and ", cifar10_test_file,
                                    " (the binary version). Pass the folder that contains them, or set STRATA_DATA."}));
    std::vector<std::string> training;
    for (const char* name : cifar10_training_files)
        if (std::string path = sentence({place, "/", name}); io::file_exists(path)) training.push_back(std::move(path));
    const auto part = [&](const std::vector<std::string>& files, const char* which) {
        const auto read = [&](const std::string& counted) {
            return records(files, {.sample = shape(3, 32, 32),
                                   .classes = 10,
                                   .scale = {1.0f / 255, 0},
                                   .origin = sentence({"CIFAR-10, ", which, counted, "from ", place}),
                                   .class_names = {"airplane", "automobile", "bird", "cat", "deer", "dog", "frog",
                                                   "horse", "ship", "truck"}});
        };
        records all = read("");
        const std::size_t whole = files.size() * cifar10_images;
        if (all.size() == whole) return all;
        records shorter = read(sentence({all.size(), " of ", whole, " images, "}));
        std::fprintf(stderr, "strata: note: %s. If this is unexpected, copy the files again.\n",
                     shorter.origin().c_str());
        return shorter;
    };
    const std::string count = sentence({training.size(), " of 5 training files, "});
    auto train = part(training, count.c_str());
    return {std::move(train), part({sentence({place, "/", cifar10_test_file})}, "")};
}

/// cifar10(folder) — CIFAR-10 in memory, 180 MB in total.
///
///   const auto [train, test] = strata::data::cifar10(folder);                      // two in_memory<class_index>
///   const auto [fitted_on, held_out] = train.split(0.9, strata::seed{1});
///
/// Files, samples and classes are those of cifar10_streamed: some of the training files are enough.
/// Errors   file_error, also where a label is not one of the 10
[[nodiscard, gnu::cold]] inline cifar10_sets<in_memory<class_index>> cifar10(const std::string& folder = {}) {
    const auto sets = cifar10_streamed(folder);
    return {sets.train.load(), sets.test.load()};
}

} // namespace strata::inline STRATA_ABI::data
