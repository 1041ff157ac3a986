#pragma once
#include <strata/base/error.hpp>
#include <strata/base/shape.hpp>
#include <strata/base/words/sentence.hpp>
#include <strata/data/csv/narrowing.hpp>
#include <strata/data/data_set.hpp>
#include <strata/data/readers/record_files.hpp>
#include <strata/data/readers/refused_reads.hpp>
#include <strata/io/open_file.hpp>
#include <strata/io/read_at.hpp>
#include <strata/io/tensors/dtype.hpp>

#include <bit>
#include <cmath>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace strata::inline STRATA_ABI::data {

static_assert(std::endian::native == std::endian::little,
              "strata: numbers in records are little-endian, but this machine is not.");

/// The layout of records of numbers in a file: `header` bytes, then records of `size` bytes, each with the numbers of
/// its sample and of its target, little-endian, as NumPy's tofile writes them.
struct number_layout {
    static constexpr std::size_t behind_the_sample = ~std::size_t{0};

    shape sample{};
    shape target{};                           ///< where targets are values
    int classes = 0;                          ///< where they are class numbers
    io::dtype stored = io::dtype::f32;        ///< of the sample's numbers: f32 or f64
    io::dtype target_stored = io::dtype::f32; ///< of the target's; a class number may also be an integer, but no u64
    std::size_t sample_at = 0;                ///< the byte of a record at which its sample begins
    std::size_t target_at = behind_the_sample;
    std::size_t size = 0;                   ///< of a record, in bytes; 0: it ends with what stands last
    std::size_t header = 0;                 ///< bytes before the first record
    std::string origin{};                   ///< where the data came from, for people
    std::vector<std::string> class_names{}; ///< none, or one per class
};

/// number_records<Target> — a data set that stays in its files: fixed-size records of floating-point numbers.
///
///   data::number_records<data::values> set({"a.bin", "b.bin"}, {.sample = shape(8), .target = shape(1)});
///
/// Target is class_index or values. Records are read when they are asked for. The files are opened once; each read
/// allocates memory for one record. A model of fp64 reads every digit of doubles. A note on stderr says where floats
/// lose some within the first thousand records. Safe from many threads; copies are cheap and share the files. A file
/// that lost whole records at its end cannot be told from a whole one: compare size() with what is expected.
///
/// Errors   file_error for a file that cannot be opened or is not a whole number of records, and, when it is read,
///          naming file and byte, for a number that is not finite or too large for its type, a class number out of
///          range, or a file that became shorter; shape_error for a layout that does not fit together, or a read's
///          index or memory that does not fit
template <class Target = class_index>
class number_records {
    static constexpr bool has_labels = std::same_as<Target, class_index>;
    static_assert(has_labels || std::same_as<Target, values>,
                  "strata: number_records<Target> takes strata::data::class_index or strata::data::values.");

  public:
    using target_type = Target;

    [[gnu::cold]] number_records(const std::vector<std::string>& paths, number_layout layout) {
        check(layout);
        record_files files(paths, layout.header, layout.size);
        all_ = std::make_shared<const opened>(opened{std::move(layout), std::move(files)});
        say_lost_digits();
    }

    [[nodiscard]] std::size_t size() const { return all_->files.size(); }
    [[nodiscard]] shape sample_shape() const { return all_->layout.sample; }
    [[nodiscard]] int classes() const
        requires has_labels
    {
        return all_->layout.classes;
    }
    [[nodiscard]] shape target_shape() const
        requires(!has_labels)
    {
        return all_->layout.target;
    }
    [[nodiscard]] const std::string& origin() const { return all_->layout.origin; }
    [[nodiscard]] const std::vector<std::string>& class_names() const
        requires has_labels
    {
        return all_->layout.class_names;
    }

    /// The class of sample i alone: reads its bytes only.
    [[nodiscard]] int label(std::size_t i) const
        requires has_labels
    {
        const number_layout& l = all_->layout;
        const auto at = all_->files.find(i);
        std::byte bytes[8];
        io::read_at(*at.file, at.offset + l.target_at, bytes, width(l.target_stored));
        return class_of(bytes, at);
    }

    /// Do the files hold doubles?
    [[nodiscard]] bool holds_doubles() const {
        return all_->layout.stored == io::dtype::f64 || (!has_labels && all_->layout.target_stored == io::dtype::f64);
    }

    void read(std::size_t i, key, std::span<float> x, target_type& target) const { read_numbers(i, x, target); }
    void read(std::size_t i, key, std::span<double> x, target_for<target_type, double>& target) const {
        read_numbers(i, x, target);
    }

  private:
    struct opened {
        number_layout layout;
        record_files files;
    };

    static std::size_t width(io::dtype type) { return static_cast<std::size_t>(io::fact_of(type).bytes); }
    static bool is_floating(io::dtype type) { return type == io::dtype::f32 || type == io::dtype::f64; }

    /// Fills in what was left out, and refuses what does not fit together.
    [[gnu::cold]] static void check(number_layout& l) {
        const auto extent = [](const shape& s) { return static_cast<std::size_t>(s.size() > 0 ? s.size() : 0); };
        const std::size_t sample = extent(l.sample) * width(l.stored),
                          target = (has_labels ? 1 : extent(l.target)) * width(l.target_stored);
        constexpr std::size_t farthest = std::size_t{1} << 40; // sums of what is nearer do not wrap
        const bool target_behind = l.target_at == number_layout::behind_the_sample;
        for (const std::size_t at : {l.sample_at, target_behind ? 0 : l.target_at, l.size, l.header})
            if (at > farthest)
                raise<shape_error>(sentence(
                    {"strata: a record layout has the value ", at, " for an offset or a size. Correct the layout."}));
        if (target_behind) l.target_at = l.sample_at + sample;
        const std::size_t sample_end = l.sample_at + sample, target_end = l.target_at + target;
        if (l.size == 0) l.size = sample_end > target_end ? sample_end : target_end;
        const bool label_type = has_labels && l.target_stored >= io::dtype::i64 && l.target_stored <= io::dtype::u8
                                && l.target_stored != io::dtype::u64;
        if (!is_floating(l.stored) || (!is_floating(l.target_stored) && !label_type))
            raise<shape_error>(
                sentence({"strata: records of ", io::fact_of(l.stored).name, " samples and ",
                          io::fact_of(l.target_stored).name, " targets are not supported: numbers must be F32 or F64",
                          has_labels ? "; class numbers can also be integers other than U64." : "."}));
        if (sample == 0 || target == 0 || l.size < sample_end || l.size < target_end
            || (l.sample_at < target_end && l.target_at < sample_end) || (has_labels && l.classes < 1))
            raise<shape_error>(
                sentence({"strata: records of ", l.size, " bytes cannot contain a sample of ", sample,
                          " bytes at offset ", l.sample_at, " and a target of ", target, " bytes at offset ",
                          l.target_at, has_labels ? ", one of " : "",
                          has_labels ? sentence({l.classes, " classes"}) : "", ". Correct the layout."}));
        if (!l.class_names.empty() && l.class_names.size() != static_cast<std::size_t>(l.classes))
            raise<shape_error>(sentence({"strata: records of ", l.classes, " classes were given ", l.class_names.size(),
                                         " names: give one name per class, or none."}));
    }
    template <class T>
    static void fit(std::span<T> memory, const shape& wanted, const char* what) {
        const auto needed = static_cast<std::size_t>(wanted.size());
        if (memory.size() != needed) refuse_memory(what, needed, memory.size());
    }
    template <class T>
    void read_numbers(std::size_t i, std::span<T> x, target_for<target_type, T>& target) const {
        const number_layout& l = all_->layout;
        fit(x, l.sample, "sample");
        if constexpr (!has_labels) fit(target.into, l.target, "target");
        const auto at = all_->files.find(i);
        std::vector<std::byte> record(l.size);
        io::read_at(*at.file, at.offset, record.data(), record.size());
        take(record, l.sample_at, l.stored, x, at);
        if constexpr (has_labels) target.value = class_of(record.data() + l.target_at, at);
        else take(record, l.target_at, l.target_stored, target.into, at);
    }
    /// Says where doubles of the first thousand records become the same float. (Their files may be larger than the
    /// memory, and are not gone through.)
    [[gnu::cold]] void say_lost_digits() const {
        if (!holds_doubles()) return;
        const number_layout& l = all_->layout;
        std::vector<std::byte> record(l.size);
        std::vector<double> samples, targets;
        const auto add = [&](std::size_t first, io::dtype stored, const shape& s, std::vector<double>& to) {
            if (stored != io::dtype::f64) return;
            for (std::size_t j = 0; j < static_cast<std::size_t>(s.size()); ++j)
                to.push_back(number_at<double>(record.data() + first + j * sizeof(double)));
        };
        for (std::size_t i = 0; i < size() && i < 1000; ++i) {
            const auto at = all_->files.find(i);
            io::read_at(*at.file, at.offset, record.data(), record.size());
            add(l.sample_at, l.stored, l.sample, samples);
            if constexpr (!has_labels) add(l.target_at, l.target_stored, l.target, targets);
        }
        const std::string& path = all_->files.find(0).file->path();
        say_narrowing(samples, static_cast<std::size_t>(l.sample.size()), "element ", " of the samples", path);
        if constexpr (!has_labels)
            say_narrowing(targets, static_cast<std::size_t>(l.target.size()), "element ", " of the targets", path);
    }

    template <class Stored>
    static Stored number_at(const std::byte* from) {
        Stored x;
        std::memcpy(&x, from, sizeof x);
        return x;
    }
    /// The numbers that begin at byte `first` of a record.
    template <class T>
    static void take(const std::vector<std::byte>& record, std::size_t first, io::dtype stored, std::span<T> to,
                     const record_files::place& at) {
        for (std::size_t j = 0; j < to.size(); ++j) {
            const std::size_t byte = first + j * width(stored);
            to[j] = stored == io::dtype::f32 ? static_cast<T>(number_at<float>(record.data() + byte))
                                             : static_cast<T>(number_at<double>(record.data() + byte));
            if (!std::isfinite(to[j])) refuse_number(at, byte, stored);
        }
    }
    [[noreturn, gnu::cold, gnu::noinline]] static void refuse_number(const record_files::place& at, std::size_t byte,
                                                                     io::dtype stored) {
        io::refuse_file(at.file->path(), at.offset + byte,
                        {"the ", io::fact_of(stored).name,
                         " number here is not finite, or too large for a float. Is this the right file and layout?"});
    }

    [[nodiscard]] int class_of(const std::byte* from, const record_files::place& at) const {
        const number_layout& l = all_->layout;
        const double label = [&]() -> double {
            switch (l.target_stored) {
            case io::dtype::f64: return number_at<double>(from);
            case io::dtype::i64: return static_cast<double>(number_at<std::int64_t>(from));
            case io::dtype::i32: return number_at<std::int32_t>(from);
            case io::dtype::i16: return number_at<std::int16_t>(from);
            case io::dtype::i8: return number_at<std::int8_t>(from);
            case io::dtype::u32: return number_at<std::uint32_t>(from);
            case io::dtype::u16: return number_at<std::uint16_t>(from);
            case io::dtype::u8: return number_at<std::uint8_t>(from);
            default: return static_cast<double>(number_at<float>(from));
            }
        }();
        if (!(label >= 0 && label < l.classes && label == std::floor(label)))
            io::refuse_file(at.file->path(), at.offset + l.target_at,
                            {"the ", io::fact_of(l.target_stored).name,
                             " class number here is out of range: there are ", l.classes,
                             " classes, numbered from 0. Is this the right file and layout?"});
        return static_cast<int>(label);
    }

    std::shared_ptr<const opened> all_;
};

} // namespace strata::inline STRATA_ABI::data
