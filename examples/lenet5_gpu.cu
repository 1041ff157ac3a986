// LeNet-5 (LeCun et al. 1998) as a type, trained on MNIST on an NVIDIA GPU.
// ctest cuda:
// ctest expects: test accuracy 0\.99
#include <strata/cuda.hpp>

#include "arguments.hpp"

struct lenet5 : strata::network<
    strata::image<1, 28, 28>,
    strata::conv<6, 5, strata::same>, strata::relu, strata::max_pool<2>,
    strata::conv<16, 5>,              strata::relu, strata::max_pool<2>,
    strata::flatten,
    strata::dense<120>, strata::relu,
    strata::dense<84>,  strata::relu,
    strata::dense<10>> {};

static_assert(strata::parameter_count<lenet5> == 61'706);

int main(int argc, char** argv) try {
    const arguments given(argc, argv, {.epochs = 10, .seed = 1, .threads = 2});
    auto [train, test]         = strata::data::mnist(given.data);
    auto [fitted_on, held_out] = train.split(0.9, strata::seed{given.seed});
    std::printf("data: %s\n%s", train.origin().c_str(),
                strata::summary<lenet5, strata::cross_entropy, strata::gpu>().c_str());

    // [model]
    auto net     = strata::model<lenet5, strata::gpu>{strata::seed{given.seed}, strata::gpu{.threads = given.threads}};
    auto trainer = strata::trainer{net, strata::cross_entropy{}, strata::adam{.rate = 2e-3}};
    trainer.fit(fitted_on, held_out, {.epochs = given.epochs, .batch = 64, .schedule = strata::cosine});
    // [/model]
    const double accuracy = trainer.evaluate(test).metric;
    net.save("lenet5_gpu.safetensors");
    std::printf("test accuracy %.4f\n", accuracy);
} catch (const std::exception& e) {
    std::fprintf(stderr, "%s\n", e.what());
    return 1;
}
