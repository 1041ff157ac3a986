// Training on a GPU: the same numbers as on the CPU, the same bits from run to run, files that both read.
#include "files.hpp"
#include "machines/gpu_run.hpp"
#include "nets.hpp"

#include <strata/data/readers/drawn_digits.hpp>
#include <strata/strata.hpp>

#include <atomic>
#include <cstring>
#include <thread>

using namespace strata;
using namespace strata::core;
using namespace strata_tests;

namespace {

/// Everything that has a state of its own: batch-norm's running moments, dropout's random numbers.
struct with_states
    : network<image<1, 28, 28>, conv<8, 3, no_bias>, batch_norm, relu, max_pool<2>, dropout<0.25>, conv<16, 3>,
              leaky_relu<>, avg_pool<2>, flatten, dense<32>, tanh_activation, dropout<0.5>, dense<10>> {};

const data::in_memory<>& digits() {
    static const auto drawn = data::drawn_digits(640, seed{3}, {1 / 255.0f, 0});
    return drawn;
}

/// The losses of the first 20 steps of batches of 32.
template <class Net, class Policy, class Optimizer>
std::vector<double> losses(const Policy& policy, const Optimizer& optimizer) {
    model<Net, Policy> net{seed{5}, policy};
    trainer trainer{net, cross_entropy{}, optimizer};
    std::vector<double> all;
    for (int step = 0; step < 20; ++step) {
        std::vector<float> x(32 * 784), t(32 * 10);
        for (std::size_t i = 0; i < 32; ++i) {
            data::class_index label;
            digits().read(static_cast<std::size_t>(step) * 32 + i, {}, std::span(x).subspan(i * 784, 784), label);
            t[i * 10 + static_cast<std::size_t>(label.value)] = 1;
        }
        all.push_back(trainer.step(x, t));
    }
    return all;
}

template <class Net, class Optimizer>
void compare_losses(const Optimizer& optimizer) {
    const auto here = losses<Net>(cpu{}, optimizer), there = losses<Net>(gpu{}, optimizer);
    for (std::size_t i = 0; i < here.size(); ++i) {
        INFO("step " << i + 1 << ": " << here[i] << " on the CPU, " << there[i] << " on the GPU");
        CHECK(std::abs(here[i] - there[i]) <= 1e-4);
    }
    CHECK(here.back() < here.front());
}

template <class Net, class Policy>
std::vector<float> numbers_of(const model<Net, Policy>& net) {
    std::vector<float> all;
    for (int i = 0; i < static_cast<int>(net.parameters().size()); ++i) {
        std::vector<float> one(static_cast<std::size_t>(net.parameters()[static_cast<std::size_t>(i)].extents.size()));
        net.get(i, one.data());
        all.insert(all.end(), one.begin(), one.end());
    }
    return all;
}

std::vector<float> fitted(std::uint64_t with_seed) {
    model<with_states, gpu> net{seed{with_seed}};
    trainer trainer{net, cross_entropy{}, adam{}};
    trainer.fit(digits(), {.epochs = 2, .batch = 48, .progress = false});
    return numbers_of(net);
}

} // namespace

TEST_CASE("a model on a GPU begins with the numbers it would begin with on the CPU") {
    STRATA_NEEDS_GPU();
    CHECK(numbers_of(model<with_states, gpu>{seed{9}}) == numbers_of(model<with_states>{seed{9}}));
}

TEST_CASE("the losses of the first 20 steps are the CPU's") {
    STRATA_NEEDS_GPU();
    compare_losses<strata_tests::lenet5>(adam{});
    compare_losses<strata_tests::lenet5>(sgd{.rate = 0.05, .momentum = 0.9});
    compare_losses<with_states>(sgd{.rate = 0.05, .momentum = 0.9, .nesterov = true});
}

TEST_CASE("same seed, same card: the same bits") {
    STRATA_NEEDS_GPU();
    const auto first = fitted(1), again = fitted(1), other = fitted(2);
    CHECK(std::memcmp(first.data(), again.data(), first.size() * sizeof(float)) == 0);
    CHECK(first != other);
}

TEST_CASE("a model saved on one machine gives the same predictions on the other") {
    STRATA_NEEDS_GPU();
    std::vector<float> images(100 * 784);
    for (std::size_t i = 0; i < 100; ++i) {
        data::class_index label;
        digits().read(i, {}, std::span(images).subspan(i * 784, 784), label);
    }
    const auto agree = [&](const auto& a, const auto& b) {
        const std::vector<float> x = a(images), y = b(images);
        double worst = 0;
        for (std::size_t i = 0; i < x.size(); ++i) worst = std::max(worst, std::abs(double(x[i]) - double(y[i])));
        CHECK(worst <= 1e-4); // sums in another order; the scores are a few units large
        CHECK(numbers_of(a) == numbers_of(b));
    };
    const temporary_folder folder;
    model<with_states, gpu> there{seed{4}};
    trainer trainer{there, cross_entropy{}, adam{}};
    trainer.fit(digits(), {.epochs = 1, .progress = false});
    there.save(folder / "gpu.safetensors");
    model<with_states> here{seed{1}};
    here.load(folder / "gpu.safetensors");
    agree(here, there);
    here.save(folder / "cpu.safetensors");
    model<with_states, gpu> back{seed{2}};
    back.load(folder / "cpu.safetensors");
    agree(here, back);
}

TEST_CASE("both doors of inference give the same on a GPU") {
    STRATA_NEEDS_GPU();
    const model<strata_tests::lenet5, gpu> net{seed{1}};
    std::array<float, 2 * 784> images{};
    for (std::size_t i = 0; i < images.size(); ++i) images[i] = static_cast<float>(i % 13) / 13;
    std::array<float, 20> scores{};
    auto space = net.make_workspace(2);
    net.run(images, scores, space);
    CHECK(net(images) == std::vector<float>(scores.begin(), scores.end()));
}

TEST_CASE("a stream of the caller's own, copies of a model, and many threads on one model") {
    STRATA_NEEDS_GPU();
    cudaStream_t stream = nullptr;
    REQUIRE(cudaStreamCreateWithFlags(&stream, cudaStreamNonBlocking) == cudaSuccess);
    {
        model<strata_tests::lenet5, gpu> net{seed{1}, gpu{.stream = stream}};
        trainer trainer{net, cross_entropy{}, sgd{.rate = 0.05, .momentum = 0.9}};
        std::vector<float> x(32 * 784), t(32 * 10);
        for (std::size_t i = 0; i < 32; ++i) {
            data::class_index label;
            digits().read(i, {}, std::span(x).subspan(i * 784, 784), label);
            t[i * 10 + static_cast<std::size_t>(label.value)] = 1;
        }
        for (int step = 0; step < 10; ++step) trainer.step(x, t);
        const auto copy = net; // behind the step that may still run
        CHECK(numbers_of(copy) == numbers_of(net));
        const auto scores = net(x);
        CHECK(copy(x) == scores);
        trainer.step(x, t);
        CHECK(copy(x) == scores);
        CHECK(net(x) != scores);

        std::vector<std::thread> threads;
        std::atomic<int> same{0};
        for (int i = 0; i < 4; ++i)
            threads.emplace_back([&] {
                auto space = copy.make_workspace(32);
                std::array<float, 320> out{};
                for (int again = 0; again < 20; ++again) {
                    copy.run(std::span<const float, 32 * 784>(x), out, space);
                    same += std::equal(scores.begin(), scores.end(), out.begin()) ? 1 : 0;
                }
            });
        for (auto& thread : threads) thread.join();
        CHECK(same == 80);
    }
    REQUIRE(cudaStreamDestroy(stream) == cudaSuccess);
}

TEST_CASE("an evaluation on a GPU is the CPU's") {
    STRATA_NEEDS_GPU();
    model<with_states, gpu> there{seed{4}};
    model<with_states> here{seed{4}};
    trainer on_gpu{there, cross_entropy{}, adam{}};
    trainer on_cpu{here, cross_entropy{}, adam{}};
    const auto a = on_gpu.evaluate(digits()), b = on_cpu.evaluate(digits());
    CHECK(std::abs(a.loss - b.loss) <= 1e-5);
    CHECK(std::abs(a.metric - b.metric) <= 2.0 / 640); // a score that is nearly a tie
}

TEST_CASE("what a GPU refuses is one clear error") {
    STRATA_NEEDS_GPU();
    CHECK(says(message_of<device_error>([] { model<strata_tests::lenet5, gpu> net{seed{1}, gpu{.device = 1000}}; }),
               "there is no GPU number 1000"));
    const model<strata_tests::lenet5, gpu> net{seed{1}};
    CHECK(says(message_of<device_error>([&] { static_cast<void>(net.make_workspace(500'000'000)); }),
               "a batch of 500000000 needs", "bytes on the GPU", "are free", "The largest batch that fits is"));
    // A loss that is not finite is explained as on the CPU.
    model<strata_tests::lenet5, gpu> broken{seed{1}};
    trainer trainer{broken, cross_entropy{}, sgd{}};
    std::vector<float> x(784), t(10);
    x[5] = std::numeric_limits<float>::infinity(), t[0] = 1;
    CHECK(says(message_of<error>([&] { trainer.step(x, t); }),
               "sample 0 of the batch contains a number that is not finite"));
}
