#pragma once
/// companions_at_work — the companions of one fit, called one after the other at the moments that hooks.hpp lists. Some
/// get them all, themselves included. Without companions every call is nothing.
#include <strata/base/abi.hpp>
#include <strata/train/companions/call_hook.hpp>

#include <cstddef>
#include <utility>
#include <vector>

namespace strata::inline STRATA_ABI::detail {

/// Each made in its place, which it never leaves.
template <std::size_t Index, class At>
struct placed_companion {
    At at;
};
template <class Indices, class... At>
struct placed_companions;
template <std::size_t... Index, class... At>
struct placed_companions<std::index_sequence<Index...>, At...> : placed_companion<Index, At>... {
    template <class Run, class... Companions>
    explicit placed_companions(Run& run, const Companions&... companions)
        : placed_companion<Index, At>{{companions, run}}... {}
    /// f(all of them)
    template <class F>
    void pass_to(F f) {
        f(placed_companion<Index, At>::at...);
    }
};

template <class Run, class Data, class... Companions>
class companions_at_work {
    using order = std::vector<std::size_t>;

  public:
    static constexpr bool interruptible =
        (hooks_named_by<typename Companions::template at_work<Run>>::type::have("interruptible") || ...);

    explicit companions_at_work(Run& run, const Companions&... companions) : all_(run, companions...) {
        (require_hooks<Companions, typename Companions::template at_work<Run>, Data, order,
                       typename Companions::template at_work<Run>...>(),
         ...);
    }

    void begin() { each_with_all<begin_hook>(); }
    void begin_epoch(const Data& data, const order& of_samples) { each<begin_epoch_hook>(data, of_samples); }
    /// Has one of them brought the next n samples?
    [[nodiscard]] bool gather(int n) { return each<gather_hook>(n); }
    void after_step() { each_with_all<after_step_hook>(); }
    void after_epoch() { each<after_epoch_hook>(); }
    void keep() { each_with_all<keep_hook>(); }
    void end() { each<end_hook>(); }

  private:
    template <class Hook, class... A>
    bool each([[maybe_unused]] A&... arguments) {
        bool called = false;
        all_.pass_to([&](auto&... all) { ((called = call_hook<Hook>(all, arguments...) || called), ...); });
        return called;
    }
    template <class Hook>
    void each_with_all() {
        all_.pass_to([](auto&... all) { (call_hook<Hook>(all, all...), ...); });
    }
    placed_companions<std::index_sequence_for<Companions...>, typename Companions::template at_work<Run>...> all_;
};

/// Programs without companions compile none of it.
template <class Run, class Data>
class companions_at_work<Run, Data> {
  public:
    static constexpr bool interruptible = false;
    explicit companions_at_work(Run&) {}
    static void begin() {}
    static void begin_epoch(const Data&, const std::vector<std::size_t>&) {}
    [[nodiscard]] static bool gather(int) { return false; }
    static void after_step() {}
    static void after_epoch() {}
    static void keep() {}
    static void end() {}
};

} // namespace strata::inline STRATA_ABI::detail
