/// find_layer: layers by name, by path and by position, and what is said of those that are not there.
#include "catch.hpp"

#include <strata/layers.hpp>
#include <strata/plan/find_layer.hpp>
#include <strata/plan/passes/build.hpp>

#include <string>

using namespace strata;
using namespace strata::core;

namespace {

struct net : network<image<2, 6, 6>, named<"stem", named<"conv1", conv<3, 3>>, batch_norm, relu>, conv<4, 3, same>,
                     named<"body", residual<sequence<named<"conv1", conv<4, 3, same>>, relu>>>, flatten,
                     named<"head", dense<5>>> {};
struct nameless : network<features<3>, dense<2>, relu, dense<2>> {};

template <class Net = net>
int row(const layer_id& id) {
    return find_layer(build<Net>(request{}), id);
}
template <class Net = net>
std::string said(const layer_id& id) {
    const graph g = build<Net>(request{});
    const mistake m = no_such_layer(g, id);
    return std::string(m.sentence.begin(), m.sentence.end());
}
struct mixed : network<features<3>, sequence<dense<3>, relu, named<"a", dense<3>>, relu>, repeat<2, dense<3>>> {};
/// What the sentence says behind "The layers in ... are ".
std::string says_layers(const std::string& sentence) {
    const std::size_t at = sentence.find("\" are ") + 6;
    return sentence.substr(at, sentence.find(". Use one") - at);
}
std::string nearest(const char* name) {
    const text t = nearest_layer(build<net>(request{}), name);
    return std::string(t.begin(), t.end());
}

} // namespace

TEST_CASE("a layer has the name that it has in files, whatever blocks it is in") {
    // stem 0, conv1 1 and its conv 2, batch_norm 3, relu 4, conv 5, body 6, residual 7, its body 8, conv1 9 ...
    CHECK(row("stem") == 0);
    CHECK(row("stem.conv1") == 1);
    CHECK(row("stem.1") == 3);
    CHECK(row("stem.2") == 4);
    CHECK(row("1") == 5);
    CHECK(row(1) == 5);
    CHECK(row("body") == 6);
    CHECK(row("body.body") == 8);
    CHECK(row("body.body.conv1") == 9);
    CHECK(row("body.shortcut") == 12);
    CHECK(row(4) == row("head"));
    const graph g = build<net>(request{});
    CHECK(end_of_layer(g, 0) == 5);
    CHECK(end_of_layer(g, 5) == 6);
    CHECK(end_of_layer(g, 6) == row(3));
    CHECK(end_of_layer(g, row("head")) == g.layers.size());
}

TEST_CASE("what is no layer's name is none: beginnings, ends, and positions in blocks by number alone") {
    for (const layer_id& id : {layer_id("ste"), layer_id("stem."), layer_id("stem1"), layer_id("conv1"), layer_id(""),
                               layer_id("stem.conv1.0"), layer_id("stem.0"), layer_id("0"), layer_id("body.0"),
                               layer_id(5), layer_id(-1), layer_id(-2), layer_id("stem.3"), layer_id("10")})
        CHECK(row(id) == -1);
}

TEST_CASE("the nearest name is the one fewest letters away, or that of a layer in a block") {
    CHECK(nearest("stemm") == "stem");
    CHECK(nearest("hed") == "head");
    CHECK(nearest("boddy") == "body");
    CHECK(nearest("stem.convl") == "stem.conv1");
    CHECK(nearest("conv1") == "stem.conv1");
    CHECK(nearest("body.conv1") == "body.body.conv1"); // the residual's own name is easily forgotten
    CHECK(nearest("haed") == "head");
    CHECK(nearest("classifier").empty());
    CHECK(nearest("xy").empty());
}

TEST_CASE("the sentence has the name, the nearest and those there are, of the block where it is in one") {
    CHECK(said("hed")
          == "strata: the network has no layer \"hed\". Did you mean \"head\"? Its outermost layers are 0 to 4; the "
             "named ones are \"stem\", \"body\", \"head\". Use one of these, or give a layer a name: named<\"head\", "
             "...>.");
    CHECK(said("stem.conv2")
          == "strata: the network has no layer \"stem.conv2\". Did you mean \"stem.conv1\"? The layers "
             "in \"stem\" are 1 to 2, and by name \"conv1\". Use one of these, or give a "
             "layer a name: named<\"head\", ...>.");
    // Every number that the sentence lists is a layer, and so is every name.
    CHECK(says_layers(said("body.0")) == "\"body\", \"shortcut\"");
    CHECK(says_layers(said("body.body.0")) == "1, and by name \"conv1\"");
    CHECK(row("body.body.1") == 10 + 1);
    CHECK(says_layers(said<mixed>("0.9")) == "0 to 1, 3, and by name \"a\"");
    CHECK(row<mixed>("0.0") >= 0);
    CHECK(row<mixed>("0.1") >= 0);
    CHECK(row<mixed>("0.3") >= 0);
    CHECK(row<mixed>("0.2") == -1);
    CHECK(says_layers(said<mixed>("1.9")) == "0 to 1, and none is named");
    CHECK(said("head.0")
          == "strata: the network has no layer \"head.0\". Did you mean \"head\"? There are no layers in \"head\".");
    CHECK(said("1.weight") == "strata: the network has no layer \"1.weight\". There are no layers in \"1\".");
    CHECK(said(9)
          == "strata: the network has no layer 9. Its outermost layers are 0 to 4; the named ones are \"stem\", "
             "\"body\", \"head\". Use one of these, or give a layer a name: named<\"head\", ...>.");
    CHECK(said(-1).find("no layer -1. ") != std::string::npos);
    CHECK(said<nameless>("head")
          == "strata: the network has no layer \"head\". Its outermost layers are 0 to 2, and none is named. Use one "
             "of these, or give a layer a name: named<\"head\", ...>.");
}
