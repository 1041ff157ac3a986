#pragma once
/// ports — data sets of networks with several inputs or outputs: each sample has a part for every input, and a target
/// for every output that has a loss.
///
///   struct letters {                                            // what a user writes
///       std::size_t size() const;
///       std::vector<strata::data::port> ports() const {
///           return {{"picture", strata::shape(1, 8, 8)}, {"place", strata::shape(2)},
///                   {"letter", strata::shape(1), 26}};    // class numbers, of 26 classes
///       }
///       void read(std::size_t i, strata::data::key k, const strata::data::parts<float>& sample) const {
///           std::ranges::copy(picture(i), sample.numbers("picture").begin());
///           ...
///           sample.integers("letter")[0] = letter(i);           // a class number at each position
///       }
///   };
///
/// A target stands under the name of its output. Where the network has one input or one output without a name, that is
/// "input" or "target". A target is of integers where its loss takes class numbers, such as cross_entropy; an input is
/// where the network takes tokens; all others are numbers of the model's type.
#include <strata/base/error.hpp>
#include <strata/base/shape.hpp>
#include <strata/base/words/sentence.hpp>
#include <strata/data/data_set.hpp>

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace strata::inline STRATA_ABI::data {

/// What a data set has under a name: its extents, and how many classes there are where it holds class numbers.
struct port {
    std::string name;
    shape extents{};
    int classes = 0;
};

/// The parts of one sample, each in memory of the trainer's that `read` fills.
/// Errors   shape_error for a name that the network does not have, or one of the other kind
template <class T>
class parts {
  public:
    struct part {
        const char* name = "";
        std::byte* memory = nullptr;
        std::size_t size = 0;
        bool of_integers = false;
    };
    explicit parts(std::span<const part> all) : all_(all) {}

    [[nodiscard]] std::span<T> numbers(std::string_view name) const {
        const part& p = find(name, false);
        return {reinterpret_cast<T*>(p.memory), p.size};
    }
    [[nodiscard]] std::span<std::int32_t> integers(std::string_view name) const {
        const part& p = find(name, true);
        return {reinterpret_cast<std::int32_t*>(p.memory), p.size};
    }

  private:
    [[nodiscard]] const part& find(std::string_view name, bool of_integers) const {
        for (const part& p : all_)
            if (name == p.name && p.of_integers == of_integers) return p;
        refuse(name, of_integers);
    }
    [[noreturn, gnu::cold, gnu::noinline]] void refuse(std::string_view name, bool of_integers) const {
        std::string known;
        for (const part& p : all_) {
            if (name == p.name)
                raise<shape_error>(
                    sentence({"strata: the data set reads \"", name, "\" as ", of_integers ? "integers" : "numbers",
                              ", but it holds ", of_integers ? "numbers: use numbers(\"" : "integers: use integers(\"",
                              name, "\")."}));
            known += sentence({known.empty() ? "\"" : ", \"", p.name, "\""});
        }
        raise<shape_error>(sentence(
            {"strata: the data set reads \"", name, "\", but the network's inputs and targets are ", known, "."}));
    }
    std::span<const part> all_;
};

/// A data set of several inputs or targets, for a model of numbers T.
template <class D, class T>
concept ported = requires(const D& d, std::size_t i, key k, const parts<T>& sample) {
    { d.size() } -> std::convertible_to<std::size_t>;
    { d.ports() } -> std::convertible_to<std::vector<port>>;
    d.read(i, k, sample);
};

/// The same for a model of either precision.
template <class D>
concept ported_data = ported<D, float> || ported<D, double>;

/// What a trainer of numbers T takes.
template <class D, class T>
concept trains = data_set<D> || ported<D, T>;

} // namespace strata::inline STRATA_ABI::data
