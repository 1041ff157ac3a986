#pragma once
#include <cstddef>
#include <cstring>
#include <strata/base/error.hpp>
#include <strata/base/words/sentence.hpp>
#include <strata/io/open_file.hpp>
#include <string>
#include <utility>
#include <vector>
#include <zlib.h>

namespace strata::inline STRATA_ABI::io {

/// unpacked_file — the bytes of a file, or, where it begins as a gzip stream does (1f 8b), the bytes packed
/// in it: at most `ratio` bytes for each packed one, or `least_bound` where that is more, so that a small
/// file cannot fill the memory. Programs that use it link zlib.
///
/// A file may hold several gzip members, one after another, and zeros behind the last, as tapes and blocks of a fixed
/// size leave them. Where gzip(1) would warn and pass over what else follows, this is an error: a second member whose
/// beginning is damaged looks just so.
///
/// Errors   file_error where the gzip stream is truncated or damaged (its checksum included), where something
///          else follows it, or where it unpacks to more, naming the file and the byte of the packed file
/// Source   RFC 1952 (gzip), RFC 1951 (deflate)
class unpacked_file {
  public:
    static constexpr unsigned long long ratio = 100, least_bound = 64ULL << 20;

    explicit unpacked_file(std::string path) : file_(std::move(path)), buffer_(1 << 16) {
        fill();
        packed_ = waiting_.avail_in >= 2 && buffer_[0] == 0x1f && buffer_[1] == 0x8b;
        if (packed_ && inflateInit2(&waiting_, 15 + 16) != Z_OK) // 15: the largest window, + 16: gzip, not zlib
            raise<file_error>(
                sentence({"strata: zlib failed to start decompressing ", file_.path(), ". Is memory exhausted?"}));
    }
    ~unpacked_file() {
        if (packed_) inflateEnd(&waiting_);
    }
    unpacked_file(const unpacked_file&) = delete;
    unpacked_file& operator=(const unpacked_file&) = delete;

    [[nodiscard]] const std::string& path() const { return file_.path(); }
    [[nodiscard]] bool packed() const { return packed_; }

    /// How many unpacked bytes the whole file can hold: exact for a plain file, the bound for a packed one.
    [[nodiscard]] unsigned long long capacity() const {
        if (!packed_) return file_.size();
        return file_.size() > least_bound / ratio ? file_.size() * ratio : least_bound;
    }

    /// Reads up to n unpacked bytes; fewer only at the end.
    [[gnu::cold]] std::size_t read(void* into, std::size_t n) {
        waiting_.next_out = static_cast<Bytef*>(into);
        std::size_t left = n;
        while (left > 0) {
            if (waiting_.avail_in == 0 && !fill()) {
                if (packed_ && !between_members_)
                    refuse_file(path(), taken_,
                                {"the file ends inside its gzip stream: the copy is incomplete. Download it again."});
                break;
            }
            const auto want = static_cast<uInt>(left < (1u << 30) ? left : (1u << 30));
            waiting_.avail_out = want;
            packed_ ? unpack() : copy();
            left -= want - waiting_.avail_out;
            given_ += want - waiting_.avail_out;
            if (packed_ && given_ > capacity())
                refuse_file(path(), taken_ - waiting_.avail_in,
                            {"the gzip stream decompresses to more than ", capacity(), " bytes, ", ratio,
                             " times the file size or ", least_bound >> 20,
                             " MiB. If that is expected, decompress it with gunzip and read the result."});
        }
        return n - left;
    }

  private:
    [[gnu::cold]] bool fill() {
        const std::size_t got = file_.read(buffer_.data(), buffer_.size());
        taken_ += got;
        waiting_.next_in = buffer_.data();
        waiting_.avail_in = static_cast<uInt>(got);
        return got > 0;
    }
    void copy() {
        const uInt n = waiting_.avail_in < waiting_.avail_out ? waiting_.avail_in : waiting_.avail_out;
        std::memcpy(waiting_.next_out, waiting_.next_in, n);
        waiting_.next_in += n, waiting_.avail_in -= n;
        waiting_.next_out += n, waiting_.avail_out -= n;
    }
    [[gnu::cold]] void unpack() {
        if (between_members_ && !begin_member()) return;
        const int result = inflate(&waiting_, Z_NO_FLUSH);
        if (result == Z_STREAM_END) between_members_ = true;
        else if (result != Z_OK)
            refuse_file(path(), taken_ - waiting_.avail_in,
                        {"the gzip stream is damaged (", waiting_.msg ? waiting_.msg : "zlib gave up",
                         "). Download the file again."});
    }

    /// Behind a member: is there another? Zeros are passed over, those in the buffer at a time.
    [[gnu::cold]] bool begin_member() {
        const auto refuse = [this] {
            refuse_file(path(), taken_ - waiting_.avail_in,
                        {"extra data follows the gzip stream: another, damaged stream or unrelated bytes. Download it "
                         "again; or, if the part before is complete, decompress it with gunzip, which ignores the "
                         "rest, and read the result."});
        };
        for (; waiting_.avail_in > 0 && (zeros_ || *waiting_.next_in == 0); ++waiting_.next_in, --waiting_.avail_in) {
            zeros_ = true;
            if (*waiting_.next_in != 0) refuse();
        }
        if (waiting_.avail_in == 0) return false;
        if (*waiting_.next_in != 0x1f) refuse();
        inflateReset(&waiting_);
        between_members_ = false;
        return true;
    }

    open_file file_;
    std::vector<unsigned char> buffer_;
    z_stream waiting_{};           // packed bytes that are read but not yet used
    unsigned long long taken_ = 0; // bytes read from the file so far
    unsigned long long given_ = 0; // unpacked bytes so far
    bool packed_ = false;
    bool between_members_ = false;
    bool zeros_ = false; // behind the last member
};

} // namespace strata::inline STRATA_ABI::io
