/// Weights from elsewhere: other names, other orders; every difference in one error, and all or nothing.
#include "catch.hpp"
#include "files.hpp"
#include "random_numbers.hpp"

#include <strata/files.hpp>
#include <strata/inference.hpp>

#include <cmath>
#include <numeric>

using namespace strata;
using namespace strata::core;
using namespace strata_tests;

namespace {

struct small : network<image<2, 4, 3>, conv<3, 2>, relu, flatten, dense<5>> {}; // [3, 3, 2] behind conv

using extents = std::vector<long long>;

/// Row-major elements of x, of shape `from`, with extent k of the result extent axes[k]: the definition of
/// numpy.transpose, by way of coordinates.
std::vector<float> transposed(const std::vector<float>& x, const extents& from, const std::vector<int>& axes) {
    std::vector<float> y(x.size());
    for (std::size_t i = 0; i < x.size(); ++i) {
        std::vector<long long> at(from.size());
        auto rest = static_cast<long long>(i);
        for (std::size_t k = from.size(); k-- > 0; rest /= from[k]) at[k] = rest % from[k];
        long long to = 0;
        for (const int axis : axes) to = to * from[static_cast<std::size_t>(axis)] + at[static_cast<std::size_t>(axis)];
        y[static_cast<std::size_t>(to)] = x[i];
    }
    return y;
}
std::vector<float> elements_of(const model<small>& net, int i) {
    std::vector<float> x(static_cast<std::size_t>(net.parameters()[static_cast<std::size_t>(i)].extents.size()));
    net.get(i, x.data());
    return x;
}

/// `small` as Keras keeps it: channels last, kernels [H, W, I, O], dense [in, out] over flattened [H, W, C].
struct keras {
    std::vector<float> kernel = random_numbers<float>(2 * 2 * 2 * 3, 1), bias = random_numbers<float>(3, 2),
                       dense = random_numbers<float>(18 * 5, 3), dense_bias = random_numbers<float>(5, 4);
    std::vector<io::tensor_view> tensors() const {
        return {io::view_of("conv1/kernel", {2, 2, 2, 3}, kernel), io::view_of("conv1/bias", {3}, bias),
                io::view_of("fc.kernel", {18, 5}, dense), io::view_of("fc.bias", {5}, dense_bias)};
    }
    /// y of one sample x [H, W, C], from the definition.
    std::vector<double> operator()(const std::vector<float>& x) const {
        std::vector<double> hidden, y;
        for (int h = 0; h < 3; ++h)
            for (int w = 0; w < 2; ++w)
                for (int o = 0; o < 3; ++o) {
                    double sum = static_cast<double>(bias[static_cast<std::size_t>(o)]);
                    for (int kh = 0; kh < 2; ++kh)
                        for (int kw = 0; kw < 2; ++kw)
                            for (int c = 0; c < 2; ++c)
                                sum += static_cast<double>(x[static_cast<std::size_t>(((h + kh) * 3 + w + kw) * 2 + c)])
                                       * static_cast<double>(
                                           kernel[static_cast<std::size_t>(((kh * 2 + kw) * 2 + c) * 3 + o)]);
                    hidden.push_back(sum > 0 ? sum : 0);
                }
        for (std::size_t u = 0; u < 5; ++u) {
            double sum = static_cast<double>(dense_bias[u]);
            for (std::size_t i = 0; i < 18; ++i) sum += hidden[i] * static_cast<double>(dense[i * 5 + u]);
            y.push_back(sum);
        }
        return y;
    }
};
// [name map]
const strata::name_map from_keras{
    {"conv1/kernel", "0.weight", {3, 2, 0, 1}}, // [H, W, I, O] there, [O, I, H, W] here
    {"conv1/bias", "0.bias"},
    {"fc.kernel", "3.weight", {3, 2, 0, 1}, {3, 2, 3, 5}}, // [18, 5] there; 18 is [H, W, C] flattened
    {"fc.*", "3.*"}};                                      // what else begins so
// [/name map]

std::string refusal(const std::string& path, const name_map& names) {
    model<small> net{seed{2}};
    const model<small> before = net;
    const auto message = message_of<file_error>([&] { net.load(path, names); });
    for (int i = 0; i < 4; ++i) CHECK(elements_of(net, i) == elements_of(before, i));
    return message;
}

} // namespace

TEST_CASE("weights in Keras's order give what Keras computes") {
    const temporary_folder folder;
    const keras k;
    io::write_safetensors(folder / "keras.safetensors", k.tensors());
    model<small> net{seed{1}};
    net.load(folder / "keras.safetensors", from_keras);
    CHECK(elements_of(net, 0) == transposed(k.kernel, {2, 2, 2, 3}, {3, 2, 0, 1}));
    CHECK(elements_of(net, 1) == k.bias);
    CHECK(elements_of(net, 2) == transposed(k.dense, {3, 2, 3, 5}, {3, 2, 0, 1}));
    CHECK(elements_of(net, 3) == k.dense_bias);

    const auto x = random_numbers<float>(4 * 3 * 2, 5);
    const auto y = net(transposed(x, {4, 3, 2}, {2, 0, 1}));
    const auto expected = k(x);
    for (std::size_t u = 0; u < 5; ++u)
        CHECK(static_cast<double>(y[u]) == Approx(expected[u]).margin(1e-5)); // 26 float products of size 1
}

TEST_CASE("names of a file from elsewhere: kept, given, by their beginning, left out") {
    const temporary_folder folder;
    const model<small> saved{seed{3}};
    saved.save(folder / "net.safetensors");
    const auto file = io::read_safetensors(folder / "net.safetensors");
    auto tensors = file.tensors;
    tensors[2].name = "classifier.dense.weight", tensors[3].name = "classifier.dense.bias";
    tensors.push_back(tensors[3]);
    tensors.back().name = "optimizer.bias";
    io::write_safetensors(folder / "other.safetensors", tensors);

    model<small> net{seed{1}};
    net.load(folder / "other.safetensors", {{"classifier.dense.*", "3.*"}, {"optimizer.*", ""}});
    for (int i = 0; i < 4; ++i) CHECK(elements_of(net, i) == elements_of(saved, i));
    net.load(folder / "net.safetensors", {}); // an empty map changes nothing
    // A whole name counts before a beginning, wherever it stands.
    net.load(folder / "other.safetensors", {{"*", "*"},
                                            {"classifier.dense.bias", "3.bias"},
                                            {"classifier.dense.weight", "3.weight"},
                                            {"optimizer.bias", ""}});
    // In half precision the elements are two bytes wide.
    saved.save(folder / "half.safetensors", {.stored = io::dtype::f16});
    auto half = io::read_safetensors(folder / "half.safetensors");
    const auto straight = io::as_floats(*half.find("0.weight"));
    model<small> turned{seed{1}};
    half.tensors[0].shape = {2, 2, 2, 3}; // the bytes as they are, now said to be [H, W, I, O]
    io::write_safetensors(folder / "turned.safetensors", half.tensors);
    turned.load(folder / "turned.safetensors", {{"0.weight", "0.weight", {3, 2, 0, 1}}});
    CHECK(elements_of(turned, 0) == transposed(straight, {2, 2, 2, 3}, {3, 2, 0, 1}));
}

TEST_CASE("an entry that others leave nothing of is none too many, one that can never count is") {
    const temporary_folder folder;
    const model<small> saved{seed{3}};
    const std::string path = folder / "net.safetensors";
    saved.save(path);
    model<small> net{seed{1}};
    net.load(path, {{"3.weight", "3.weight"}, {"3.bias", "3.bias"}, {"3.*", "3.*"}, {"*", "*"}});
    for (int i = 0; i < 4; ++i) CHECK(elements_of(net, i) == elements_of(saved, i));

    std::string message = refusal(path, {{"3.*", "3.*"}, {"3.b*", "3.b*"}, {"0.bias", "0.bias"}, {"0.bias", "3.bias"}});
    CHECK(says(message, "3.b*: never used, because 3.* comes before it in the name map",
               "0.bias: never used, because 0.bias comes before it"));
    CHECK(std::count(message.begin(), message.end(), '\n') == 3);
    message = refusal(path, {{"4.*", "3.*"}, {"4.bias", "3.bias"}, {"*", "*"}});
    CHECK(says(message, "4.*: in the name map, not in the file", "4.bias: in the name map, not in the file"));
    CHECK(std::count(message.begin(), message.end(), '\n') == 3);
}

TEST_CASE("extents are joined and split where they lie next to one another, and not otherwise") {
    using detail::joins_to;
    CHECK(joins_to({18, 5}, {3, 2, 3, 5}));
    CHECK(joins_to({3, 2, 3, 5}, {18, 5}));
    CHECK(joins_to({6}, {6, 1}));
    CHECK(joins_to({4, 1, 2}, {8}));
    CHECK_FALSE(joins_to({18, 5}, {3, 2, 5, 3}));
    CHECK_FALSE(joins_to({18, 5}, {18}));
    CHECK_FALSE(joins_to({18}, {18, 2}));
    CHECK_FALSE(joins_to({18, 5}, {-3, -6, 5}));
    CHECK_FALSE(joins_to({1LL << 50}, {1LL << 40, 1LL << 40}));
}

TEST_CASE("a name map that does not fit is one error with every difference, and changes nothing") {
    const temporary_folder folder;
    const std::string path = folder / "keras.safetensors";
    io::write_safetensors(path, keras{}.tensors());
    const std::string message = refusal(path, {{"conv1/kernel", "0.weight", {3, 2, 1, 0, 0}},
                                               {"conv1/bias", "3.bias"},
                                               {"fc.kernel", "3.weight", {1, 0}, {18, 6}},
                                               {"fc.bias", "4.bias"},
                                               {"fc2.bias", "5.bias"}});
    CHECK(says(message, path, "nothing was loaded",
               "conv1/kernel: [2, 2, 2, 3] in the file, but the name map's axes are not its 4",
               "3.bias (conv1/bias in the file): [3] in the file, [5] in the network",
               "fc.kernel: [18, 5] in the file, but cannot be reshaped to [18, 6]",
               "4.bias (fc.bias in the file): in the file, not in the network",
               "fc2.bias: in the name map, not in the file", "0.weight: in the network, not in the file",
               "0.bias: in the network, not in the file", "3.weight: in the network, not in the file"));
    CHECK(std::count(message.begin(), message.end(), '\n') == 9); // eight differences and the remedy

    CHECK(says(refusal(path, {{"conv1/kernel", "0.weight"},
                              {"conv1/bias", "0.bias"},
                              {"fc.kernel", "3.weight", {1, 0}},
                              {"fc.bias", "3.bias"}}),
               "0.weight (conv1/kernel in the file): [2, 2, 2, 3] in the file, [3, 2, 2, 2] in the network"));
    CHECK(says(refusal(path, {{"conv1/*", "0.weight"}, {"fc.*", "3.*", {1, 0}}}),
               "conv1/kernel: the name map's conv1/* and 0.weight do not match",
               "fc.kernel: the name map's fc.* and 3.* do not match"));
    CHECK(says(refusal(path, {{"conv1/bias", "0.bias"}, {"fc.bias", "0.bias"}}),
               "0.bias (fc.bias in the file): two tensors in the file map to this name"));
    // Seen as another shape, then turned so that it no longer joins to the network's.
    CHECK(says(refusal(path, {{"fc.kernel", "3.weight", {3, 0, 1, 2}, {3, 3, 2, 5}},
                              {"conv1/bias", "0.bias"},
                              {"fc.bias", "3.bias"},
                              {"conv1/kernel", "0.weight", {2, 3, 0, 1}}}),
               "0.weight (conv1/kernel in the file): [2, 3, 2, 2] in the file, [3, 2, 2, 2] in the network"));
}
