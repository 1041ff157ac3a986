#pragma once
/// stream_state<Model, Hop> — what a stream keeps from one step to the next, as a value outside of it: for one const
/// model that serves many signals, and where memory is the program's own affair.
///
///   auto state = net.make_state();            // for each signal; allocates, as does the next line
///   auto space = net.make_workspace(state);   // for each thread
///   net.run(x, y, space, state);              // one step: neither allocates nor locks nor throws
///
/// Hop positions per step: net.make_state<64>(). A state made or reset is as before the first time, when there were
/// only zeros. A copy goes on by itself. A state holds numbers of its signal alone, nothing of the model: it may be
/// used with any model of the type that made it, on any thread, by one step at a time.
/// A workspace that is too small ends the program with a sentence.
#include <strata/model/model.hpp>

#include <cstddef>
#include <cstdint>

namespace strata::inline STRATA_ABI {

namespace detail {
template <class Model, int Hop>
class stream_step;
}

template <class Model, int Hop>
class stream_state {
    using policy = typename Model::policy;
    using machine = typename Model::machine;

  public:
    using number = typename Model::number;
    using stream_plan =
        core::plan<typename Model::network, core::request{.hop = Hop, .target = policy::template numbers<number>()}>;
    static constexpr int hop = Hop;

    /// Errors   error where there is no memory for it
    explicit stream_state(const policy& p)
        : past_(machine::template allocate<number>(p, stream_plan::data.sizes.states)) {}

    /// Forgets all earlier times.
    void reset() noexcept {
        past_.clear();
        steps_ = 0;
    }
    /// The steps since the beginning, or since the last reset.
    [[nodiscard]] std::uint64_t steps() const noexcept { return steps_; }
    [[nodiscard]] std::size_t bytes() const noexcept { return past_.bytes(); }

  private:
    template <class, int>
    friend class detail::stream_step;

    typename machine::template memory<number> past_;
    std::uint64_t steps_ = 0;
};

} // namespace strata::inline STRATA_ABI
