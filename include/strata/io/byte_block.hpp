#pragma once
#include <cstddef>
#include <memory>
#include <new>
#include <strata/base/error.hpp>
#include <strata/base/words/sentence.hpp>
#include <string>
#include <utility>

namespace strata::inline STRATA_ABI::io {

/// byte_block — the bytes of a file in memory, not initialised. It can be moved, not copied.
///
/// Errors   file_error where there is no memory for a file of that size (std::bad_alloc would name no file)
class byte_block {
  public:
    byte_block() = default;
    byte_block(unsigned long long size, const std::string& path)
        : bytes_(new(std::nothrow) std::byte[static_cast<std::size_t>(size)]), size_(static_cast<std::size_t>(size)) {
        if (bytes_ == nullptr)
            raise<file_error>(sentence(
                {"strata: cannot read ", path, ": not enough memory for its ", size, " bytes. Is it the right file?"}));
    }
    /// The same without an exception: there is no memory where data() is null.
    byte_block(unsigned long long size, std::nothrow_t)
        : bytes_(new(std::nothrow) std::byte[static_cast<std::size_t>(size)]),
          size_(bytes_ == nullptr ? 0 : static_cast<std::size_t>(size)) {}
    byte_block(byte_block&& other) noexcept : bytes_(std::move(other.bytes_)), size_(std::exchange(other.size_, 0)) {}
    byte_block& operator=(byte_block&& other) noexcept {
        bytes_ = std::move(other.bytes_), size_ = std::exchange(other.size_, 0);
        return *this;
    }

    [[nodiscard]] std::byte* data() { return bytes_.get(); }
    [[nodiscard]] const std::byte* data() const { return bytes_.get(); }
    [[nodiscard]] std::size_t size() const { return size_; }

  private:
    std::unique_ptr<std::byte[]> bytes_;
    std::size_t size_ = 0;
};

} // namespace strata::inline STRATA_ABI::io
