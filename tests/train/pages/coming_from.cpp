/// The programs of docs/coming_from.md: they compile, run, and do what the page says of them.
#include "catch.hpp"
#include "files.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <strata/data/readers/drawn_digits.hpp>
#include <strata/data/views/subset.hpp>
#include <strata/files.hpp>
#include <strata/gradients.hpp>
#include <strata/strata.hpp>

using namespace strata_tests;

namespace {

// [pytorch network]
struct classifier : strata::network<strata::image<1, 28, 28>, strata::flatten, strata::dense<128>, strata::relu,
                                    strata::dropout<0.2>, strata::dense<10>> {};
// [/pytorch network]

// clang-format off
// [pytorch block]
// torchvision's BasicBlock with a downsample; without one, leave out the stride and the second argument
template <int F>
using down_block = strata::sequence<
    strata::residual<
        strata::sequence<strata::conv<F, 3, strata::same, strata::stride<2>, strata::no_bias>, strata::batch_norm,
                         strata::relu, strata::conv<F, 3, strata::same, strata::no_bias>, strata::batch_norm>,
        strata::sequence<strata::conv<F, 1, strata::stride<2>, strata::no_bias>, strata::batch_norm>>,
    strata::relu>;
// [/pytorch block]
// clang-format on

// [keras network]
struct keras_cnn : strata::network<strata::image<1, 28, 28>, strata::conv<32, 3>, strata::relu, strata::max_pool<2>,
                                   strata::flatten, strata::dense<10>> {};
// [/keras network]

// [rtneural network]
struct effect : strata::network<strata::features<1>, strata::dense<8>, strata::tanh_activation, strata::dense<8>,
                                strata::tanh_activation, strata::dense<1>> {};
// [/rtneural network]

auto digits(std::size_t n) { return strata::data::drawn_digits(n, strata::seed{1}, {1 / 255.0f, 0}); }

} // namespace

TEST_CASE("coming from PyTorch", "[train]") {
    const auto train = digits(600), held_out = digits(100);
    const temporary_folder folder;
    const std::string file = folder / "net.safetensors";
    // [pytorch fit]
    strata::model<classifier> net{strata::seed{1}, strata::cpu{.threads = 2}};
    strata::trainer trainer{net, strata::cross_entropy{.label_smoothing = 0.1}, strata::adam{.rate = 1e-3}};
    const auto history = trainer.fit(
        train, held_out, {.epochs = 3, .batch = 64, .schedule = strata::cosine, .progress = false, .clip_norm = 1});
    net.save(file); // load_state_dict(load_file(...)) takes it
    // [/pytorch fit]
    CHECK(history.epochs.back().loss < history.epochs.front().loss);
    strata::model<classifier> again;
    again.load(file);
    CHECK(again.get("1.weight") == net.get("1.weight"));

    std::vector<float> x(784), t(10);
    t[3] = 1;
    // [pytorch loop]
    auto step = strata::gradients<strata::wrt<strata::parameters>>(net, strata::cross_entropy{});
    strata::optimiser optimiser{net, strata::sgd{.rate = 0.1, .momentum = 0.9}};
    for (int i = 0; i < 20; ++i) {
        const double loss = step(x, t);         // forward and backward
        optimiser.apply(net, step.gradients()); // optimizer.step()
        if (i == 0) std::printf("%g\n", loss);  // gradients are not accumulated: there is no zero_grad()
    }
    // [/pytorch loop]
    const auto scores = net(x);
    CHECK(std::max_element(scores.begin(), scores.end()) - scores.begin() == 3);
}

TEST_CASE("coming from PyTorch: the block of a ResNet", "[train]") {
    using stage = strata::network<strata::image<8, 6, 6>, down_block<16>>;
    CHECK(strata::output_shape<stage> == strata::shape(16, 3, 3));
    const strata::model<stage> net{strata::seed{1}};
    const auto names = net.names();
    CHECK(std::count(names.begin(), names.end(), "0.0.body.3.weight") == 1);
    CHECK(std::count(names.begin(), names.end(), "0.0.shortcut.0.weight") == 1);
}

TEST_CASE("coming from Keras", "[train]") {
    const auto train = digits(200), test = digits(100);
    const temporary_folder folder;
    // [keras fit]
    strata::model<keras_cnn> net{strata::seed{1}};
    std::printf("%s", strata::summary<keras_cnn>().c_str());
    strata::trainer trainer{net, strata::cross_entropy{}, strata::adam{.rate = 1e-3, .epsilon = 1e-7}};
    const auto history = trainer.fit(train, test, {.epochs = 3, .batch = 32, .progress = false});
    const auto result = trainer.evaluate(test);                     // result.loss, result.metric: the accuracy
    const std::vector<float> scores = net(std::vector<float>(784)); // logits: there is no softmax at the end
    // [/keras fit]
    CHECK(history.epochs.back().loss < history.epochs.front().loss);
    CHECK(result.metric > 0.1);
    CHECK(scores.size() == 10);

    // A file as Keras keeps the same network, written here by hand: kernels [H, W, I, O], dense [in, out].
    std::vector<float> kernel(9 * 32), bias(32), dense(13 * 13 * 32 * 10), dense_bias(10);
    kernel[1 * 32 + 5] = 2;                      // row 0, column 1, filter 5
    dense[((2 * 13 + 3) * 32 + 5) * 10 + 7] = 4; // pixel (2, 3) of channel 5, to unit 7
    using strata::io::view_of;
    const std::vector<strata::io::tensor_view> tensors{
        view_of("conv2d/kernel", {3, 3, 1, 32}, kernel), view_of("conv2d/bias", {32}, bias),
        view_of("dense/kernel", {13 * 13 * 32, 10}, dense), view_of("dense/bias", {10}, dense_bias)};
    const std::string file = folder / "keras.safetensors";
    strata::io::write_safetensors(file, tensors, strata::io::metadata{});
    // [keras file]
    net.load(file, {{"conv2d/kernel", "0.weight", {3, 2, 0, 1}}, // [H, W, I, O] → [O, I, H, W]
                    {"conv2d/bias", "0.bias"},
                    {"dense/kernel", "4.weight", {3, 2, 0, 1}, {13, 13, 32, 10}}, // of a flattened [H, W, C]
                    {"dense/bias", "4.bias"}});
    // [/keras file]
    CHECK(net.get("0.weight")[5 * 9 + 1] == 2);
    CHECK(net.get("4.weight")[7 * 13 * 13 * 32 + (5 * 13 + 2) * 13 + 3] == 4);
}

TEST_CASE("coming from RTNeural", "[train]") {
    std::array<float, 64> in{}, out{};
    for (std::size_t i = 0; i < in.size(); ++i) in[i] = std::sin(0.1f * static_cast<float>(i));
    strata::model<effect> net{strata::seed{1}};
    const std::vector<float> expected = net(in);
    // [rtneural loop]
    auto workspace = net.make_workspace(64); // before the audio thread starts: this allocates

    net.run(in, out, workspace); // in the audio thread: a block of 64 samples, without allocation or locks
    // [/rtneural loop]
    for (std::size_t i = 0; i < 64; ++i) CHECK(out[i] == expected[i]);
}
