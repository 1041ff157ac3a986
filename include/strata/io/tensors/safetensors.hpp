#pragma once
/// The safetensors format: named tensors in one file, and no code. Nothing here knows of models.
#include <strata/io/tensors/copy_numbers.hpp>
#include <strata/io/tensors/read_safetensors.hpp>
#include <strata/io/tensors/write_safetensors.hpp>
