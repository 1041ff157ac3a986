#pragma once
/// Every data set and view there is. <strata/strata.hpp> has in_memory, subset and mnist alone, since not every program
/// should compile a reader of tables.
#include <strata/data/augmented.hpp>
#include <strata/data/batch_reader.hpp>
#include <strata/data/cifar10.hpp>
#include <strata/data/crop.hpp>
#include <strata/data/csv.hpp>
#include <strata/data/csv_encoding.hpp>
#include <strata/data/csv_encoding_file.hpp>
#include <strata/data/data_set.hpp>
#include <strata/data/drawn_digits.hpp>
#include <strata/data/find_data.hpp>
#include <strata/data/flip.hpp>
#include <strata/data/idx_images.hpp>
#include <strata/data/in_memory.hpp>
#include <strata/data/mnist.hpp>
#include <strata/data/normalisation.hpp>
#include <strata/data/normalised.hpp>
#include <strata/data/number_records.hpp>
#include <strata/data/prefetched_batches.hpp>
#include <strata/data/records.hpp>
#include <strata/data/shift.hpp>
#include <strata/data/shuffle.hpp>
#include <strata/data/split.hpp>
#include <strata/data/stratified_split.hpp>
#include <strata/data/streamed_csv.hpp>
#include <strata/data/subset.hpp>
