#pragma once
/// Image files as data sets: image_folder, labelled_images, image_pairs, and read_image for one. Programs link libpng
/// and libturbojpeg (target strata::images). Not part of <strata/data.hpp>.
#include <strata/base/needs_exceptions.hpp>

#include <strata/data/images/image_folder.hpp>
#include <strata/data/images/image_pairs.hpp>
#include <strata/data/images/read_image.hpp>
