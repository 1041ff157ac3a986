#pragma once
/// What not every program needs of a model's files: names and orders of other programs, half precision,
/// self-tests, partial loading, and safetensors as such.
#include <strata/io/tensors/as_integers.hpp>
#include <strata/io/tensors/safetensors.hpp>
#include <strata/model/files/name_map.hpp>
#include <strata/model/files/save_options.hpp>
#include <strata/model/take.hpp>
