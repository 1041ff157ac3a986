#pragma once
/// Pictures and reports: plots as SVG, sheets of images, a page for each run, and files for TensorBoard. See
/// docs/pictures.md.
#include <strata/pictures/bar_chart.hpp>
#include <strata/pictures/confusion_plot.hpp>
#include <strata/pictures/histogram.hpp>
#include <strata/pictures/history_plot.hpp>
#include <strata/pictures/image_sheet.hpp>
#include <strata/pictures/line_plot.hpp>
#include <strata/pictures/report.hpp>
#include <strata/pictures/scatter_plot.hpp>
#include <strata/pictures/tensorboard.hpp>
