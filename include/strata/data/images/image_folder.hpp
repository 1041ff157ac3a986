#pragma once
/// image_folder(path, options) — a folder for each class, with its PNG and JPEG files:
///
///   pets/cat/1.jpg  pets/cat/2.png  pets/dog/1.jpg
///   auto pets = strata::data::image_folder("pets", {.channels = 3, .height = 64, .width = 64});
///
/// Classes are in the order of the folders' names, or as .class_names has them; samples in the order of classes, then
/// of files. Files with other endings, and names that begin with a point, are left out. All images are decoded at once
/// and kept as bytes. Torchvision's ImageFolder.
/// Programs link libpng and libturbojpeg; include <strata/images.hpp>.
/// Errors   file_error where there is no class, a class has no image, or a file is damaged, too large, or of another
///          size than the first, when none was asked for
#include <strata/data/images/image_files.hpp>

#include <string>
#include <utility>
#include <vector>

namespace strata::inline STRATA_ABI::data {

[[nodiscard, gnu::cold]] inline in_memory<class_index> image_folder(const std::string& path,
                                                                    const image_options& options = {}) {
    std::vector<std::string> classes = options.class_names;
    if (classes.empty())
        for (std::string& name : io::list_folder(path))
            if (io::folder_exists(sentence({path, "/", name}))) classes.push_back(std::move(name));
    if (classes.empty())
        raise<file_error>(sentence({"strata: the folder '", path,
                                    "' has no folders. image_folder expects one for each class, with its images."}));
    detail::image_block images(options);
    std::vector<int> labels;
    for (std::size_t c = 0; c < classes.size(); ++c) {
        const std::string folder = sentence({path, "/", classes[c]});
        const std::vector<std::string> files = detail::images_in(folder);
        if (files.empty())
            raise<file_error>(sentence({"strata: the folder '", folder,
                                        "' has no image: no file in it ends in .png, .jpg or .jpeg. Put the images of "
                                        "the class there, or remove the folder."}));
        for (const std::string& file : files) {
            images.add(sentence({folder, "/", file}));
            labels.push_back(static_cast<int>(c));
        }
    }
    contents all = images.take(sentence({"the images in ", path}));
    all.labels = std::move(labels);
    all.classes = static_cast<int>(classes.size());
    all.class_names = std::move(classes);
    return in_memory<class_index>(std::move(all));
}

/// A file and its class.
struct labelled_file {
    std::string path;
    int label = 0;
};

/// labelled_images(files, classes, options) — images whose classes a table or a program knows:
///   strata::data::labelled_images({{"a.png", 0}, {"b.jpg", 1}}, 2)
/// Errors   as image_folder's; shape_error where a label is not below `classes`
[[nodiscard, gnu::cold]] inline in_memory<class_index> labelled_images(const std::vector<labelled_file>& files,
                                                                       int classes, const image_options& options = {}) {
    detail::image_block images(options);
    std::vector<int> labels;
    for (const labelled_file& file : files) images.add(file.path), labels.push_back(file.label);
    contents all = images.take("image files");
    all.labels = std::move(labels);
    all.classes = classes;
    all.class_names = options.class_names;
    return in_memory<class_index>(std::move(all));
}

} // namespace strata::inline STRATA_ABI::data
