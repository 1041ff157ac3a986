/// net.take: what fits is copied, the rest is told, from files, bytes and models of every type.
#include "catch.hpp"
#include "files.hpp"

#include <strata/files.hpp>
#include <strata/inference.hpp>
#include <strata/reference/reference.hpp>

#include <algorithm>
#include <cstdint>

using namespace strata;
using namespace strata::core;
using namespace strata_tests;

namespace {

template <int Classes>
struct with_head : network<image<1, 6, 6>, conv<4, 3>, batch_norm, relu, flatten, dense<Classes>> {};
struct trunk : network<image<1, 6, 6>, named<"stem", conv<4, 3>, batch_norm>, relu> {};

const std::vector<std::string> of_trunk{"0.weight", "0.bias", "1.weight", "1.bias", "1.running_mean", "1.running_var"};

template <class A, class B>
bool equal_in(const A& a, const B& b, std::string_view name, std::string_view name_in_b = {}) {
    const auto x = a.get(name);
    const auto y = b.get(name_in_b.empty() ? name : name_in_b);
    return std::equal(x.begin(), x.end(), y.begin(), y.end(),
                      [](auto u, auto v) { return static_cast<float>(u) == static_cast<float>(v); });
}
std::vector<std::string> names_of(const std::vector<take_report::left_out>& all) {
    std::vector<std::string> names;
    for (const auto& l : all) names.push_back(l.name);
    return names;
}

} // namespace

TEST_CASE("a trunk under a new head: from a file, from bytes, from a model of another type") {
    const temporary_folder folder;
    model<with_head<10>> before{seed{1}};
    before.set("1.running_mean", std::vector<float>{1, 2, 3, 4}); // a buffer goes with the parameters
    before.save(folder / "ten.safetensors");
    model<with_head<10>, reference, fp64> wide{seed{2}};
    wide.load(folder / "ten.safetensors");

    const auto check = [&](const auto& source) {
        model<with_head<3>> net{seed{3}};
        const model<with_head<3>> fresh = net;
        const take_report report = net.take(source);
        CHECK(report.taken == of_trunk);
        CHECK(report.kept == std::vector<std::string>{"4.weight", "4.bias"});
        CHECK(names_of(report.not_taken) == std::vector<std::string>{"4.weight", "4.bias"});
        CHECK(says(report.not_taken.at(0).why, "[10, 64] in the ", "[3, 64] in the network"));
        CHECK_FALSE(report.complete());
        for (const std::string& name : report.taken) CHECK(equal_in(net, before, name));
        for (const std::string& name : report.kept) CHECK(equal_in(net, fresh, name));
        return report.words();
    };
    const std::string words = check(folder / "ten.safetensors");
    CHECK(says(words, "6 parameters and buffers taken, 2 left as they were, 2 of the source not taken",
               "4.weight: left as it was", "4.bias: [10] in the file, [3] in the network"));
    check(before.save_bytes());
    check(before);
    CHECK(says(check(wide), "4.bias: [10] in the given model, [3] in the network"));
}

TEST_CASE("a source that has it all is complete, and one of which nothing fits is an error") {
    const model<with_head<3>> a{seed{1}};
    model<with_head<3>> b{seed{2}};
    CHECK(b.take(a).complete());
    for (const std::string_view name : a.names()) CHECK(equal_in(a, b, name));

    struct unlike : network<features<2>, named<"only", dense<5>>> {};
    const model<unlike> none{seed{3}};
    const auto refusal = [&](const auto& source) { return message_of<file_error>([&] { (void)b.take(source); }); };
    CHECK(says(refusal(none), "nothing in the given model fits the network, and nothing was taken",
               "only.weight: in the given model, not in the network", "pass a name map"));
    const temporary_folder folder;
    none.save(folder / "none.safetensors");
    CHECK(says(refusal(folder / "none.safetensors"), "nothing in ", "none.safetensors fits the network",
               "only.weight: in the file, not in the network"));
    CHECK(says(refusal(none.save_bytes()), "nothing in the file in memory fits the network"));
    model<network<features<2>, named<"there", dense<5>>>> renamed{seed{4}}; // the map that would help
    CHECK(says(message_of<file_error>([&] { (void)renamed.take(none.save_bytes()); }),
               R"(net.take(bytes, {{"only.*", "there.*"}});)"));
    for (const std::string_view name : a.names()) CHECK(equal_in(a, b, name));
}

TEST_CASE("a name map gives the source's tensors their names, and one that cannot be followed takes nothing") {
    const temporary_folder folder;
    const model<with_head<10>> before{seed{1}};
    before.save(folder / "ten.safetensors");
    model<trunk> net{seed{2}};
    const take_report report = net.take(before, {{"0.*", "stem.0.*"}, {"1.*", "stem.1.*"}});
    CHECK(report.kept.empty());
    CHECK(names_of(report.not_taken) == std::vector<std::string>{"4.weight", "4.bias"});
    CHECK(equal_in(net, before, "stem.1.weight", "1.weight"));
    CHECK(equal_in(net, before, "stem.0.weight", "0.weight"));

    model<trunk> another{seed{3}};
    const model<trunk> fresh = another;
    const auto message = message_of<file_error>(
        [&] { (void)another.take(folder / "ten.safetensors", {{"0.*", "stem.0.*"}, {"features.*", "stem.1.*"}}); });
    CHECK(says(message, "features.*: in the name map, not in the file", "nothing was taken"));
    for (const std::string_view name : fresh.names()) CHECK(equal_in(another, fresh, name));
}

TEST_CASE("what a network cannot have is not taken, each with its reason; a file that cannot be read is an error") {
    const temporary_folder folder;
    struct pair : network<features<2>, dense<2>, dense<2>> {};
    const std::vector<double> large{1, 1e300}, fine{3, 4};
    const std::vector<float> weight{1, 2, 3, 4};
    const std::int64_t count = 7;
    const std::int32_t integers[] = {1, 2, 3, 4};
    const io::tensor_view tensors[] = {
        io::view_of("0.weight", {2, 2}, weight),
        io::view_of("0.bias", {2}, large),
        io::view_of("1.bias", {2}, fine),
        {"1.weight", {2, 2}, io::dtype::i32, std::as_bytes(std::span(integers))},
        {"9.num_batches_tracked", {}, io::dtype::i64, std::as_bytes(std::span(&count, 1))},
        io::view_of("self_test.input", {1, 2}, fine)};
    io::write_safetensors(folder / "some.safetensors", tensors);
    model<pair> net{seed{1}};
    const take_report report = net.take(folder / "some.safetensors");
    CHECK(report.taken == std::vector<std::string>{"0.weight", "1.bias"});
    CHECK(report.kept == std::vector<std::string>{"0.bias", "1.weight"});
    REQUIRE(names_of(report.not_taken) == std::vector<std::string>{"1.weight", "0.bias"});
    CHECK(report.not_taken[0].why == "I32 in the file, floating-point numbers in the network");
    CHECK(says(report.not_taken[1].why, "element 1", "too large"));
    CHECK(net.get("0.weight") == weight);
    CHECK(net.get("1.bias") == std::vector<float>{3, 4});
    model<pair, cpu, fp64> wide{seed{1}};
    CHECK(wide.take(folder / "some.safetensors").taken.size() == 3);

    const model<pair> fresh = net;
    CHECK(says(message_of<file_error>([&] { (void)net.take(folder / "absent.safetensors"); }), "absent.safetensors"));
    CHECK(
        says(message_of<file_error>([&] { (void)net.take(std::vector<unsigned char>{1, 2}); }), "the file in memory"));
    for (const std::string_view name : fresh.names()) CHECK(equal_in(net, fresh, name));
}

TEST_CASE("a long report and a long list of differences are cut, with how many more there are") {
    std::vector<io::tensor_view> tensors;
    const std::vector<float> one(1), four(4), bias(2);
    tensors.push_back(io::view_of("0.bias", {2}, bias));
    for (int i = 100; i < 250; ++i) tensors.push_back(io::view_of("extra." + std::to_string(i), {1}, one));
    const auto bytes = io::safetensors_bytes(tensors, io::metadata{});
    struct pair : network<features<2>, dense<2>> {};
    model<pair> net{seed{1}};
    const take_report report = net.take(bytes);
    CHECK(report.not_taken.size() == 150);
    const std::string words = report.words();
    CHECK(std::count(words.begin(), words.end(), '\n') == 1 + 20 + 1);
    CHECK(says(words, "0.weight: left as it was", "extra.100: in the file", "extra.118: in the file",
               "  ... and 131 more not taken"));
    CHECK(words.find("extra.119") == std::string::npos);
    const auto message = message_of<file_error>([&] { net.load(bytes); });
    CHECK(says(message, "extra.119: in the file, not in the network\n  ... and 131 more\n"));
    CHECK(message.find("extra.120:") == std::string::npos);
}

namespace {

template <int Classes, class... Head>
struct on_a_trunk : network<image<1, 6, 6>, named<"trunk", conv<4, 3>, batch_norm, relu>, flatten,
                            named<"head", dense<Classes>>, Head...> {};

} // namespace

TEST_CASE("take with required layers: whole they are taken, else nothing is and one sentence says what is missing") {
    const temporary_folder folder;
    const model<on_a_trunk<10>> before{seed{1}};
    before.save(folder / "ten.safetensors");
    model<on_a_trunk<3>> net{seed{2}};
    const model<on_a_trunk<3>> fresh = net;
    const auto refusal = [&](const auto& source, auto... more) {
        const std::string message = message_of<file_error>([&] { (void)net.take(source, more...); });
        for (const std::string_view name : fresh.names()) CHECK(equal_in(net, fresh, name)); // nothing was taken
        return message;
    };
    // the head has another shape: required, it is refused
    const std::string head = refusal(folder / "ten.safetensors", required<"head">{});
    CHECK(says(head, "the required layers are incomplete in ",
               "ten.safetensors, and nothing was taken. The differences:",
               "head.weight: [10, 64] in the file, [3, 64] in the network",
               "head.bias: [10] in the file, [3] in the network"));
    CHECK(head.find("trunk.") == std::string::npos); // only of what is required
    CHECK(says(refusal(before, required<2>{}), "the required layers are incomplete in the given model",
               "head.bias: [10] in the given model, [3] in the network"));

    // a file that has the head alone, and one that lacks a single buffer
    const std::vector<float> weight(3 * 64, 0.5f), bias(3, 0.25f);
    std::vector<io::tensor_view> tensors{io::view_of("head.weight", {3, 64}, weight),
                                         io::view_of("head.bias", {3}, bias)};
    const auto without_trunk = io::safetensors_bytes(tensors, io::metadata{});
    CHECK(says(refusal(without_trunk, required<"trunk">{}), "the required layers are incomplete in the file in memory",
               "trunk.0.weight: in the network, not in the file", "trunk.1.running_var: in the network, not in the "));
    const auto stored = detail::tensors_of(fresh);
    std::vector<io::tensor_view> all;
    for (const io::tensor_view& t : stored.tensors)
        if (t.name != "trunk.1.running_mean") all.push_back(t);
    const std::string buffer = refusal(io::safetensors_bytes(all, io::metadata{}), required<"trunk", "head">{});
    CHECK(says(buffer, "\n  trunk.1.running_mean: in the network, not in the file"));
    CHECK(std::count(buffer.begin(), buffer.end(), ':') == 3); // "strata:", "The differences:", and one line
    CHECK(says(refusal(io::safetensors_bytes(all, io::metadata{}), required<"trunk.1">{}), "\n  trunk.1.running_mean"));
    model<on_a_trunk<3>> another{seed{5}}; // a layer in a block by itself is whole
    CHECK(another.take(io::safetensors_bytes(all, io::metadata{}), required<"trunk.0">{}).taken.size() == 7);

    // other names: the map that would help is for the required layers
    std::vector<io::tensor_view> wrapped = stored.tensors;
    for (io::tensor_view& t : wrapped) t.name = "module." + t.name;
    CHECK(says(refusal(io::safetensors_bytes(wrapped, io::metadata{}), required<"trunk">{}),
               R"(net.take(bytes, {{"module.*", "*"}});)"));
    CHECK(says(refusal(folder / "ten.safetensors", name_map{{"trunk.0.*", "elsewhere.*"}}, required<"trunk">{}),
               "trunk.0.bias: in the network, not in the file"));

    // whole
    (void)net.take(without_trunk, required<"head">{});
    CHECK(net.get("head.bias") == bias);
    const take_report report = net.take(folder / "ten.safetensors", required<0, 1>{}); // flatten has no parameters
    CHECK(report.taken.size() == 6);
    CHECK(report.kept == std::vector<std::string>{"head.weight", "head.bias"});
    CHECK(equal_in(net, before, "trunk.1.running_var"));
    model<on_a_trunk<10>> mapped{seed{4}};
    CHECK(mapped.take(before, {{"trunk.*", "trunk.*"}}, required<"trunk", "head">{}).complete());
}

TEST_CASE("a required layer is whole only where every number fits") {
    struct two : network<features<2>, named<"a", dense<1>>, named<"b", dense<1>>> {};
    const std::vector<double> weight{1, 1e300}, bias{1};
    const io::tensor_view tensors[] = {io::view_of("a.weight", {1, 2}, weight), io::view_of("a.bias", {1}, bias),
                                       io::view_of("b.bias", {1}, bias)};
    const auto bytes = io::safetensors_bytes(tensors, io::metadata{});
    model<two> net{seed{1}};
    CHECK(says(message_of<file_error>([&] { (void)net.take(bytes, required<"a">{}); }), "\n  a.weight: element 1",
               "too large"));
    model<two, cpu, fp64> wide{seed{1}};
    CHECK(wide.take(bytes, required<"a">{}).kept == std::vector<std::string>{"b.weight"});
    // no name map would help, also where another one is possible
    CHECK(message_of<file_error>([&] { (void)net.take(bytes, required<"a">{}); }).find("net.take(")
          == std::string::npos);

    // of a checkpoint, whose tensors of the run are set aside
    const io::tensor_view of_run[] = {
        io::view_of("parameters.a.weight", {1, 2}, weight), io::view_of("parameters.a.bias", {1}, bias),
        io::view_of("optimiser.0.a.weight", {1, 2}, weight), io::view_of("optimiser.0.a.bias", {1}, bias)};
    const auto checkpoint = io::safetensors_bytes(of_run, io::metadata{{"format", "strata checkpoint"}});
    const auto said =
        message_of<file_error>([&] { (void)net.take(checkpoint, {{"parameters.*", "*"}}, required<"a">{}); });
    CHECK(says(said, "\n  a.weight: element 1", "too large"));
    CHECK(said.find("a.weight: in the network, not in the file") == std::string::npos);
    CHECK(said.find("net.take(") == std::string::npos);
}
