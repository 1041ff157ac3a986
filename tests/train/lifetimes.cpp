/// A trainer, gradients and an optimiser beside a model that moves, is replaced or is destroyed: they follow it, or say
/// that it is gone.
#include "catch.hpp"
#include "files.hpp"
#include "random_numbers.hpp"

#include <strata/data/in_memory.hpp>
#include <strata/gradients.hpp>
#include <strata/layers.hpp>
#include <strata/train/trainer.hpp>

#include <memory>
#include <optional>
#include <utility>

using namespace strata;
using namespace strata::core;
using namespace strata_tests;

namespace {

struct tiny : network<features<3>, dense<2>> {};
using net_type = model<tiny>;
using trainer_type = trainer<tiny, cpu, fp32, cross_entropy, adam>;

const std::vector<float> x{1, 2, -1, 0.5f, -0.5f, 0.25f}, t{1, 0, 0, 1};

std::vector<float> all_of(const net_type& net) { return {net.parameter_block().begin(), net.parameter_block().end()}; }
/// The parameters after some steps of a trainer that stays where it is.
std::vector<float> after_steps(int steps, std::uint64_t from = 1) {
    net_type net{seed{from}};
    trainer trainer{net, cross_entropy{}, adam{}};
    for (int i = 0; i < steps; ++i) trainer.step(x, t);
    return all_of(net);
}

/// A member of an ensemble: a model and what trains it.
struct member {
    net_type net;
    trainer_type trainer{net, cross_entropy{}, adam{}};
    explicit member(std::uint64_t from) : net(seed{from}) {}
};
/// The same with the trainer elsewhere.
struct member_with_pointer {
    std::unique_ptr<trainer_type> trainer;
    net_type net;
    explicit member_with_pointer(std::uint64_t from) : net(seed{from}) {
        trainer = std::make_unique<trainer_type>(net, cross_entropy{}, adam{});
    }
};

template <class Member>
void grow_an_ensemble() {
    std::vector<Member> all;
    for (std::uint64_t i = 0; i < 9; ++i) {
        all.emplace_back(i);
        for (Member& m : all) {
            if constexpr (requires { m.trainer->step(x, t); }) m.trainer->step(x, t);
            else m.trainer.step(x, t);
        }
    }
    for (std::size_t i = 0; i < 9; ++i) CHECK(all_of(all[i].net) == after_steps(9 - static_cast<int>(i), i));
    // What is erased is assigned to from behind.
    all.erase(all.begin() + 2);
    std::swap(all[0], all[5]);
    for (Member& m : all) {
        if constexpr (requires { m.trainer->step(x, t); }) m.trainer->step(x, t);
        else m.trainer.step(x, t);
    }
    CHECK(all_of(all[0].net) == after_steps(4, 6));
    CHECK(all_of(all[2].net) == after_steps(7, 3));
    CHECK(all_of(all[5].net) == after_steps(10, 0));
    CHECK(all_of(all[7].net) == after_steps(2, 8));
}

} // namespace

TEST_CASE("trainers stay with their models in a vector that grows, shrinks and is sorted") {
    grow_an_ensemble<member>();
    grow_an_ensemble<member_with_pointer>();
}

TEST_CASE("a trainer follows its model, and keeps what it knows where it is moved itself") {
    net_type net{seed{1}};
    trainer first{net, cross_entropy{}, adam{}};
    first.step(x, t);
    net_type moved = std::move(net);
    first.step(x, t);
    CHECK(all_of(moved) == after_steps(2));
    auto second = std::move(first);
    second.step(x, t);
    CHECK(all_of(moved) == after_steps(3));
    CHECK(second.steps() == 3);
}

TEST_CASE("a model that is assigned to keeps its trainer, and takes over that of what is moved there") {
    net_type net{seed{1}}, other{seed{2}};
    trainer of_net{net, cross_entropy{}, adam{}}, of_other{other, cross_entropy{}, adam{}};
    net = net_type{seed{3}}; // begins anew
    of_net.step(x, t);
    CHECK(all_of(net) == after_steps(1, 3));
    net = std::move(other);
    of_other.step(x, t);
    CHECK(all_of(net) == after_steps(1, 2));
    const auto before = all_of(net);
    of_net.step(x, t);
    CHECK(all_of(net) != before);
    net_type last = std::move(net); // both go on
    of_net.step(x, t), of_other.step(x, t);
    const net_type copy = last; // copies have no trainer
    const auto there = all_of(copy);
    of_other.step(x, t);
    CHECK(all_of(copy) == there);
    CHECK(all_of(last) != there);
}

TEST_CASE("a trainer whose model is gone says so, and so does one that was moved from") {
    std::optional<net_type> net(std::in_place, seed{1});
    trainer trainer{*net, cross_entropy{}, adam{}};
    trainer.step(x, t);
    data::contents c;
    c.sample = shape(3), c.floats = {1, 2, 3}, c.labels = {0}, c.classes = 2;
    const data::in_memory<> one(c);
    net.reset();
    const auto complaint = [](auto action) {
        return says(message_of<error>(action), "used after its model was destroyed", "Keep the model alive");
    };
    CHECK(complaint([&] { trainer.step(x, t); }));
    CHECK(complaint([&] { trainer.fit(one, {.epochs = 1, .progress = false}); }));
    CHECK(complaint([&] { (void)trainer.evaluate(one); }));

    net_type alive{seed{1}};
    strata::trainer from{alive, cross_entropy{}, adam{}};
    const auto to = std::move(from);
    CHECK(complaint([&] { from.step(x, t); })); // NOLINT: that is the question
    CHECK(complaint([&] { from.fit(one, {.epochs = 1, .progress = false}); }));
    CHECK(complaint([&] { (void)from.evaluate(one); }));
}

TEST_CASE("gradients follow their model between forward and backward, moved themselves too") {
    net_type net{seed{1}}, still{seed{1}};
    auto made = gradients<wrt<parameters>>(net);
    auto expected = gradients<wrt<parameters>>(still);
    const std::vector<float> dy{1, -1, 0.5f, 2};
    made.forward(x), expected.forward(x);
    net_type moved = std::move(net);
    auto step = std::move(made);
    step.backward(dy), expected.backward(dy);
    std::vector<float> got(6), wanted(6);
    step.get(0, got.data()), expected.get(0, wanted.data());
    CHECK(got == wanted);
    optimiser opt{moved, adam{}}, other{still, adam{}};
    opt.apply(moved, step.gradients()), other.apply(still, expected.gradients());
    CHECK(all_of(moved) == all_of(still));
    // A sum outlives the step that it is of.
    {
        auto passing = gradients<wrt<parameters>>(moved, cross_entropy{});
        passing(x, t);
        opt.add(passing.gradients());
        auto of_still = gradients<wrt<parameters>>(still, cross_entropy{});
        of_still(x, t);
        other.apply(still, of_still.gradients());
    }
    opt.apply(moved);
    CHECK(all_of(moved) == all_of(still));
}

TEST_CASE("gradients of a model that is gone say so, between forward and backward too") {
    auto net = std::make_unique<net_type>(seed{1});
    auto step = gradients<wrt<parameters>>(*net);
    auto of_const = gradients<wrt<input>>(std::as_const(*net), cross_entropy{});
    step.forward(x);
    net.reset();
    const std::vector<float> dy{1, -1, 0.5f, 2};
    CHECK(says(message_of<error>([&] { step.backward(dy); }), "used after its model was destroyed"));
    CHECK(says(message_of<error>([&] { step.forward(x); }), "used after its model was destroyed"));
    CHECK(says(message_of<error>([&] { of_const(x, t); }), "used after its model was destroyed"));
}

namespace {
/// Can the address of what belongs to a temporary be kept?
template <class M>
concept shows_parameters = requires(M&& m) { std::forward<M>(m).parameter_block(); };
template <class S>
concept shows_results = requires(S&& s) { std::forward<S>(s).outputs(); };
template <class S>
concept goes_forward = requires(S&& s, std::span<const float> in) { std::forward<S>(s).forward(in); };
template <class S>
concept gives_gradients = requires(S&& s) { std::forward<S>(s).gradients(); };
template <class T>
concept shows_gradients = requires(T&& t) { std::forward<T>(t).gradient_block(); };
template <class M>
concept can_be_trained = requires(M&& m) { trainer_type(std::forward<M>(m), cross_entropy{}, adam{}); };
template <class M>
concept has_gradients =
    requires(M&& m) { gradient_step<const net_type, cross_entropy, wrt<input>>(std::forward<M>(m), cross_entropy{}); };
} // namespace

TEST_CASE("temporary models have no trainers, and of temporaries nothing is shown that would be gone") {
    STATIC_REQUIRE(can_be_trained<net_type&>);
    STATIC_REQUIRE_FALSE(can_be_trained<net_type>);
    STATIC_REQUIRE_FALSE(can_be_trained<const net_type>);
    STATIC_REQUIRE_FALSE(can_be_trained<const net_type&>);
    STATIC_REQUIRE(has_gradients<const net_type&>);
    STATIC_REQUIRE_FALSE(has_gradients<const net_type>);
    STATIC_REQUIRE_FALSE(has_gradients<net_type>);
    STATIC_REQUIRE(shows_parameters<net_type&>);
    STATIC_REQUIRE(shows_parameters<const net_type&>);
    STATIC_REQUIRE_FALSE(shows_parameters<net_type>);
    STATIC_REQUIRE_FALSE(shows_parameters<const net_type>);
    using step = gradient_step<net_type, cross_entropy, wrt<parameters>>;
    using open_step = gradient_step<net_type, given_gradient, wrt<parameters>>;
    STATIC_REQUIRE(shows_results<step&>);
    STATIC_REQUIRE_FALSE(shows_results<step>);
    STATIC_REQUIRE(gives_gradients<step&>);
    STATIC_REQUIRE_FALSE(gives_gradients<step>);
    STATIC_REQUIRE(goes_forward<open_step&>);
    STATIC_REQUIRE_FALSE(goes_forward<open_step>);
    STATIC_REQUIRE(shows_gradients<trainer_type&>);
    STATIC_REQUIRE_FALSE(shows_gradients<trainer_type>);
    // What a fit or an evaluation gives is kept where a part of the temporary is asked for.
    STATIC_REQUIRE(std::is_same_v<decltype(std::declval<history>().best()), epoch_record>);
    STATIC_REQUIRE(std::is_same_v<decltype(std::declval<history&>().best()), const epoch_record&>);
    using given = evaluation<accuracy>;
    STATIC_REQUIRE(std::is_same_v<decltype(std::declval<given>().get<accuracy>()), accuracy>);
    STATIC_REQUIRE(std::is_same_v<decltype(std::declval<const given&>().get<accuracy>()), const accuracy&>);
}
