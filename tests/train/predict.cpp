/// net.predict(data): the outputs of net(x), for data sets of every kind and any number of threads.
#include "catch.hpp"
#include "files.hpp"
#include "random_numbers.hpp"

#include <strata/reference/reference.hpp>
#include <strata/strata.hpp>

#include <stdexcept>

using namespace strata;
using namespace strata::core;
using namespace strata_tests;

namespace {

struct small : network<image<1, 4, 4>, conv<3, 3>, relu, flatten, dense<5>> {};

data::contents numbered(std::size_t samples) {
    data::contents c{.sample = shape(1, 4, 4)};
    c.floats = random_numbers<float>(static_cast<long long>(samples * 16), 7);
    return c;
}
/// A data set of a user's own, which cannot read one of its samples.
struct broken {
    using target_type = data::class_index;
    std::size_t size() const { return 500; }
    shape sample_shape() const { return shape(1, 4, 4); }
    int classes() const { return 5; }
    void read(std::size_t i, data::key, std::span<float>, target_type&) const {
        if (i == 321) throw std::runtime_error("sample 321 cannot be read");
    }
};

} // namespace

TEST_CASE("predict gives what net(x) gives for each sample, on any number of threads, with targets of both kinds") {
    for (const std::size_t samples : {std::size_t{1}, std::size_t{64}, std::size_t{65}, std::size_t{300}}) {
        auto c = numbered(samples);
        c.labels.assign(samples, 3), c.classes = 5;
        const data::in_memory<> classes(c);
        auto v = numbered(samples);
        v.targets.assign(samples * 2, 1.0f), v.target = shape(2);
        const data::in_memory<data::values> values(v);
        for (const int threads : {1, 3}) {
            const model<small> net{seed{1}, cpu{.threads = threads}};
            const auto y = net.predict(classes);
            REQUIRE(y.size() == samples * 5);
            CHECK(y == net.predict(values));
            for (std::size_t i = 0; i < samples; ++i) {
                const auto one = net(std::span<const float>(v.floats).subspan(i * 16, 16));
                CHECK(std::equal(one.begin(), one.end(), y.begin() + static_cast<std::ptrdiff_t>(i * 5)));
            }
        }
    }
}

TEST_CASE("predict under another policy, in double, of a part of a data set, and of none") {
    auto c = numbered(100);
    c.labels.assign(100, 1), c.classes = 5;
    const data::in_memory<> all(c);
    const auto [first, second] = all.split(0.3, seed{1});
    const model<small, reference, fp64> net{seed{1}};
    const auto y = net.predict(second);
    REQUIRE(y.size() == 70 * 5);
    std::vector<float> x(16);
    data::class_index target;
    second.read(69, {}, x, target);
    const auto last = net(std::vector<double>(x.begin(), x.end()));
    CHECK(std::equal(last.begin(), last.end(), y.end() - 5));
    data::contents none{.sample = shape(1, 4, 4)};
    none.classes = 5;
    CHECK(net.predict(data::in_memory<>(none)).empty());
}

TEST_CASE("predict refuses samples of another shape, and hands on what reading throws") {
    const model<small> net{seed{1}, cpu{.threads = 2}};
    data::contents c{.sample = shape(4, 4)};
    c.sample = shape(16), c.floats.assign(16, 0.0f), c.labels = {0}, c.classes = 2;
    CHECK(says(message_of<shape_error>([&] { (void)net.predict(data::in_memory<>(c)); }), "samples [16]",
               "the network takes [1, 4, 4]"));
    CHECK(says(message_of<std::runtime_error>([&] { (void)net.predict(broken{}); }), "sample 321 cannot be read"));
}
