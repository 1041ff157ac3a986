/// The names of strata beside everybody else's: <math.h>, the standard library, and, with STRATA_WITH_CUDA, the CUDA
/// headers, under both using-directives. A name of ours that becomes ambiguous here has to change.
#include <math.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include <algorithm>
#include <any>
#include <array>
#include <atomic>
#include <bit>
#include <cctype>
#include <cerrno>
#include <cfenv>
#include <charconv>
#include <chrono>
#include <cmath>
#include <complex>
#include <concepts>
#include <condition_variable>
#include <deque>
#include <exception>
#include <filesystem>
#include <forward_list>
#include <fstream>
#include <functional>
#include <future>
#include <initializer_list>
#include <iomanip>
#include <ios>
#include <iostream>
#include <iterator>
#include <limits>
#include <list>
#include <locale>
#include <map>
#include <memory>
#include <mutex>
#include <numbers>
#include <numeric>
#include <optional>
#include <queue>
#include <random>
#include <ratio>
#include <regex>
#include <set>
#include <shared_mutex>
#include <span>
#include <sstream>
#include <stack>
#include <stdexcept>
#include <string>
#include <string_view>
#include <system_error>
#include <thread>
#include <tuple>
#include <type_traits>
#include <typeindex>
#include <typeinfo>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <valarray>
#include <variant>
#include <vector>

#ifdef STRATA_WITH_CUDA
#include <cuda_fp16.h>
#include <cuda_runtime.h>
#include <vector_types.h>

#include <cuda/std/array>
#include <cuda/std/span>
#include <cuda/std/tuple>
#include <cuda/std/type_traits>
#include <thrust/version.h>
#endif

#if defined(__CUDACC__)
#include <strata/cuda.hpp>
#else
#include <strata/strata.hpp>
#endif
#include <strata/files.hpp>
#include <strata/losses.hpp>
#include <strata/pictures.hpp>
#include <strata/sequences.hpp>
#include <strata/surgery.hpp>
#include <strata/vision.hpp>

using namespace std;
using namespace strata;

struct lenet5
    : network<image<1, 28, 28>, conv<6, 5, same>, relu, max_pool<2>, conv<16, 5, no_bias>, tanh_activation, avg_pool<2>,
              batch_norm, flatten, dense<120>, sigmoid, dropout<0.5>, dense<84>, relu, dense<10>, softmax> {};

struct branches
    : network<image<3, 32, 32>, named<"stem", conv<8, 3, stride<2>, padding<1>>, leaky_relu<>>, tag<"skip">,
              residual<sequence<conv<8, 3, same>, relu>, pass>, add<"skip">, parallel<concat_all, relu, pass>,
              repeat<2, conv<16, 3, same, dilation<2>, groups<2>>, relu>, global_avg_pool, dense<10>> {};

struct positions : network<vectors<6, 8>, layer_norm, dense<4>, tag<"keys">, rms_norm, matmul_transposed<"keys">,
                           softmax, matmul<"keys">, layer_norm_with<epsilon<1e-3>, no_bias>, flatten, dense<2>> {};
struct words : network<tokens<6, 100, padding<0>>, embedding<100, 8>> {};
static_assert(output_shape<words> == shape::sequence(6, 8));
struct wave : network<time_series<1, 64>, conv1d<8, 3, causal, dilation<2>>, relu, conv1d<1, 1>> {};
struct geometry : network<image<4, 8, 8>, pad<sides(1, 2), reflect>, crop<1, 2, 8, 8>,
                          conv_transpose<4, 3, stride<2>, output_padding<1>>, pixel_unshuffle<2>, pixel_shuffle<2>,
                          upsample<2, bilinear>, upsample<2, interpolation::nearest>, adaptive_avg_pool<6>,
                          adaptive_max_pool<4>, pad<1, replicate>, conv<4, 3, groups<4>>, global_max_pool> {};
struct longer : network<time_series<2, 8>, pad1d<1, 2>, crop1d<1, 8>, conv_transpose1d<3, 2, stride<2>>> {};
static_assert(output_shape<geometry> == shape(4) && output_shape<longer> == shape::signal(3, 16));
struct steps : network<vectors<4, 3>, dense<2>> {};
static_assert(output_shape<wave>.rank == 2 && output_shape<steps>.rank == 2);

struct columns : network<features<4>, dense<1>> {};

struct tail : layers_between<lenet5, after<7>, through<13>> {};
struct new_end : replaced<branches, from<1>, global_avg_pool> {};
struct other_end : replaced<branches, after<"stem">, global_avg_pool> {};
static_assert(output_shape<tail>.rank == 1 && output_shape<new_end> == output_shape<other_end>);

using some_losses = type_list<cross_entropy, mean_squared_error, l1, huber<2>, binary_cross_entropy<>>;
static_assert(some_losses::size == 5);

static_assert(input_shape<lenet5>.rank == 3 && output_shape<lenet5>.rank == 1);
static_assert(parameter_count<columns> == 5);
static_assert(flops<columns> > 0);

string curves(const history& h) {
    return line_plot{.title = "rate", .series = {{"", {h.epochs.back().rate}}}}.to_svg();
}
void keep(model<columns>& net) {
    net.load("columns.safetensors", name_map{{"w", "0.weight"}});
    net.save("columns.safetensors", save_options<float>{.tolerance = 1e-3});
}

// Kernels of the cpu policy as well: under nvcc they live in one program with the gpu's.
vector<float> scores(const model<branches>& net, const vector<float>& images) { return net(images); }
vector<float> scores(const model<positions>& net, const vector<float>& sequences) { return net(sequences); }
