/// The message of a file that does not match says which name_map would load it; it does.
#include "catch.hpp"
#include "files.hpp"
#include "random_numbers.hpp"

#include <strata/files.hpp>
#include <strata/inference.hpp>

#include <algorithm>
#include <cstdint>

using namespace strata;
using namespace strata::core;
using namespace strata_tests;

namespace {

struct lenet : network<image<1, 12, 12>, conv<6, 5>, relu, max_pool<2>, conv<16, 3>, batch_norm, relu, flatten,
                       dense<20>, relu, dense<10>> {};
struct one_axis : network<image<1, 1, 9>, conv<8, kernel(1, 5)>, relu, flatten, dense<2>> {};

using extents = std::vector<long long>;

/// Tensors of random numbers under these names and shapes, as the content of a file.
struct content {
    std::vector<std::pair<std::string, extents>> tensors;
    [[nodiscard]] std::vector<std::byte> bytes() const {
        std::vector<std::vector<float>> numbers;
        std::vector<io::tensor_view> views;
        for (const auto& [name, shape] : tensors) {
            long long size = 1;
            for (const long long extent : shape) size *= extent;
            numbers.push_back(random_numbers<float>(size, numbers.size() + 1));
        }
        for (std::size_t i = 0; i < tensors.size(); ++i)
            views.push_back(io::view_of(tensors[i].first, tensors[i].second, numbers[i]));
        return io::safetensors_bytes(views);
    }
};
template <class Net>
std::string refusal(const content& c) {
    model<Net> net{seed{1}};
    return message_of<file_error>([&] { net.load(c.bytes()); });
}
/// Numbers of a parameter after loading with a map.
template <class Net>
std::vector<float> loaded(const content& c, const name_map& names, std::string_view name) {
    model<Net> net{seed{1}};
    net.load(c.bytes(), names);
    return net.get(name);
}

const content pytorch{{{"bn1.bias", {16}},
                       {"bn1.num_batches_tracked", {1}},
                       {"bn1.running_mean", {16}},
                       {"bn1.running_var", {16}},
                       {"bn1.weight", {16}},
                       {"conv1.bias", {6}},
                       {"conv1.weight", {6, 1, 5, 5}},
                       {"conv2.bias", {16}},
                       {"conv2.weight", {16, 6, 3, 3}},
                       {"fc1.bias", {20}},
                       {"fc1.weight", {20, 64}},
                       {"fc2.bias", {10}},
                       {"fc2.weight", {10, 20}}}};

} // namespace

TEST_CASE("named layers of PyTorch: the message gives a map, layer by layer, and it loads") {
    const std::string message = refusal<lenet>(pytorch);
    CHECK(says(message,
               "a name_map loads them (#include <strata/files.hpp>):\n"
               "  net.load(bytes, {{\"conv1.*\", \"0.*\"},\n"
               "                   {\"conv2.*\", \"3.*\"},\n"
               "                   {\"bn1.*\", \"4.*\"},\n"
               "                   {\"fc1.*\", \"7.*\"},\n"
               "                   {\"fc2.*\", \"9.*\"}});\n",
               "0.weight: in the network, not in the file"));
    const name_map names{{"conv1.*", "0.*"}, {"conv2.*", "3.*"}, {"bn1.*", "4.*"}, {"fc1.*", "7.*"}, {"fc2.*", "9.*"}};
    CHECK(loaded<lenet>(pytorch, names, "0.weight") == random_numbers<float>(150, 7));
    CHECK(loaded<lenet>(pytorch, names, "4.running_var") == random_numbers<float>(16, 4));
    CHECK(loaded<lenet>(pytorch, names, "9.bias") == random_numbers<float>(10, 12));
}

TEST_CASE("Keras: its names, its orders of axes, and the flattened image are in the map") {
    const content keras{{{"conv2d/kernel:0", {5, 5, 1, 6}},
                         {"conv2d/bias:0", {6}},
                         {"conv2d_1/kernel:0", {3, 3, 6, 16}},
                         {"conv2d_1/bias:0", {16}},
                         {"batch_normalization/gamma:0", {16}},
                         {"batch_normalization/beta:0", {16}},
                         {"batch_normalization/moving_mean:0", {16}},
                         {"batch_normalization/moving_variance:0", {16}},
                         {"dense/kernel:0", {64, 20}},
                         {"dense/bias:0", {20}},
                         {"dense_1/kernel:0", {20, 10}},
                         {"dense_1/bias:0", {10}}}};
    const std::string message = refusal<lenet>(keras);
    CHECK(says(message, R"({"conv2d/kernel:0", "0.weight", {3, 2, 0, 1}})", R"({"conv2d/bias:0", "0.bias"})",
               R"({"conv2d_1/kernel:0", "3.weight", {3, 2, 0, 1}})", R"({"batch_normalization/gamma:0", "4.weight"})",
               R"({"batch_normalization/beta:0", "4.bias"})",
               R"({"batch_normalization/moving_mean:0", "4.running_mean"})",
               R"({"batch_normalization/moving_variance:0", "4.running_var"})",
               R"({"dense/kernel:0", "7.weight", {3, 2, 0, 1}, {2, 2, 16, 20}})",
               R"({"dense_1/kernel:0", "9.weight", {1, 0}})", R"({"dense_1/bias:0", "9.bias"})"));
    const name_map names{{"conv2d/kernel:0", "0.weight", {3, 2, 0, 1}},
                         {"conv2d/bias:0", "0.bias"},
                         {"conv2d_1/kernel:0", "3.weight", {3, 2, 0, 1}},
                         {"conv2d_1/bias:0", "3.bias"},
                         {"batch_normalization/gamma:0", "4.weight"},
                         {"batch_normalization/beta:0", "4.bias"},
                         {"batch_normalization/moving_mean:0", "4.running_mean"},
                         {"batch_normalization/moving_variance:0", "4.running_var"},
                         {"dense/kernel:0", "7.weight", {3, 2, 0, 1}, {2, 2, 16, 20}},
                         {"dense/bias:0", "7.bias"},
                         {"dense_1/kernel:0", "9.weight", {1, 0}},
                         {"dense_1/bias:0", "9.bias"}};
    const auto w = loaded<lenet>(keras, names, "9.weight"), of_keras = random_numbers<float>(200, 11);
    CHECK(w[3 * 20 + 7] == of_keras[7 * 10 + 3]);
    // A square kernel has the right shape in either order: its name tells.
    struct square : network<features<4>, dense<4>> {};
    CHECK(says(refusal<square>({{{"d/kernel", {4, 4}}, {"d/bias", {4}}}}), R"({"d/kernel", "0.weight", {1, 0}})"));
    // The same name, and another order.
    struct wide : network<features<3>, dense<4>> {};
    CHECK(says(refusal<wide>({{{"0.weight", {3, 4}}, {"0.bias", {4}}}}), R"({{"0.weight", "0.weight", {1, 0}}})"));
}

TEST_CASE("a beginning that all names have is one entry") {
    struct net_type : network<features<3>, dense<4>, relu, dense<4>, relu, dense<4>> {};
    content prefixed, bare;
    for (const char* layer : {"0", "2", "4"}) {
        prefixed.tensors.push_back({std::string("module.") + layer + ".weight", {4, layer[0] == '0' ? 3 : 4}});
        prefixed.tensors.push_back({std::string("module.") + layer + ".bias", {4}});
    }
    prefixed.tensors.push_back({"optimizer.step", {1}});
    CHECK(says(refusal<net_type>(prefixed), R"(net.load(bytes, {{"module.*", "*"},)", R"({"optimizer.step", ""}})"));
    CHECK(loaded<net_type>(prefixed, {{"module.*", "*"}, {"optimizer.step", ""}}, "2.weight")
          == random_numbers<float>(16, 3));

    struct inside : network<features<3>, named<"trunk", dense<4>, relu, dense<4>>> {};
    bare.tensors = {{"0.weight", {4, 3}}, {"0.bias", {4}}, {"2.weight", {4, 4}}, {"2.bias", {4}}};
    CHECK(says(refusal<inside>(bare), R"(net.load(bytes, {{"*", "trunk.*"}});)"));
    CHECK(loaded<inside>(bare, {{"*", "trunk.*"}}, "trunk.2.bias") == random_numbers<float>(4, 4));
}

TEST_CASE("layers of one shape are paired in the order of their numbers, and weights go with their biases") {
    struct deep : network<features<3>, dense<3>, dense<3>, dense<3>> {};
    content c;
    for (const char* layer : {"layer10", "layer2", "layer9"}) { // as a file sorts them
        c.tensors.push_back({std::string(layer) + ".bias", {3}});
        c.tensors.push_back({std::string(layer) + ".weight", {3, 3}});
    }
    CHECK(says(refusal<deep>(c), R"({"layer2.*", "0.*"})", R"({"layer9.*", "1.*"})", R"({"layer10.*", "2.*"})"));
}

TEST_CASE("where names do not help, nothing is suggested") {
    struct net_type : network<features<3>, dense<4>> {};
    CHECK(says(refusal<net_type>({{{"0.weight", {7, 7}}, {"0.bias", {7}}}}),
               "Load it into the network it was saved from."));
    const std::string odd = refusal<net_type>({{{"a\"b\n.weight", {4, 3}}, {"a\"b\n.bias", {4}}}});
    CHECK(odd.find("name_map") == std::string::npos); // no program could hold these names as they are
    content many;
    for (int i = 0; i < 5000; ++i) many.tensors.push_back({"layer" + std::to_string(i) + ".weight", {1}});
    CHECK(refusal<net_type>(many).find("name_map") == std::string::npos);
}

TEST_CASE("shapes that differ by extents of 1 alone are loaded as they are") {
    const content conv1d{{{"0.weight", {8, 1, 5}}, {"0.bias", {8}}, {"3.weight", {2, 40}}, {"3.bias", {2, 1}}}};
    model<one_axis> net{seed{1}};
    net.load(conv1d.bytes());
    CHECK(net.get("0.weight") == random_numbers<float>(40, 1));
    CHECK(net.get("3.bias") == random_numbers<float>(2, 4));
    model<one_axis> some{seed{1}};
    CHECK(some.take(conv1d.bytes()).complete());
    // In a name map, too: Keras's Conv1D [K, I, O].
    const content keras{{{"c/kernel", {5, 1, 8}}, {"c/bias", {8}}, {"d/kernel", {40, 2}}, {"d/bias", {2}}}};
    CHECK(says(refusal<one_axis>(keras), R"({"c/kernel", "0.weight", {2, 1, 0}})"));
    CHECK(loaded<one_axis>(keras,
                           {{"c/kernel", "0.weight", {2, 1, 0}},
                            {"c/bias", "0.bias"},
                            {"d/kernel", "3.weight", {3, 2, 0, 1}, {1, 5, 8, 2}},
                            {"d/bias", "3.bias"}},
                           "0.bias")
          == random_numbers<float>(8, 2));
    // Another order is no such difference: [1, 8] is not [8, 1], nor is [1, 8, 5] one of [8, 1, 1, 5].
    using detail::same_but_for_ones;
    CHECK(same_but_for_ones({8, 1, 5}, {8, 1, 1, 5}));
    CHECK(same_but_for_ones({8, 1, 1, 5}, {8, 5}));
    CHECK(same_but_for_ones({}, {1}));
    CHECK_FALSE(same_but_for_ones({1, 8}, {8, 1}));
    CHECK_FALSE(same_but_for_ones({1, 8, 5}, {8, 1, 1, 5}));
    CHECK_FALSE(same_but_for_ones({40}, {8, 5}));
    CHECK_FALSE(same_but_for_ones({8}, {8, 5}));
}

TEST_CASE("a checkpoint of a run that is given to load is told, with the map that takes its parameters") {
    struct net_type : network<features<3>, dense<4>> {};
    const std::vector<float> w(12, 1.0f), b(4, 2.0f);
    const io::tensor_view tensors[] = {io::view_of("parameters.0.weight", {4, 3}, w),
                                       io::view_of("parameters.0.bias", {4}, b),
                                       io::view_of("optimiser.0.0.weight", {4, 3}, w)};
    const auto bytes = io::safetensors_bytes(tensors, io::metadata{{"format", "strata checkpoint"}});
    model<net_type> net{seed{1}};
    const auto message = message_of<file_error>([&] { net.load(bytes); });
    CHECK(says(message, "a checkpoint of a training run", ".resume = true", R"({"parameters.*", "*"})"));
    CHECK(message.find("a checkpoint of a training run") < message.find("\n")); // before the list
    const auto taken = message_of<file_error>([&] { (void)net.take(bytes); });
    CHECK(says(taken, "nothing was taken. This is a checkpoint of a training run", R"({"parameters.*", "*"})",
               "optimiser.0.0.weight: in the file, not in the network"));
    // A part of it: what is left out is told, below the same hint.
    const take_report part = net.take(bytes, {{"parameters.0.bias", "0.bias"}});
    CHECK(part.taken == std::vector<std::string>{"0.bias"});
    CHECK(part.hint.find("This is a checkpoint of a training run") == 0);
    CHECK(part.words().find(part.hint + "\n1 parameters and buffers taken") == 0);
    const take_report whole = net.take(bytes, {{"parameters.*", "*"}});
    CHECK(whole.hint.empty());
    CHECK(whole.complete());
    net.load(bytes, {{"parameters.*", "*"}, {"optimiser.*", ""}, {"average.*", ""}, {"best.*", ""}});
    CHECK(net.get("0.bias") == b);
}

TEST_CASE("a checkpoint whose parameters are taken by a name map: its run is a count, and no advice to give a map") {
    struct trunk : network<features<3>, dense<4>, batch_norm> {};
    struct other_head : network<features<3>, dense<4>, batch_norm, dense<2>> {};
    const std::vector<float> w(12, 1.0f), four(4, 2.0f);
    std::vector<io::tensor_view> tensors;
    for (const char* const part : {"parameters.", "optimiser.0.", "optimiser.1.", "average.", "best.parameters."}) {
        const std::string begin = part;
        tensors.push_back(io::view_of(begin + "0.weight", {4, 3}, w));
        for (const char* const name : {"0.bias", "1.weight", "1.bias"})
            tensors.push_back(io::view_of(begin + name, {4}, four));
    }
    for (const char* const name : {"1.running_mean", "1.running_var"})
        for (const char* const part : {"buffers.", "best.buffers."})
            tensors.push_back(io::view_of(std::string(part) + name, {4}, four));
    const auto bytes = io::safetensors_bytes(tensors, io::metadata{{"format", "strata checkpoint"}});

    model<trunk> net{seed{1}};
    const take_report all = net.take(bytes, {{"parameters.*", "*"}, {"buffers.*", "*"}});
    CHECK(all.complete());
    CHECK(all.of_the_run.size() == 4 * 4 + 2);
    CHECK(all.words()
          == "6 parameters and buffers taken, 0 left as they were, 0 of the source not taken\n"
             "18 tensors belong to the training run and not to the model, like optimiser.0.0.weight\n");
    // Statistics that no entry takes are the one thing left to say; a new head is no reason for advice.
    model<other_head> headed{seed{1}};
    const take_report part = headed.take(bytes, {{"parameters.*", "*"}});
    CHECK(part.hint
          == R"(The running statistics of the checkpoint are not taken: add {"buffers.*", "*"} to the name_map.)");
    CHECK(part.words()
          == part.hint
                 + "\n4 parameters and buffers taken, 4 left as they were, 2 of the source not taken\n"
                   "  1.running_mean: left as it was\n  1.running_var: left as it was\n"
                   "  2.weight: left as it was\n  2.bias: left as it was\n"
                   "  buffers.1.running_mean: in the file, not in the network\n"
                   "  buffers.1.running_var: in the file, not in the network\n"
                   "18 tensors belong to the training run and not to the model, like optimiser.0.0.weight\n");
    const take_report head = headed.take(bytes, {{"parameters.*", "*"}, {"buffers.*", "*"}});
    CHECK(head.words().find("6 parameters and buffers taken, 2 left as they were, 0 of the source not taken\n") == 0);
    // The averaged parameters, or the best, in their place.
    CHECK(net.take(bytes, {{"average.*", "*"}, {"buffers.*", "*"}}).complete());
    CHECK(net.take(bytes, {{"best.parameters.*", "*"}, {"best.buffers.*", "*"}}).hint.empty());
    // What refuses them lists no tensor of the run either.
    model<network<features<3>, dense<5>>> unlike{seed{1}};
    const auto message = message_of<file_error>([&] { (void)unlike.take(bytes, {{"parameters.*", "*"}}); });
    CHECK(says(message, "nothing was taken", "0.weight (parameters.0.weight in the file): [4, 3] in the file"));
    CHECK(message.find("optimiser.") == std::string::npos);
    CHECK(message.find("training run") == std::string::npos);
}
