/// How much stack a network takes of the thread that runs it: at most 16 KiB, whatever the network, so that it runs in
/// the thread of an audio callback or a fibre. Larger scratch is a part of the workspace and of the trainer's memory.
#include "catch.hpp"

#include <strata/gradients.hpp>
#include <strata/strata.hpp>

#include <cstddef>
#include <cstring>
#include <memory>
#include <pthread.h>
#include <vector>

using namespace strata;
using namespace strata::core;

namespace {

// Sanitizers put zones around every variable.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr std::size_t most_stack = 256 << 10, stack_size = 4 << 20;
#else
constexpr std::size_t most_stack = 16 << 10, stack_size = 64 << 10;
#endif

/// The bytes of stack that body() takes in a thread of a small stack, beyond what an empty one takes.
class painted_stack {
  public:
    template <class Body>
    std::size_t used_by(Body& body) {
        const std::size_t nothing = depth([](void*) -> void* { return nullptr; }, nullptr);
        return depth(
                   [](void* b) -> void* {
                       (*static_cast<Body*>(b))();
                       return nullptr;
                   },
                   &body)
               - nothing;
    }

  private:
    static constexpr std::size_t size = stack_size, page = 1 << 16;
    static constexpr unsigned char paint = 0xA5;

    std::size_t depth(void* (*run)(void*), void* argument) {
        std::memset(memory(), paint, size);
        pthread_attr_t attributes;
        REQUIRE(pthread_attr_init(&attributes) == 0);
        REQUIRE(pthread_attr_setstack(&attributes, memory(), size) == 0);
        pthread_t thread;
        REQUIRE(pthread_create(&thread, &attributes, run, argument) == 0);
        pthread_join(thread, nullptr);
        pthread_attr_destroy(&attributes);
        std::size_t untouched = 0;
        while (untouched < size && memory()[untouched] == paint) ++untouched;
        return size - untouched;
    }
    unsigned char* memory() {
        void* at = all_.get();
        std::size_t room = size + page;
        return static_cast<unsigned char*>(std::align(page, size, at, room));
    }
    std::unique_ptr<unsigned char[]> all_{new unsigned char[size + page]};
};

/// Products that pack their operands, copy what ends within a register, turn a weight round; convolutions of every kind
/// of kernel; normalisation over more channels than are walked through at once.
struct large_dense : network<features<4096>, dense<128>, relu, dense<1030>, tanh_activation, dense<10>> {};
struct one_channel : network<image<1, 28, 28>, conv<8, 5, same>, batch_norm, relu, max_pool<2>, conv<16, 3, groups<4>>,
                             avg_pool<2>, flatten, dropout<0.5>, dense<33>, softmax> {};
struct many_channels : network<image<3, 8, 8>, conv<1100, 3, same>, batch_norm, relu, conv<260, 1>, batch_norm, sigmoid,
                               conv<19, 3, stride<2>>, global_avg_pool, dense<5>> {};
struct tiny : network<features<8>, dense<16>, tanh_activation, dense<16>, tanh_activation, dense<1>> {};

template <class Net, class Precision>
void check_stack() {
    using number = typename Precision::type;
    const model<Net, cpu, Precision> net;
    constexpr int batch = 50;
    std::vector<number> x(static_cast<std::size_t>(batch * net.input_size), number(0.25)),
        y(static_cast<std::size_t>(batch * net.output_size)),
        t(static_cast<std::size_t>(batch * net.output_size), number(0.5));
    auto space = net.make_workspace(batch);
    painted_stack stack;

    auto infer = [&] {
        net.run(std::span<const number, batch * model<Net, cpu, Precision>::input_size>(x),
                std::span<number, batch * model<Net, cpu, Precision>::output_size>(y), space);
    };
    INFO("precision " << sizeof(number) << ", inputs " << net.input_size);
    CHECK(stack.used_by(infer) <= most_stack);

    model<Net, cpu, Precision> trained;
    trainer training{trained, mean_squared_error{}, adam{}};
    auto learn = [&] { training.step(x, t); };
    learn(); // memory is there from now on
    CHECK(stack.used_by(learn) <= most_stack);
    auto by_hand = gradients<wrt<parameters>, wrt<strata::input>>(trained, mean_squared_error{});
    auto differentiate = [&] { by_hand(x, t); };
    differentiate();
    CHECK(stack.used_by(differentiate) <= most_stack);
}

} // namespace

TEST_CASE("inference and a step of training take at most 16 KiB of stack", "[run]") {
    check_stack<large_dense, fp32>();
    check_stack<large_dense, fp64>();
    check_stack<one_channel, fp32>();
    check_stack<one_channel, fp64>();
    check_stack<many_channels, fp32>();
    check_stack<tiny, fp32>();
}
