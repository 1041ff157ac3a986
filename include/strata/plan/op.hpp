#pragma once
/// op — the identity of a primitive operation: a number made from its name, so that no list of them all is needed.
///   struct mirror { static constexpr const char* name = "mirror"; static constexpr op kind = op_named(name); ... };
/// It is a part of keys, and policies specialise their kernels on it. It is not for people's eyes: messages give names.
#include <strata/base/abi.hpp>

namespace strata::inline STRATA_ABI::core {

enum class op : unsigned {};

/// Source: Fowler, Noll & Vo, FNV-1a with 32 bits. (Two kernels of one number are a redefinition, and the tests compare
/// all names.)
constexpr op op_named(const char* name) {
    unsigned hash = 2166136261u;
    for (; *name != 0; ++name) hash = (hash ^ static_cast<unsigned char>(*name)) * 16777619u;
    return op{hash};
}

} // namespace strata::inline STRATA_ABI::core
