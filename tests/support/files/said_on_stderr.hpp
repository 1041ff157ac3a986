#pragma once
/// What a function writes on stderr.
#include "written_to.hpp"

namespace strata_tests {

template <class Function>
std::string said_on_stderr(Function function) {
    return written_to(2, function);
}

} // namespace strata_tests
