#pragma once
/// definition<Kind, K, F> — what an operation computes, written once for every policy, on the operation's page:
///     template <key K, class F>
///     struct definition<mirror::kind, K, F> {
///         static constexpr long long items = K.y.size();
///         template <class Accumulator, class T>
///         STRATA_HD static void item(const call<T>& c, long long i) { ... }
///     };
/// `item` makes item i of the result. No two items write the same number, and each sums in a fixed order, so results do
/// not depend on who makes them.
///   reference   runs the items one after the other, with double as the Accumulator
///   gpu         runs a thread for each item
///   cpu         runs them in T, but only if the definition says so: static constexpr bool runs_on_cpu = true;
/// A kernel that a policy specialises on the kind takes the definition's place. An operation with neither is a compile
/// error. Images are conventional under reference and gpu, and channels-last under cpu (K.channels_last): image_of and
/// place_in_image serve both.
#include <strata/call/call.hpp>
#include <strata/call/places.hpp>

namespace strata::inline STRATA_ABI {

namespace core {

/// What a definition counts its items by, the samples of the batch unless it says: static constexpr unit per = ...;
/// An operation that is divided by samples counts by sample or by chunk, one divided by rows by row. The whole of one
/// that is not divided is a single unit.
enum class unit : int {
    sample,
    chunk, ///< of a sum over the batch; item i is of chunk i / items, see samples_of_task
    row    ///< of a result that does not scale with the batch
};
constexpr bool is_unit_of(division split, unit per) {
    return split == division::samples ? per != unit::row
           : split == division::rows  ? per == unit::row
                                      : per != unit::chunk;
}

namespace parts {
template <class Definition>
constexpr unit unit_of() {
    if constexpr (requires { Definition::per; }) return Definition::per;
    else return unit::sample;
}
} // namespace parts

template <class Definition>
concept is_definition = requires { Definition::items; };
template <class Definition>
concept is_definition_for_cpu = is_definition<Definition> && requires { requires Definition::runs_on_cpu; };

/// The samples [first, last) of chunk j, counted from the task's first.
struct samples_of_task {
    int first, last;
    template <class T>
    STRATA_HD samples_of_task(const call<T>& c, int j)
        : first(c.first + j * c.chunk_size), last(first + c.chunk_size < c.last ? first + c.chunk_size : c.last) {}
};

/// A definition as a kernel: of a host policy by `run`, of the gpu policy by `items` and `item`.
template <class Definition, class Accumulator, class T>
struct by_definition {
    static constexpr unit per = parts::unit_of<Definition>();
    /// How many items the task has.
    STRATA_HD static long long items(const call<T>& c) {
        const long long units = c.last - c.first;
        return Definition::items * (by_chunks ? (units + c.chunk_size - 1) / c.chunk_size : units);
    }
    STRATA_HD static void item(const call<T>& c, long long i) { Definition::template item<Accumulator>(c, i); }
    static void run(const call<T>& c) noexcept {
        const long long first = by_chunks ? 0 : c.first * Definition::items, last = first + items(c);
        for (long long i = first; i < last; ++i) item(c, i);
    }

  private:
    static constexpr bool by_chunks = per == unit::chunk;
};

} // namespace core

namespace operations {
template <op Kind, key K, class F>
struct definition;
} // namespace operations

} // namespace strata::inline STRATA_ABI
