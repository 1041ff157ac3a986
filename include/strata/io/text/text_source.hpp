#pragma once
#include <strata/base/abi.hpp>

#include <cstddef>
#include <cstring>
#include <string_view>

namespace strata::inline STRATA_ABI::io {

/// text_source — a text in memory, which must outlive it, read as a file is.
class text_source {
  public:
    explicit text_source(std::string_view text) : text_(text) {}

    std::size_t read(void* into, std::size_t n) {
        if (n > text_.size()) n = text_.size();
        if (n > 0) std::memcpy(into, text_.data(), n);
        text_.remove_prefix(n);
        return n;
    }

  private:
    std::string_view text_;
};

} // namespace strata::inline STRATA_ABI::io
