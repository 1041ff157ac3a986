#include "catch.hpp"
#include "random_numbers.hpp"
#include <limits>
#include <numeric>
#include <strata/run/thread_pool.hpp>
#include <strata/train/clipping.hpp>

using namespace strata;
using namespace strata_tests;

TEST_CASE("clip_by_norm: numbers worked out by hand", "[train]") {
    std::vector<double> g{3, -4};
    CHECK(clip_by_norm(std::span(g), 5.1) == 5);
    CHECK(g == std::vector<double>{3, -4}); // short enough
    CHECK(clip_by_norm(std::span(g), 2.5) == 5);
    // /usr/bin/python3 -c "import torch; p = torch.zeros(2, dtype=torch.float64, requires_grad=True);
    //   p.grad = torch.tensor([3., -4.], dtype=torch.float64); torch.nn.utils.clip_grad_norm_([p], 2.5); print(p.grad.tolist())"
    CHECK(std::fabs(g[0] - 1.49999970000006) < 1e-14); // printed by that, and so rounded in the last place
    CHECK(std::fabs(g[1] + 1.99999960000008) < 1e-14);

    std::vector<float> exact{3, -4}; // norm and limit are the same, and PyTorch scales by 5 / (5 + 1e-6)
    clip_by_norm(std::span(exact), 5.0);
    CHECK(exact[0] < 3);
    CHECK(exact[0] > 2.999999F);
    std::vector<float> nothing;
    CHECK(clip_by_norm(std::span(nothing), 1.0) == 0);
    std::vector<float> zeros(9);
    CHECK(clip_by_norm(std::span(zeros), 1.0) == 0);
    CHECK(zeros == std::vector<float>(9));
}

TEST_CASE("clip_by_norm: the norm of any length, and the direction stays", "[train]") {
    for (const int n : {1, 7, 8, 9, 4095, 4096, 4097, 20001}) {
        auto g = random_numbers<float>(n, 3, 10);
        const auto before = g;
        double sum = 0;
        for (const float x : g) sum += static_cast<double>(x) * static_cast<double>(x);
        const double norm = clip_by_norm(std::span(g), 0.5);
        INFO("n " << n);
        CHECK(std::fabs(norm - std::sqrt(sum)) <= 1e-12 * norm); // sums of up to 20001 doubles in another order
        CHECK(std::fabs(norm_of(std::span<const float>(g)) - 0.5) < 2e-6); // the 1e-6, and float's roundings
        const double factor = 0.5 / (norm + 1e-6);
        for (std::size_t i = 0; i < g.size(); ++i)
            if (!(std::fabs(static_cast<double>(g[i]) - factor * static_cast<double>(before[i])) <= 1e-6)) // ulps below 0.5
                FAIL("number " << i);
    }
}

TEST_CASE("clipping: the same bits for any number of threads", "[train]") {
    auto alone = random_numbers<float>(50001, 5, 10);
    const auto before = alone;
    const double norm = clip_by_norm(std::span(alone), 1.0);
    for (const int threads : {1, 2, 3, 7}) {
        thread_pool pool(threads);
        auto g = before;
        const auto for_each = [&](int tasks, auto&& task) { pool.run(tasks, task); };
        CHECK(clip_by_norm(std::span(g), 1.0, for_each) == norm);
        CHECK(g == alone);
        g = before;
        clip_by_value(std::span(g), 2.0, for_each);
        auto h = before;
        clip_by_value(std::span(h), 2.0);
        CHECK(g == h);
    }
}

TEST_CASE("clip_by_norm: squares beyond float's range are none in double", "[train]") {
    std::vector<float> g{3e30F, 4e30F};
    const double norm = clip_by_norm(std::span(g), 1.0);
    CHECK(norm == Approx(5e30)); // 3e30F is 3e30 up to half an ulp of float; Approx allows 1.2e-5
    CHECK(g[0] == Approx(0.6F));
    g = {std::numeric_limits<float>::infinity(), 1};
    CHECK(std::isinf(clip_by_norm(std::span(g), 1.0))); // says so
}

TEST_CASE("clip_by_value: each number on its own", "[train]") {
    std::vector<float> g{-3, -0.5F, 0, 0.25F, 7, std::numeric_limits<float>::infinity(), NAN};
    clip_by_value(std::span(g), 0.5);
    CHECK(std::vector<float>(g.begin(), g.end() - 1) == std::vector<float>{-0.5F, -0.5F, 0, 0.25F, 0.5F, 0.5F});
    CHECK(std::isnan(g.back()));
}

TEST_CASE("clipping: a limit that is not positive is an error", "[train]") {
    std::vector<float> g{1};
    const auto complaint = [&](auto clip) -> std::string {
        try {
            clip();
        } catch (const error& e) {
            return e.what();
        }
        return "";
    };
    CHECK(complaint([&] { clip_by_norm(std::span(g), 0.0); })
          == "strata: the limit of clipping is 0.000000 and must be a positive number; try 1.0.");
    CHECK(complaint([&] { clip_by_value(std::span(g), -1.0); }).find("is -1") != std::string::npos);
    CHECK(complaint([&] { clip_by_norm(std::span(g), static_cast<double>(NAN)); }).find("is nan") != std::string::npos);
    CHECK(g == std::vector<float>{1});
}
