/// A policy of one's own: nothing in plan, layers, model or trainer names it.
#include "catch.hpp"
#include "nets.hpp"

#include <strata/reference/reference.hpp>
#include <strata/train/losses/cross_entropy.hpp>
#include <strata/train/trainer.hpp>

namespace {

// [policy]
struct mine {
    int threads = 1; // of training
    template <class T>
    static constexpr strata::core::target_numbers numbers() { // what the plan is told
        return {.lanes = 1, .chunk = 4, .channels_last = false, .packed_weights = false, .number_bytes = sizeof(T)};
    }
    template <strata::core::key K, class Function, class T>
    // A kernel has static void run(const strata::core::call<T>&) noexcept.
    using kernel = strata::on_reference::kernel<K.kind, K, Function, T>;
    using machine = strata::core::host; // where memory lies and who runs the steps
    static constexpr const char* name = "mine";
    void require() const {} // raises device_error where it cannot run; may be left out
};
// [/policy]

} // namespace

TEST_CASE("a third policy trains and gives the reference's numbers", "[model]") {
    strata::model<strata_tests::lenet5, mine> net{strata::seed{3}};
    const strata::model<strata_tests::lenet5, strata::reference> same{strata::seed{3}};
    std::vector<float> x(2 * 784);
    for (std::size_t i = 0; i < x.size(); ++i) x[i] = static_cast<float>(i % 13) / 13;
    CHECK(net(x) == same(x));
    strata::trainer trainer{net, strata::cross_entropy{}, strata::sgd{.rate = 0.1}};
    std::vector<float> t(20);
    t[3] = t[17] = 1;
    const double first = trainer.step(x, t);
    CHECK(trainer.step(x, t) < first);
}
