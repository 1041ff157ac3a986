#pragma once
/// All metrics.
#include <strata/train/metrics/accuracy.hpp>
#include <strata/train/metrics/counts/binary_accuracy.hpp>
#include <strata/train/metrics/counts/binary_f1.hpp>
#include <strata/train/metrics/counts/binary_precision.hpp>
#include <strata/train/metrics/counts/binary_recall.hpp>
#include <strata/train/metrics/counts/confusion_matrix.hpp>
#include <strata/train/metrics/counts/macro_f1.hpp>
#include <strata/train/metrics/counts/macro_precision.hpp>
#include <strata/train/metrics/counts/macro_recall.hpp>
#include <strata/train/metrics/counts/roc_auc.hpp>
#include <strata/train/metrics/mean_absolute_error.hpp>
#include <strata/train/metrics/mean_squared.hpp>
#include <strata/train/metrics/metric.hpp>
#include <strata/train/metrics/metric_on.hpp>
#include <strata/train/metrics/root_mean_squared.hpp>
#include <strata/train/metrics/top_k.hpp>
