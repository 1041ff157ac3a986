/// The two doors to inference: run, which neither allocates nor throws, and net(x), which checks.
#include "allocations.hpp"
#include "catch.hpp"
#include "files.hpp"
#include "nets.hpp"
#include "pytorch/pytorch_case.hpp"
#include "random_numbers.hpp"

#include <strata/inference.hpp>
#include <strata/reference/reference.hpp>

#include <array>
#include <cmath>
#include <csignal>
#include <cstdint>
#include <fcntl.h>
#include <limits>
#include <sys/wait.h>
#include <thread>
#include <tuple>
#include <unistd.h>

using namespace strata;
using namespace strata::core;
using namespace strata_tests;

namespace {

constexpr int pixels = 28 * 28, blocks_in = 3 * 8 * 8;

/// The largest distance of two results, as a fraction of the largest magnitude.
template <class A, class B>
double apart(const A& a, const B& b) {
    REQUIRE(a.size() == b.size());
    double worst = 0, largest = 0;
    for (std::size_t i = 0; i < a.size(); ++i) {
        worst = std::fmax(worst, std::fabs(static_cast<double>(a[i]) - static_cast<double>(b[i])));
        largest = std::fmax(largest, std::fabs(static_cast<double>(b[i])));
    }
    return largest > 0 ? worst / largest : worst;
}

/// What a run says that ends the program.
template <class Run>
std::string last_words(const Run& run) {
    const temporary_folder folder;
    const pid_t child = ::fork();
    REQUIRE(child >= 0);
    if (child == 0) {
        if (::dup2(::creat((folder / "said").c_str(), 0600), 2) != 2) ::_exit(2);
        std::signal(SIGABRT, SIG_DFL); // not the test framework's
        run();
        ::_exit(0);
    }
    int status = 0;
    REQUIRE(::waitpid(child, &status, 0) == child);
    CHECK(WIFSIGNALED(status));
    CHECK(WTERMSIG(status) == SIGABRT);
    const auto said = io::read_file(folder / "said");
    return {reinterpret_cast<const char*>(said.data()), said.size()};
}

} // namespace

TEST_CASE("run neither allocates nor throws") {
    const model<lenet5> net{seed{1}};
    const model<blocks_in_blocks> other{seed{1}};
    auto space = net.make_workspace(4);
    auto other_space = other.make_workspace(3);
    static std::array<float, 4 * pixels> images{};
    std::array<float, 4 * 10> scores{};
    static std::array<float, 3 * blocks_in> small_images{};
    std::array<float, 3 * 4> small_scores{};
    STATIC_REQUIRE(noexcept(net.run(images, scores, space)));

    const long long before = allocations();
    net.run(images, scores, space);
    net.run(std::span<const float, pixels>(images.data(), pixels), std::span<float, 10>(scores.data(), 10), space);
    other.run(small_images, small_scores, other_space);
    const long long after = allocations();
    CHECK(after == before);

    CHECK(net.make_workspace().bytes() > 0); // the trap is armed
    CHECK(allocations() > after);
    CHECK(std::isfinite(scores[0]));
}

TEST_CASE("run gives what net(x) gives, for one sample and for several") {
    const model<lenet5> net{seed{2}};
    const auto images = random_numbers<float>(4 * pixels, 1);
    const auto expected = net(images);
    auto space = net.make_workspace(4);
    std::array<float, 40> scores{};
    net.run(std::span<const float, 4 * pixels>(images.data(), 4 * pixels), scores, space);
    CHECK(std::equal(scores.begin(), scores.end(), expected.begin(), expected.end()));
    for (int n = 0; n < 4; ++n) {
        std::array<float, 10> one{};
        net.run(std::span<const float, pixels>(images.data() + n * pixels, pixels), one, space);
        CHECK(std::equal(one.begin(), one.end(), expected.begin() + n * 10));
    }
}

TEST_CASE("one const model serves many threads, each with its own workspace") {
    const model<lenet5> net{seed{3}};
    constexpr int threads = 4, rounds = 20;
    const auto images = random_numbers<float>(threads * pixels, 2);
    const auto expected = net(images);
    std::vector<int> wrong(threads, 0);
    std::vector<std::thread> all;
    for (int t = 0; t < threads; ++t)
        all.emplace_back([&, t] {
            auto space = net.make_workspace();
            for (int round = 0; round < rounds; ++round) {
                const int n = (t + round) % threads;
                std::array<float, 10> scores{};
                net.run(std::span<const float, pixels>(images.data() + n * pixels, pixels), scores, space);
                for (int i = 0; i < 10; ++i)
                    wrong[static_cast<std::size_t>(t)] +=
                        scores[static_cast<std::size_t>(i)] != expected[static_cast<std::size_t>(n * 10 + i)];
            }
        });
    for (auto& thread : all) thread.join();
    CHECK(wrong == std::vector<int>(threads, 0));
}

TEST_CASE("net(x) takes any number of whole samples, and each result is that sample's alone") {
    const model<blocks_in_blocks> net{seed{4}};
    const auto images = random_numbers<float>(37 * blocks_in, 3); // four chunks and a part
    const auto together = net(images);
    REQUIRE(together.size() == 37 * 4);
    for (int n = 0; n < 37; ++n) {
        const auto alone = net(std::span<const float>(images.data() + n * blocks_in, blocks_in));
        CHECK(std::equal(alone.begin(), alone.end(), together.begin() + n * 4));
    }
    const auto of_array = net(std::array<float, blocks_in>{});
    CHECK(of_array.size() == 4);
    CHECK(of_array == net(std::vector<float>(blocks_in, 0.0f)));
}

TEST_CASE("net(x) refuses what is no whole number of samples and names both shapes") {
    const model<lenet5> net{seed{1}};
    const auto message_for = [&](std::size_t elements) {
        return message_of<shape_error>([&] { (void)net(std::vector<float>(elements)); });
    };
    CHECK(says(message_for(783), "783 elements", "[1, 28, 28]", "784"));
    CHECK(says(message_for(pixels + 1), "785 elements", "[1, 28, 28]", "784"));
    CHECK(says(message_for(0), "0 elements", "[1, 28, 28]", "784"));
    CHECK(says(message_of<shape_error>([&] { (void)net.make_workspace(0); }), "0 samples"));
}

TEST_CASE("run refuses a workspace that is too small, and says which would do") {
    const model<lenet5> net{seed{1}};
    auto space = net.make_workspace(1);
    static std::array<float, 9 * pixels> images{};
    std::array<float, 90> scores{};
    CHECK(says(last_words([&] { net.run(images, scores, space); }), "9 samples", "make_workspace(9)"));
}

TEST_CASE("run refuses a workspace without room for its inputs and outputs, whatever the arena") {
    struct gain : network<time_series<1, 64>, conv1d<1, 1>> {};
    const model<gain> net{seed{1}};
    const auto state = net.make_state();
    auto of_a_step = net.make_workspace(state);
    std::array<float, 64> x{}, y{};
    CHECK(says(last_words([&] { net.run(x, y, of_a_step); }), "1 samples", "make_workspace(1)"));

    struct two
        : network<inputs<in<"a", features<2>>, in<"b", features<2>>>, use<"a">, tag<"left">, use<"b">, add<"left">> {};
    struct one : network<features<2>, relu> {};
    const model<two> sum{seed{1}};
    auto of_one = model<one>{}.make_workspace();
    const std::array<float, 2> a{1, 2}, b{3, 4};
    std::array<float, 2> c{};
    CHECK(says(last_words([&] { sum.run(std::tie(a, b), c, of_one); }), "1 samples", "make_workspace(1)"));
    auto own = sum.make_workspace();
    sum.run(std::tie(a, b), c, own);
    CHECK(c == std::array<float, 2>{4, 6});
}

TEST_CASE("a workspace has the bytes that were known at compile time") {
    const model<lenet5> net{seed{1}};
    using plan = model<lenet5>::inference_plan;
    STATIC_REQUIRE(model<lenet5>::input_size == pixels);
    STATIC_REQUIRE(model<lenet5>::output_size == 10);
    for (const int batch : {1, 7, 20}) {
        CHECK(net.make_workspace(batch).bytes()
              == static_cast<std::size_t>(model<lenet5>::scratch) * sizeof(float)
                     + static_cast<std::size_t>(plan::arena_bytes(batch)));
        CHECK(net.make_workspace(batch).max_batch() == batch);
    }
}

TEST_CASE("the same seed gives the same parameters under every policy and precision, another seed others") {
    const model<blocks_in_blocks> net{seed{5}};
    const model<blocks_in_blocks, reference> oracle{seed{5}};
    const model<blocks_in_blocks, cpu, fp64> wide{seed{5}};
    const model<blocks_in_blocks> another{seed{6}};
    for (int i = 0; i < static_cast<int>(net.parameters().size()); ++i) {
        const parameter_info& p = net.parameters()[static_cast<std::size_t>(i)];
        std::vector<float> a(static_cast<std::size_t>(p.extents.size())), b = a, c = a;
        std::vector<double> d(a.size());
        net.get(i, a.data()), oracle.get(i, b.data()), another.get(i, c.data()), wide.get(i, d.data());
        CHECK(a == b);
        CHECK(apart(a, d) <= std::numeric_limits<float>::epsilon()); // the bound 1/sqrt(fan in) is rounded
        CHECK((a != c) == (p.start == init::kaiming));
    }
}

TEST_CASE("initial parameters are PyTorch's: uniform in 1/sqrt(fan in), batch_norm 1 and 0") {
    struct net_type : network<image<3, 8, 8>, conv<40, 5, groups<1>>, batch_norm, flatten, dense<50>> {};
    const model<net_type> net{seed{7}};
    const auto read = [&](int i) {
        std::vector<float> x(static_cast<std::size_t>(net.parameters()[static_cast<std::size_t>(i)].extents.size()));
        net.get(i, x.data());
        return x;
    };
    for (const auto& [parameter, fan_in] : {std::pair{0, 75}, {1, 75}, {6, 640}, {7, 640}}) {
        const auto x = read(parameter);
        const double bound = 1 / std::sqrt(static_cast<double>(fan_in));
        double largest = 0, sum = 0;
        for (const float e : x)
            largest = std::fmax(largest, std::fabs(static_cast<double>(e))), sum += static_cast<double>(e);
        CHECK(largest <= bound * (1 + 1e-6)); // rounded to float
        CHECK(largest
              >= 0.9 * bound); // of at least 40 numbers all below 0.9 has probability 0.9^40 = 1.5 %; this seed not
        // The mean of n uniform numbers has deviation bound / sqrt(3 n).
        CHECK(std::fabs(sum / static_cast<double>(x.size()))
              <= 4 * bound / std::sqrt(3.0 * static_cast<double>(x.size())));
    }
    CHECK(read(2) == std::vector<float>(40, 1.0f)); // weight
    CHECK(read(3) == std::vector<float>(40, 0.0f)); // bias
    CHECK(read(4) == std::vector<float>(40, 0.0f)); // running_mean
    CHECK(read(5) == std::vector<float>(40, 1.0f)); // running_var
}

TEST_CASE("a layer that draws nothing changes no other layer's parameters") {
    struct plain : network<features<6>, dense<5>, dense<4>> {};
    struct longer : network<features<6>, dense<5>, relu, sequence<pass, dense<4>>, softmax> {};
    const model<plain> a{seed{8}};
    const model<longer> b{seed{8}};
    REQUIRE(a.parameters().size() == b.parameters().size());
    for (int i = 0; i < 4; ++i) {
        std::array<float, 30> x{}, y{};
        a.get(i, x.data()), b.get(i, y.data());
        CHECK(x == y);
    }
}

TEST_CASE("policies and precisions agree on a network of everything") {
    const auto images = random_numbers<double>(7 * blocks_in, 4);
    const std::vector<float> floats(images.begin(), images.end());
    const auto expected = model<blocks_in_blocks, reference, fp64>{seed{9}}(images);
    REQUIRE(expected.size() == 7 * 4);
    // 30 operations with sums of up to 240 terms: 30 (4 + 2 sqrt 240) roundings of 6e-8 are 6.3e-5; in double 2e-13.
    CHECK(apart(model<blocks_in_blocks, cpu, fp32>{seed{9}}(floats), expected) <= 6.3e-5);
    CHECK(apart(model<blocks_in_blocks, reference, fp32>{seed{9}}(floats), expected) <= 6.3e-5);
    CHECK(apart(model<blocks_in_blocks, cpu, fp64>{seed{9}}(images), expected) <= 2.3e-13);
}

TEST_CASE("a copy of a model is a model of its own") {
    model<lenet5> a{seed{1}};
    const model<lenet5> b = a;
    const auto image = random_numbers<float>(pixels, 5);
    const auto before = b(image);
    for (float& x : a.parameter_block()) x = 0;
    CHECK(b(image) == before);
    CHECK(a(image) == std::vector<float>(10, 0.0f));
    CHECK(reinterpret_cast<std::uintptr_t>(b.parameter_block().data()) % 64 == 0);
}

TEST_CASE("with PyTorch's parameters a model gives PyTorch's results") {
    struct lenet_mini : network<image<1, 12, 12>, conv<2, 3, same>, relu, max_pool<2>, conv<3, 3>, relu, max_pool<2>,
                                flatten, dense<5>, relu, dense<4>> {};
    const pytorch_case torch("lenet_mini");
    const auto outputs_of = [&]<class Policy, class Precision>(Policy, Precision) {
        using number = typename Precision::type;
        model<lenet_mini, Policy, Precision> net{};
        for (int i = 0; i < static_cast<int>(net.parameters().size()); ++i) {
            const auto& tensor = torch[std::string(description<lenet_mini>::name(i))];
            const parameter_info& p = net.parameters()[static_cast<std::size_t>(i)];
            REQUIRE(static_cast<int>(tensor.shape.size()) == p.extents.rank);
            for (int axis = 0; axis < p.extents.rank; ++axis)
                CHECK(tensor.shape[static_cast<std::size_t>(axis)] == p.extents[axis]);
            const std::vector<number> values(tensor.values.begin(), tensor.values.end());
            net.set(i, values.data());
        }
        const auto& input = torch["input"].values;
        return net(std::vector<number>(input.begin(), input.end()));
    };
    const auto& expected = torch["output"].values;
    // The order of sums of up to 18 terms through four layers.
    CHECK(apart(outputs_of(cpu{}, fp64{}), expected) <= 1e-14);
    CHECK(apart(outputs_of(reference{}, fp64{}), expected) <= 1e-14);
    CHECK(apart(outputs_of(cpu{}, fp32{}), expected) <= 5e-6);
}
