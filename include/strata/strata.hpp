#pragma once
/// strata — what most programs need for training and inference on the CPU. Inference alone, without exceptions or
/// threads: <strata/inference.hpp>. What fewer programs need has headers of its own, such as <strata/vision.hpp> and
/// <strata/losses.hpp>: other_headers.hpp names them, and what is here costs every program compile time.
#include <strata/base/needs_exceptions.hpp>

#include <strata/inference.hpp>

#include <strata/data/data_set.hpp>
#include <strata/data/in_memory.hpp>
#include <strata/data/readers/mnist.hpp>
#include <strata/other_headers.hpp>
#include <strata/train/history/history.hpp>
#include <strata/train/losses/cross_entropy.hpp>
#include <strata/train/losses/mean_squared_error.hpp>
#include <strata/train/normalisation/fit_normalisation.hpp>
#include <strata/train/normalisation/fit_target_scale.hpp>
#include <strata/train/optimisers/adagrad.hpp>
#include <strata/train/optimisers/adam.hpp>
#include <strata/train/optimisers/adamw.hpp>
#include <strata/train/optimisers/rmsprop.hpp>
#include <strata/train/optimisers/sgd.hpp>
#include <strata/train/predict.hpp>
#include <strata/train/schedules/constant.hpp>
#include <strata/train/schedules/cosine.hpp>
#include <strata/train/schedules/exponential_decay.hpp>
#include <strata/train/schedules/one_cycle.hpp>
#include <strata/train/schedules/plateau.hpp>
#include <strata/train/schedules/step_decay.hpp>
#include <strata/train/schedules/warm_up.hpp>
#include <strata/train/summary.hpp>
#include <strata/train/trainer.hpp>
#include <strata/train/training_bytes.hpp>
