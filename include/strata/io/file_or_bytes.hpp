#pragma once
#include <concepts>
#include <cstddef>
#include <span>
#include <strata/base/abi.hpp>
#include <string>
#include <string_view>
#include <type_traits>

namespace strata::inline STRATA_ABI::io {

/// A container of bytes: std::byte, unsigned char (std::uint8_t) or char. Text is a path, not content.
template <class B>
concept holds_bytes = !std::convertible_to<const B&, std::string_view>
                      && (std::convertible_to<const B&, std::span<const std::byte>>
                          || std::convertible_to<const B&, std::span<const unsigned char>>
                          || std::convertible_to<const B&, std::span<const char>>);

/// file_or_bytes — the source of weights: a file's path, or a file's content in memory, of any alignment.
/// It is converted from what is given: "net.safetensors", a std::string, a std::filesystem::path; a
/// std::span<const std::byte>, an array that strata-embed wrote, a std::vector<unsigned char>. Like a std::string_view
/// it refers to its argument, so use it as a parameter only.
class file_or_bytes {
  public:
    file_or_bytes(const char* path) noexcept : name_(path) {}
    file_or_bytes(const std::string& path) noexcept : name_(path.c_str()) {}
    template <class Path>
        requires(std::convertible_to<const Path&, std::string> && !std::convertible_to<const Path&, std::string_view>)
    file_or_bytes(const Path& path) : converted_(path), name_(converted_.c_str()) {}
    file_or_bytes(const file_or_bytes&) = delete;
    file_or_bytes& operator=(const file_or_bytes&) = delete;
    template <holds_bytes Bytes>
    file_or_bytes(const Bytes& bytes) noexcept : name_("the file in memory"), in_memory_(true) {
        if constexpr (std::convertible_to<const Bytes&, std::span<const std::byte>>)
            bytes_ = std::span<const std::byte>(bytes);
        else if constexpr (std::convertible_to<const Bytes&, std::span<const unsigned char>>)
            bytes_ = std::as_bytes(std::span<const unsigned char>(bytes));
        else bytes_ = std::as_bytes(std::span<const char>(bytes));
    }

    /// The path; of bytes what messages call them.
    [[nodiscard]] const char* name() const { return name_; }
    [[nodiscard]] bool in_memory() const { return in_memory_; }
    [[nodiscard]] std::span<const std::byte> bytes() const { return bytes_; }

  private:
    std::string converted_;
    const char* name_;
    std::span<const std::byte> bytes_;
    bool in_memory_ = false;
};

} // namespace strata::inline STRATA_ABI::io
