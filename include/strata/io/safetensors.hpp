#pragma once
/// The safetensors format: named tensors in one file, and no code. Nothing here knows of models.
#include <strata/io/copy_numbers.hpp>
#include <strata/io/read_safetensors.hpp>
#include <strata/io/write_safetensors.hpp>
