#pragma once
/// workspace — the memory that one running inference needs; one per thread. Made by model::make_workspace.
#include <strata/model/block.hpp>

namespace strata::inline v0_1 {

template <class T>
class workspace {
  public:
    workspace(long long elements, int max_batch) : arena_(elements), max_batch_(max_batch) {}
    [[nodiscard]] T* arena() noexcept { return arena_.data(); }
    [[nodiscard]] int max_batch() const noexcept { return max_batch_; }
    [[nodiscard]] std::size_t bytes() const noexcept { return arena_.bytes(); }

  private:
    block<T> arena_;
    int max_batch_;
};

} // namespace strata::inline v0_1
