#pragma once
/// load_result — the result of net.try_load: true, or false with the message that load would throw.
///
///   if (const strata::load_result loaded = net.try_load(bytes); !loaded) log(loaded.error());
#include <strata/base/abi.hpp>

#include <string>
#include <utility>

namespace strata::inline STRATA_ABI {

class [[nodiscard]] load_result {
  public:
    /// Of the sentence that says what is wrong; empty: nothing is.
    explicit load_result(std::string wrong) noexcept : wrong_(std::move(wrong)) {}

    [[nodiscard]] explicit operator bool() const noexcept { return wrong_.empty(); }
    /// What is wrong, what was left as it was, and the remedy; empty after a success.
    [[nodiscard]] const std::string& error() const noexcept { return wrong_; }

  private:
    std::string wrong_;
};

} // namespace strata::inline STRATA_ABI
