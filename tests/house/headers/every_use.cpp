/// Most of what a program does with strata, compiled but never run: to check it under strict warnings, and its symbols.
#include <strata/data.hpp>
#include <strata/files.hpp>
#include <strata/gradients.hpp>
#include <strata/losses.hpp>
#include <strata/metrics.hpp>
#include <strata/pictures.hpp>
#include <strata/sequences.hpp>
#include <strata/strata.hpp>
#include <strata/surgery.hpp>
#include <strata/train/companions/checkpoints.hpp>
#include <strata/train/companions/early_stopping.hpp>
#include <strata/train/companions/prefetch.hpp>
#include <strata/train/fit/learning_rate_finder.hpp>
#include <strata/train/parameters/frozen.hpp>
#include <strata/vision.hpp>

#include <cstdio>

void use_everything();

namespace {

struct net : strata::network<strata::image<1, 8, 8>, strata::conv<4, 3, strata::same>, strata::batch_norm, strata::relu,
                             strata::max_pool<2>, strata::conv<20, 3, strata::groups<4>>, strata::tanh_activation,
                             strata::avg_pool<2>, strata::flatten, strata::dropout<0.5>,
                             strata::named<"head", strata::dense<600>, strata::sigmoid, strata::dense<3>>> {};
struct positions_net : strata::network<strata::vectors<7, 5>, strata::layer_norm, strata::dense<6>, strata::tag<"x">,
                                       strata::rms_norm, strata::matmul_transposed<"x">, strata::softmax,
                                       strata::matmul<"x">, strata::flatten, strata::dense<3>> {};
struct values_net : strata::network<strata::features<7>, strata::dense<5>, strata::leaky_relu<0.1>, strata::dense<2>> {
};

template <class Precision>
void with_positions(const strata::data::in_memory<strata::data::class_index>& data) {
    using namespace strata;
    model<positions_net, cpu, Precision> m{seed{1}};
    std::printf("%g\n", trainer{m, cross_entropy{}, adam{}}.fit(data, {.batch = 5}).epochs.back().loss);
}

template <class Net, class Precision>
void with_classes(const strata::data::in_memory<strata::data::class_index>& data) {
    using namespace strata;
    const auto [fitted_on, held_out] = data.split(0.5, seed{1});
    model<Net, cpu, Precision> m{seed{1}};
    trainer t{m, cross_entropy{}, adamw{}, accuracy{}, top_k<2>{}, confusion_matrix<3>{}};
    const auto h = t.fit(fitted_on, held_out, {.epochs = 2, .schedule = cosine, .clip_norm = 1, .average = 0.9},
                         checkpoints{.folder = "x"}, early_stopping{.patience = 3}, prefetch{});
    m.save("a");
    m.load("a");
    std::puts(h.to_text().c_str());
    auto step = gradients<wrt<parameters>, wrt<strata::input>>(m, cross_entropy{});
    optimiser o{m, sgd{.momentum = 0.9}};
    o.apply(m, step.gradients());
    const auto first = first_layers<until<3>>(m);
    struct other : replaced<Net, from<"head">, dense<4>> {};
    model<other, cpu, Precision> with_another_end;
    std::puts(with_another_end.take(m).words().c_str());
    std::printf("%zu %zu %zu\n", first.parameters().size(), m.get("0.weight").size(), t.averaged().parameters().size());
}

template <class Loss, class Rule>
void with_values(const strata::data::in_memory<strata::data::values>& samples) {
    using namespace strata;
    model<values_net> m{seed{1}};
    trainer t{m, Loss{}, Rule{}, mean_absolute_error{}};
    std::printf("%g\n", t.fit(data::normalised(samples, data::fit_normalisation(samples))).epochs.back().loss);
}

struct waves : strata::network<strata::time_series<2, 32>, strata::conv1d<8, 3, strata::causal>, strata::batch_norm,
                               strata::tanh_activation, strata::conv1d<4, 2, strata::causal, strata::dilation<4>>,
                               strata::conv1d<1, 1, strata::no_bias>> {};
struct geometry
    : strata::network<
          strata::image<4, 8, 8>, strata::pad<strata::sides(1, 2), strata::reflect>, strata::crop<1, 2, 8, 8>,
          strata::conv_transpose<4, 3, strata::stride<2>, strata::output_padding<1>>, strata::relu,
          strata::conv_transpose<5, 3>, strata::pixel_unshuffle<2>, strata::pixel_shuffle<2>, strata::pad<1>,
          strata::upsample<2, strata::bilinear>, strata::adaptive_avg_pool<6>, strata::adaptive_max_pool<5>,
          strata::pad<1, strata::replicate>, strata::conv<5, 3, strata::groups<5>, strata::stride<2>>,
          strata::upsample<2>, strata::conv<5, 3, strata::groups<5>, strata::dilation<2>>, strata::global_max_pool,
          strata::named<"head", strata::dense<3>>> {};
template <class Precision>
void with_geometry(const strata::data::in_memory<strata::data::class_index>& data) {
    using namespace strata;
    model<geometry, cpu, Precision> m{seed{1}};
    std::printf("%g\n", trainer{m, cross_entropy{}, adam{}}.fit(data, {.batch = 5}).epochs.back().loss);
}
template <int Hop, class Precision>
void stream_of() {
    const strata::model<waves, strata::cpu, Precision> m{strata::seed{1}};
    auto stream = m.template stream<Hop>();
    typename Precision::type x[unsigned(2 * Hop)]{}, y[unsigned(Hop)]{};
    stream.step(x, y);
    stream.reset();
    std::printf("%g %zu\n", static_cast<double>(y[0]), stream.bytes());
}

} // namespace

void use_everything() {
    using namespace strata;
    with_classes<net, fp32>(data::csv_classes("x.csv", {.targets = {"t"}}));
    with_classes<net, fp64>(data::csv_classes("x.csv", {.targets = {"t"}}));
    with_positions<fp32>(data::csv_classes("x.csv", {.targets = {"t"}}));
    with_positions<fp64>(data::csv_classes("x.csv", {.targets = {"t"}}));
    with_values<huber<>, rmsprop>(data::csv_values("x.csv", {.targets = {"t", "u"}}));
    with_values<l1, adagrad>(data::csv_values("x.csv", {.targets = {"t", "u"}}));
    with_geometry<fp32>(data::csv_classes("x.csv", {.targets = {"t"}}));
    with_geometry<fp64>(data::csv_classes("x.csv", {.targets = {"t"}}));
    stream_of<1, fp32>();
    stream_of<8, fp64>();
    std::puts(summary<net>().c_str());
    const auto tensors = io::read_safetensors("a");
    std::printf("%zu\n", tensors.tensors.size());
    history h;
    history_plot(h).save("h.svg");
    report{.title = "x"}.save("x.html");
}
