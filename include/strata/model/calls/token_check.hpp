#pragma once
/// token_check — what net(...) and training say of tokens that the network's vocabulary does not have. (net.run, which
/// does not throw, does not look: tokens must be right.)
/// Errors   shape_error
#include <strata/base/error.hpp>
#include <strata/base/words/sentence.hpp>
#include <strata/plan/ports/port_info.hpp>

#include <cstddef>
#include <cstdint>
#include <span>
#include <type_traits>

namespace strata::inline STRATA_ABI::detail {

[[noreturn, gnu::cold, gnu::noinline]] inline void refuse_token(std::int32_t token, std::size_t place,
                                                                const core::port_info& p) {
    const auto size = static_cast<std::size_t>(p.extents.size());
    raise<shape_error>(sentence({"strata: token ", place % size, " of sample ", place / size,
                                 p.name[0] == 0 ? "" : " for the input \"", p.name, p.name[0] == 0 ? "" : "\"", " is ",
                                 token, ", but the network knows the tokens 0 to ", p.vocabulary - 1,
                                 ". Number the tokens from 0, or declare a larger vocabulary."}));
}

/// Of samples one after the other; the first is number `sample`.
template <class T>
void check_tokens(std::span<const T> elements, const core::port_info& p, std::size_t sample = 0) {
    if constexpr (std::is_same_v<T, std::int32_t>)
        for (std::size_t i = 0; p.vocabulary > 0 && i < elements.size(); ++i)
            if (elements[i] < 0 || elements[i] >= p.vocabulary)
                refuse_token(elements[i], sample * static_cast<std::size_t>(p.extents.size()) + i, p);
}

} // namespace strata::inline STRATA_ABI::detail
