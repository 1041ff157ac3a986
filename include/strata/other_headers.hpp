#pragma once
/// Names that <strata/strata.hpp> does not define, and the headers that do. Where such a header is forgotten, the
/// compiler says that a type is incomplete, or that no function matches, and shows the line below that names the
/// header. Everyday words (`input`, `report`, `histogram`, ...) are left out: they would be ambiguous beside a user's
/// own.
#include <strata/base/fixed_string.hpp>
#include <strata/data/data_set.hpp>
#include <strata/layers/kernel.hpp>
#include <strata/layers/real.hpp>
#include <strata/layers/sides.hpp>
#include <strata/layers/structure/layer_cut.hpp>
#include <strata/plan/layer_id.hpp>

namespace strata::inline STRATA_ABI {

// A function here takes more arguments than anybody gives: it is never called, only named in the message.

// clang-format off
template <int Top, int Left, int H, int W> struct crop; // defined elsewhere: #include <strata/vision.hpp>
template <int First, int T> struct crop1d; // defined elsewhere: #include <strata/vision.hpp>
template <sides Sides, class... Options> struct pad; // defined elsewhere: #include <strata/vision.hpp>
template <int Before, int After, class... Options> struct pad1d; // defined elsewhere: #include <strata/vision.hpp>
template <int S> struct pixel_shuffle; // defined elsewhere: #include <strata/vision.hpp>
template <int S> struct pixel_unshuffle; // defined elsewhere: #include <strata/vision.hpp>
template <int Groups, class... Options> struct group_norm; // defined elsewhere: #include <strata/vision.hpp>
template <class... Options> struct instance_norm_with; // defined elsewhere: #include <strata/vision.hpp>
struct instance_norm; // defined elsewhere: #include <strata/vision.hpp>
template <int Size, real Alpha, real Beta, real K> struct local_response_norm; // #include <strata/vision.hpp>
template <int H, int W> struct adaptive_avg_pool; // defined elsewhere: #include <strata/vision.hpp>
template <int H, int W> struct adaptive_max_pool; // defined elsewhere: #include <strata/vision.hpp>
struct global_max_pool; // defined elsewhere: #include <strata/vision.hpp>
template <int Filters, kernel Kernel, class... Options> struct conv_transpose; // #include <strata/vision.hpp>
template <int Filters, int Kernel, class... Options> struct conv_transpose1d; // #include <strata/vision.hpp>
template <fixed_string Name> struct mul; // defined elsewhere: #include <strata/vision.hpp>
struct prelu; // defined elsewhere: #include <strata/vision.hpp>
struct prelu_shared; // defined elsewhere: #include <strata/vision.hpp>
template <real Rate> struct spatial_dropout; // defined elsewhere: #include <strata/vision.hpp>
template <real Rate> struct stochastic_depth; // defined elsewhere: #include <strata/vision.hpp>
template <int Reduction, class Activation, class Gate> struct squeeze_excite; // #include <strata/vision.hpp>

template <int Vocabulary, int D> struct embedding; // defined elsewhere: #include <strata/sequences.hpp>
template <class... Options> struct layer_norm_with; // defined elsewhere: #include <strata/sequences.hpp>
struct layer_norm; // defined elsewhere: #include <strata/sequences.hpp>
template <class... Options> struct rms_norm_with; // defined elsewhere: #include <strata/sequences.hpp>
struct rms_norm; // defined elsewhere: #include <strata/sequences.hpp>
struct max_over_positions; // defined elsewhere: #include <strata/sequences.hpp>
struct mean_over_positions; // defined elsewhere: #include <strata/sequences.hpp>
template <fixed_string Name> struct matmul; // defined elsewhere: #include <strata/sequences.hpp>
template <fixed_string Name> struct matmul_transposed; // defined elsewhere: #include <strata/sequences.hpp>

struct l1; // defined elsewhere: #include <strata/losses.hpp>
template <real Delta> struct huber; // defined elsewhere: #include <strata/losses.hpp>
struct hinge; // defined elsewhere: #include <strata/losses.hpp>
struct kl_divergence; // defined elsewhere: #include <strata/losses.hpp>
template <real Smoothing> struct soft_dice; // defined elsewhere: #include <strata/losses.hpp>
struct squared_hinge; // defined elsewhere: #include <strata/losses.hpp>
struct wasserstein; // defined elsewhere: #include <strata/losses.hpp>
struct weighted_cross_entropy; // defined elsewhere: #include <strata/losses.hpp>
template <real PosWeight> struct binary_cross_entropy; // defined elsewhere: #include <strata/losses.hpp>

struct binary_accuracy; // defined elsewhere: #include <strata/metrics.hpp>
struct binary_f1; // defined elsewhere: #include <strata/metrics.hpp>
struct binary_precision; // defined elsewhere: #include <strata/metrics.hpp>
struct binary_recall; // defined elsewhere: #include <strata/metrics.hpp>
template <int Classes> class confusion_matrix; // defined elsewhere: #include <strata/metrics.hpp>
template <int Classes, int Ignored> struct dice_score; // defined elsewhere: #include <strata/metrics.hpp>
template <int Classes, int Ignored> struct mean_iou; // defined elsewhere: #include <strata/metrics.hpp>
template <int Classes> struct macro_f1; // defined elsewhere: #include <strata/metrics.hpp>
template <int Classes> struct macro_precision; // defined elsewhere: #include <strata/metrics.hpp>
template <int Classes> struct macro_recall; // defined elsewhere: #include <strata/metrics.hpp>
struct mean_absolute_error; // defined elsewhere: #include <strata/metrics.hpp>
struct mean_squared; // defined elsewhere: #include <strata/metrics.hpp>
class roc_auc; // defined elsewhere: #include <strata/metrics.hpp>
struct root_mean_squared; // defined elsewhere: #include <strata/metrics.hpp>
template <int K> struct top_k; // defined elsewhere: #include <strata/metrics.hpp>

template <layer_id... Layers> struct frozen; // defined elsewhere: #include <strata/train/parameters/frozen.hpp>
struct checkpoints; // defined elsewhere: #include <strata/train/companions/checkpoints.hpp>
struct early_stopping; // defined elsewhere: #include <strata/train/companions/early_stopping.hpp>
struct learning_rate_finder; // defined elsewhere: #include <strata/train/fit/learning_rate_finder.hpp>
struct prefetch; // defined elsewhere: #include <strata/train/companions/prefetch.hpp>
template <class... What> struct wrt; // defined elsewhere: #include <strata/gradients.hpp>
template <layer_id... Layers> struct parameters_of; // defined elsewhere: #include <strata/gradients.hpp>
struct given_gradient; // defined elsewhere: #include <strata/gradients.hpp>
template <class... A> void gradients(A...) requires(sizeof...(A) > 99); // #include <strata/gradients.hpp>

template <class Net, layer_cut A, layer_cut B> struct layers_between; // elsewhere: #include <strata/surgery.hpp>
template <class Net, layer_cut A, class... L> struct replaced; // elsewhere: #include <strata/surgery.hpp>

template <class T> struct save_options; // defined elsewhere: #include <strata/files.hpp>
class name_map; // defined elsewhere: #include <strata/files.hpp>

struct bar_chart; // defined elsewhere: #include <strata/pictures.hpp>
struct confusion_plot; // defined elsewhere: #include <strata/pictures.hpp>
struct image_sheet; // defined elsewhere: #include <strata/pictures.hpp>
struct line_plot; // defined elsewhere: #include <strata/pictures.hpp>
struct scatter_plot; // defined elsewhere: #include <strata/pictures.hpp>
class tensorboard; // defined elsewhere: #include <strata/pictures.hpp>

struct gpu; // for nvcc: #include <strata/cuda.hpp>
// clang-format on

namespace data {
// clang-format off
template <class Data> class normalised; // defined elsewhere: #include <strata/data.hpp>
template <class Data> class weighted; // defined elsewhere: #include <strata/data.hpp>
struct normalisation; // defined elsewhere: #include <strata/data.hpp>
struct colour_jitter; // defined elsewhere: #include <strata/data.hpp>
struct cutout; // defined elsewhere: #include <strata/data.hpp>
struct elastic; // defined elsewhere: #include <strata/data.hpp>
struct rotate; // defined elsewhere: #include <strata/data.hpp>
struct flip; // defined elsewhere: #include <strata/data.hpp>
struct crop; // defined elsewhere: #include <strata/data.hpp>
struct shift; // defined elsewhere: #include <strata/data.hpp>
struct csv_options; // defined elsewhere: #include <strata/data.hpp>
struct record_layout; // defined elsewhere: #include <strata/data.hpp>
class records; // defined elsewhere: #include <strata/data.hpp>
template <class... A> void csv_values(A...) requires(sizeof...(A) > 99); // #include <strata/data.hpp>
template <class... A> void csv_classes(A...) requires(sizeof...(A) > 99); // #include <strata/data.hpp>
template <class... A> void csv_values_streamed(A...) requires(sizeof...(A) > 99); // #include <strata/data.hpp>
template <class... A> void csv_classes_streamed(A...) requires(sizeof...(A) > 99); // #include <strata/data.hpp>
template <class... A> void cifar10(A...) requires(sizeof...(A) > 99); // #include <strata/data.hpp>
template <class... A> void fit_normalisation(A...) requires(sizeof...(A) > 99); // #include <strata/data.hpp>
template <class... A> void stratified_split(A...) requires(sizeof...(A) > 99); // #include <strata/data.hpp>
// clang-format on
} // namespace data

} // namespace strata::inline STRATA_ABI
