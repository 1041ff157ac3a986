#pragma once
/// ring_of_times — the rows of a stream's state: time t of the stream is in row t mod `rows`.
#include <strata/base/host_device.hpp>

#include <cstddef>
#include <cstdint>

namespace strata::inline STRATA_ABI::core {

class ring_of_times {
  public:
    /// At a step of `hop` times that `steps` others came before.
    STRATA_HD constexpr ring_of_times(std::uint64_t steps, int hop, int rows)
        : now_(static_cast<int>(steps * static_cast<unsigned>(hop) % static_cast<unsigned>(rows))), rows_(rows) {}
    /// The row of a time, counted from the step's first: from −rows up to rows − 1, or a hop that is longer.
    [[nodiscard]] STRATA_HD constexpr std::ptrdiff_t row(int t) const {
        const int at = now_ + t;
        return at < 0 ? at + rows_ : at < rows_ ? at : at % rows_;
    }

  private:
    int now_, rows_;
};

} // namespace strata::inline STRATA_ABI::core
