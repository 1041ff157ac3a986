/// Networks as Boost.Hana values: cut, extended and joined, they are the networks one would write by hand.
#include "catch.hpp"
#include "random_numbers.hpp"

#include <strata/inference.hpp>
#include <strata/layers/hana.hpp>
#include <strata/reference/reference.hpp>

#include <string>
#include <type_traits>

using namespace strata;
using namespace strata::core;
using namespace strata_tests;
namespace hana = boost::hana;

namespace {

struct small : network<image<1, 8, 8>, conv<3, 3, same>, relu, max_pool<2>, flatten, dense<10>, relu, dense<4>> {};
struct head : network<features<9>, dropout<0.5>, dense<9>, tanh_activation> {};

/// Another head: what stands in `small` before its last layer, then a dense of seven.
constexpr auto body = hana::drop_back(layers_of<small>, hana::size_c<1>);
using seven = network_of<image<1, 8, 8>, decltype(hana::append(body, hana::type_c<dense<7>>))>;
using seven_by_hand = network<image<1, 8, 8>, conv<3, 3, same>, relu, max_pool<2>, flatten, dense<10>, relu, dense<7>>;

/// Two networks, one behind the other.
constexpr auto both =
    hana::flatten(hana::make_tuple(layers_of<small>, hana::make_tuple(hana::type_c<dense<9>>), layers_of<head>));
using joined = network_of<image<1, 8, 8>, decltype(both)>;
using joined_by_hand = network<image<1, 8, 8>, conv<3, 3, same>, relu, max_pool<2>, flatten, dense<10>, relu, dense<4>,
                               dense<9>, dropout<0.5>, dense<9>, tanh_activation>;

/// The cut alone is a network too, of other extents.
using cut = network_of<image<1, 8, 8>, decltype(hana::drop_back(layers_of<small>, hana::size_c<4>))>;

template <class Net>
std::string spelling() {
    text t;
    Net::spell(t);
    return {t.begin(), t.end()};
}

/// The same parameters from the same seed, and the same results.
template <class Net, class ByHand, class Policy>
void check_same_numbers() {
    const model<Net, Policy> made{seed{5}};
    const model<ByHand, Policy> written{seed{5}};
    REQUIRE(made.parameters().size() == written.parameters().size());
    const auto images = random_numbers<float>(3 * 64, 1);
    const auto results = made(images);
    CHECK(results.size() == 3 * static_cast<std::size_t>(output_shape<ByHand>.size()));
    CHECK(results == written(images));
    CHECK(results != std::vector<float>(results.size(), results[0]));
}

} // namespace

// The networks are the very types that are written by hand, so everything else follows; their facts all the same.
static_assert(std::is_same_v<seven, seven_by_hand>);
static_assert(std::is_same_v<joined, joined_by_hand>);
static_assert(std::is_same_v<network_of<features<9>, decltype(layers_of<head>)>,
                             network<features<9>, dropout<0.5>, dense<9>, tanh_activation>>);
static_assert(std::is_same_v<network_of<features<9>, decltype((layers_of<head>))>, // a reference to const
                             network_of<features<9>, decltype(layers_of<head>)>>);
static_assert(decltype(hana::size(layers_of<small>))::value == 7);
static_assert(decltype(hana::size(layers_of<sequence<relu, pass>>))::value == 2); // of a block too
static_assert(output_shape<seven> == shape(7));
static_assert(output_shape<joined> == shape(9));
static_assert(output_shape<cut> == shape(3, 4, 4));
static_assert(parameter_count<cut> == 3 * 9 + 3);
static_assert(parameter_count<seven> == 30 + 10 * 48 + 10 + 7 * 10 + 7);
static_assert(parameter_count<joined> == parameter_count<small> + (4 * 9 + 9) + (9 * 9 + 9));
static_assert(flops<joined> > flops<small>);

TEST_CASE("hana: a network made of a tuple of layers spells itself as the one written by hand", "[layers]") {
    CHECK(spelling<seven>()
          == "network<image<1, 8, 8>, conv<3, 3, same>, relu, max_pool<2>, flatten, dense<10>, relu, dense<7>>");
    CHECK(spelling<joined>() == spelling<joined_by_hand>());
    CHECK(spelling<cut>() == "network<image<1, 8, 8>, conv<3, 3, same>, relu, max_pool<2>>");
}

TEST_CASE("hana: layers are counted and searched by ordinary code", "[layers]") {
    int layers = 0, rectifiers = 0;
    hana::for_each(layers_of<small>, [&](auto layer) {
        ++layers;
        rectifiers += std::is_same_v<typename decltype(layer)::type, relu> ? 1 : 0;
    });
    CHECK(layers == 7);
    CHECK(rectifiers == 2);
}

TEST_CASE("hana: networks cut, extended and joined give the numbers of those written by hand", "[layers]") {
    struct seven_named : seven {};
    struct seven_written
        : network<image<1, 8, 8>, conv<3, 3, same>, relu, max_pool<2>, flatten, dense<10>, relu, dense<7>> {};
    check_same_numbers<seven_named, seven_written, cpu>();
    check_same_numbers<seven_named, seven_written, reference>();
    struct joined_named : joined {};
    struct joined_written : joined_by_hand {};
    check_same_numbers<joined_named, joined_written, cpu>();
    check_same_numbers<cut, network<image<1, 8, 8>, conv<3, 3, same>, relu, max_pool<2>>, cpu>();
}

TEST_CASE("hana: a layer of its own in the place of each relu", "[layers]") {
    constexpr auto smooth = hana::transform(layers_of<small>, [](auto layer) {
        using layer_type = typename decltype(layer)::type;
        return hana::type_c<std::conditional_t<std::is_same_v<layer_type, relu>, tanh_activation, layer_type>>;
    });
    using smooth_net = network_of<image<1, 8, 8>, decltype(smooth)>;
    STATIC_REQUIRE(std::is_same_v<smooth_net, network<image<1, 8, 8>, conv<3, 3, same>, tanh_activation, max_pool<2>,
                                                      flatten, dense<10>, tanh_activation, dense<4>>>);
}
