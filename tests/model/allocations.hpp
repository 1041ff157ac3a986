#pragma once

namespace strata_tests {

/// How often this thread has called any operator new so far.
long long allocations();

} // namespace strata_tests
