// A network on a GPU, called from plain C++. It is trained on the CPU, saved, and loaded onto the GPU; then the
// predictions of both are compared.
// ctest cuda:
// ctest expects: 1000 of 1000 predictions agree
#include "classifier.hpp"
#include "lenet5.hpp"

#include <strata/strata.hpp>

#include <algorithm>

int main() try {
    const auto digits = strata::data::drawn_digits(2000, strata::seed{1}, {1 / 255.0f, 0});
    strata::model<lenet5> net{strata::seed{1}};
    strata::trainer trainer{net, strata::cross_entropy{}, strata::adam{}};
    trainer.fit(digits, {.epochs = 3});
    net.save("gpu_from_cpp.safetensors");

    const classifier on_gpu{"gpu_from_cpp.safetensors"};

    std::vector<float> images(1000 * 784);
    for (std::size_t i = 0; i < 1000; ++i) {
        strata::data::class_index label;
        digits.read(i, {}, std::span(images).subspan(i * 784, 784), label);
    }
    const auto here = net(images), there = on_gpu(images);
    int agree = 0;
    for (std::size_t i = 0; i < 1000; ++i) {
        const auto best = [i](const std::vector<float>& scores) {
            const auto first = scores.begin() + static_cast<std::ptrdiff_t>(i) * 10;
            return std::max_element(first, first + 10) - first;
        };
        agree += best(here) == best(there) ? 1 : 0;
    }
    std::printf("%d of 1000 predictions agree\n", agree);
    return agree == 1000 ? 0 : 1;
} catch (const std::exception& e) {
    std::fprintf(stderr, "%s\n", e.what());
    return 1;
}
