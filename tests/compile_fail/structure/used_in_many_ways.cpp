// A broken network that is used in many ways is still one error.
// expect: strata: layer 7 of 9, dense<84>: needs a flat input, but gets an image [16, 4, 4]. Put flatten before it.
// expect-types: network_mistake<strata::core::layer<7, 9>, strata::dense<84>, strata::core::mistake_kind::input_is_not_flat, strata::core::got<16, 4, 4>, strata::core::needs<256>>
#include <strata/files.hpp>
#include <strata/gradients.hpp>
#include <strata/metrics.hpp>
#include <strata/reference/reference.hpp>
#include <strata/strata.hpp>
#include <strata/train/companions/early_stopping.hpp>
#include <strata/train/parameters/frozen.hpp>
#include <strata/train/fit/learning_rate_finder.hpp>
#include <strata/train/predict.hpp>
#include <strata/train/companions/prefetch.hpp>

#include <array>
#include <cstdio>
#include <vector>

// [snippet]
struct net : strata::network<
    strata::image<1, 28, 28>,
    strata::conv<6, 5>,  strata::relu, strata::max_pool<2>,
    strata::conv<16, 5>, strata::relu, strata::max_pool<2>,
#ifdef STRATA_BROKEN
    strata::dense<84>,   strata::relu, strata::dense<10>> {};
#else
    strata::flatten,
    strata::dense<84>,   strata::relu, strata::dense<10>> {};
#endif

static_assert(strata::parameter_count<net> == 25'010);
static_assert(strata::output_shape<net> == strata::shape(10) && strata::output_shape<net>.d0 == 10);
static_assert(strata::parameter_count<net> % 2 == 0 && !(strata::parameter_count<net> > 30'000));
static_assert(!(strata::output_shape<net>.size() < 10 || -strata::flops<net> > 0) && strata::flops<net> - 1 >= +0);
static_assert(1 < strata::flops<net> && 4 * strata::parameter_count<net> < 1'000'000);
static_assert(strata::inference_bytes<net>(8) < 1'000'000);
static_assert(strata::training_bytes<net, strata::cross_entropy>(8) < 10'000'000);

double use(const strata::data::in_memory<strata::data::class_index>& images) {
    strata::model<net> model{strata::seed{1}};
    strata::model<net, strata::reference, strata::fp64> in_double;
    auto space = model.make_workspace(4);
    std::array<float, strata::input_shape<net>.size()> image{};
    std::array<float, strata::output_shape<net>.size()> scores{};
    model.run(image, scores, space);
    const auto answer = model(std::vector<float>(784));
    const auto [fitted_on, held_out] = images.split(0.9, strata::seed{2});
    strata::trainer trainer{model, strata::cross_entropy{}, strata::adam{.rate = 1e-3f}};
    strata::trainer other{in_double, strata::mean_squared_error{}, strata::sgd{}};
    const auto history = trainer.fit(fitted_on, held_out, {.epochs = 10, .batch = 64});
    trainer.fit(images, {.epochs = 1});
    trainer.step(image, scores);
    model.save("net.safetensors");
    model.load("net.safetensors");
    std::puts(strata::summary<net>().c_str());
    return trainer.evaluate(images).metric + answer[0] + static_cast<double>(history.epochs.size() + other.steps());
}
// [/snippet]

double use_by_hand(strata::model<net>& model, const std::vector<float>& images, const std::vector<float>& scores) {
    auto step = strata::gradients<strata::wrt<strata::parameters>, strata::wrt<strata::input>>(model, strata::cross_entropy{});
    auto product = strata::gradients<strata::wrt<strata::parameters_of<0>>>(model);
    auto attribution = strata::gradients<strata::wrt<strata::input>>(std::as_const(model));
    strata::optimiser opt{model, strata::sgd{}};
    const double loss = step(images, scores);
    opt.apply(model, step.gradients());
    product.backward(product.forward(images));
    opt.add(product.gradients(), 0.5);
    opt.apply(model);
    attribution.backward(attribution.forward(images));
    strata::trainer trainer{model, strata::cross_entropy{}, strata::adam{}, strata::frozen<0>{}};
    trainer.step(images, scores);
    return loss + static_cast<double>(attribution.input_gradient()[0]);
}

double use_what_is_left(strata::model<net>& model, const strata::data::in_memory<strata::data::class_index>& images) {
    strata::trainer trainer{model, strata::cross_entropy{}, strata::adam{}, strata::accuracy{}, strata::top_k<3>{}};
    trainer.fit(images, images, {.epochs = 2, .average = 0.9}, strata::early_stopping{.patience = 2});
    const strata::model<net> average = trainer.averaged();
    const strata::history again = trainer.fit(images, {}, strata::early_stopping{}, strata::prefetch{});
    const auto rates = strata::learning_rate_finder{}.search(trainer, images, {.batch = 8});
    std::vector<float> weights = model.get(model.names().front());
    model.set("0.weight", weights);
    model.get(0, weights.data());
    model.save("net.safetensors", {.stored = strata::io::dtype::bf16});
    if (!model.try_load("net.safetensors")) model.load("net.safetensors", strata::name_map{});
    const strata::take_report taken = model.take("trunk.safetensors");
    strata::optimiser opt{model, strata::sgd{.momentum = 0.9}};
    const std::vector<float> all = average.predict(images);
    return trainer.evaluate(images).get<strata::accuracy>().value() + again.best().loss + opt.rule().momentum
           + trainer.gradient_block()[0] + all[0] + rates.suggestion() + static_cast<double>(taken.taken.size());
}
