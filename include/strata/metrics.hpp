#pragma once
/// All metrics.
#include <strata/train/metrics/accuracy.hpp>
#include <strata/train/metrics/binary_accuracy.hpp>
#include <strata/train/metrics/binary_f1.hpp>
#include <strata/train/metrics/binary_precision.hpp>
#include <strata/train/metrics/binary_recall.hpp>
#include <strata/train/metrics/confusion_matrix.hpp>
#include <strata/train/metrics/macro_f1.hpp>
#include <strata/train/metrics/macro_precision.hpp>
#include <strata/train/metrics/macro_recall.hpp>
#include <strata/train/metrics/mean_absolute_error.hpp>
#include <strata/train/metrics/mean_squared.hpp>
#include <strata/train/metrics/metric.hpp>
#include <strata/train/metrics/metric_on.hpp>
#include <strata/train/metrics/roc_auc.hpp>
#include <strata/train/metrics/root_mean_squared.hpp>
#include <strata/train/metrics/top_k.hpp>
