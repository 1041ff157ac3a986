#pragma once
/// Inference alone: layers, models, their files. No exceptions, run-time types, threads or streams needed
/// (-fno-exceptions -fno-rtti); errors then print their sentence and abort.
#include <strata/layers.hpp>
#include <strata/model/calls/port.hpp>
#include <strata/model/calls/results.hpp>
#include <strata/model/files/model_file.hpp>
#include <strata/model/inference_bytes.hpp>
#include <strata/model/model.hpp>
#include <strata/model/named_parameters.hpp>
#include <strata/model/stream.hpp>
#include <strata/plan/facts.hpp>
#include <strata/plan/ports/port_shape.hpp>
#include <strata/version.hpp>
