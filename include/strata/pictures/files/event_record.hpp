#pragma once
/// event_record — the bytes of TensorBoard's event files: a few Protocol Buffers messages, each framed as a TFRecord.
/// Source   tensorflow/core/util/event.proto and framework/summary.proto (the field numbers), lib/io/record_writer
///          (the frame); Protocol Buffers, Encoding
#include <bit>
#include <cstdint>
#include <strata/pictures/files/crc32c.hpp>
#include <string>
#include <string_view>

namespace strata::inline STRATA_ABI::pictures {

/// protobuf_message — the fields of a message, one after the other.
class protobuf_message {
  public:
    [[gnu::cold]] void add(int field, std::int64_t number) {
        key(field, 0), varint(static_cast<std::uint64_t>(number));
    }
    [[gnu::cold]] void add(int field, double number) { key(field, 1), fixed(std::bit_cast<std::uint64_t>(number), 8); }
    [[gnu::cold]] void add(int field, float number) { key(field, 5), fixed(std::bit_cast<std::uint32_t>(number), 4); }
    /// A text, or a message within this one.
    [[gnu::cold]] void add(int field, std::string_view bytes) { key(field, 2), varint(bytes.size()), bytes_ += bytes; }

    [[nodiscard]] const std::string& bytes() const { return bytes_; }

    /// Little end first.
    [[gnu::cold]] void fixed(std::uint64_t number, int length) {
        for (int i = 0; i < length; ++i) bytes_ += static_cast<char>(number >> (8 * i) & 0xff);
    }

  private:
    void key(int field, int kind) { varint(static_cast<std::uint64_t>(field) << 3 | static_cast<std::uint64_t>(kind)); }
    void varint(std::uint64_t number) {
        for (; number >= 0x80; number >>= 7) bytes_ += static_cast<char>((number & 0x7f) | 0x80);
        bytes_ += static_cast<char>(number);
    }
    std::string bytes_;
};

/// The bytes as a TFRecord: length, its checksum, the bytes, their checksum. A checksum is turned and
/// shifted, because one of bytes that hold a checksum of their own is of no use.
[[nodiscard, gnu::cold]] inline std::string event_record(std::string_view bytes) {
    const auto masked = [](std::string_view of) { return std::rotr(crc32c(of), 15) + 0xa282ead8U; };
    protobuf_message length, record;
    length.fixed(bytes.size(), 8);
    record.fixed(masked(bytes), 4);
    protobuf_message head;
    head.fixed(masked(length.bytes()), 4);
    return length.bytes() + head.bytes() + std::string(bytes) + record.bytes();
}

/// The record that begins a file.
[[nodiscard, gnu::cold]] inline std::string version_event(double wall_time) {
    protobuf_message event;
    event.add(1, wall_time), event.add(3, std::string_view("brain.Event:2"));
    return event_record(event.bytes());
}

/// The record of one number.
[[nodiscard, gnu::cold]] inline std::string scalar_event(double wall_time, std::int64_t step, std::string_view tag,
                                                         float number) {
    protobuf_message value, summary, event;
    value.add(1, tag), value.add(2, number);
    summary.add(1, std::string_view(value.bytes()));
    event.add(1, wall_time), event.add(2, step), event.add(5, std::string_view(summary.bytes()));
    return event_record(event.bytes());
}

} // namespace strata::inline STRATA_ABI::pictures
