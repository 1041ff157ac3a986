#pragma once
/// error — the base of all errors that strata reports at run time, a std::runtime_error.
///
///   error                 anything strata reports at run time
///   ├─ shape_error        run-time extents or targets that do not fit the network
///   ├─ file_error         a file that is missing, truncated, corrupt or does not match
///   ├─ device_error       an instruction set or a device that is missing or failed
///   └─ not_finite_error   a loss, a gradient or a parameter that is infinite or not a number
///
/// A message is a whole sentence: what, where, and the remedy. All errors are thrown by `raise`.
#include <strata/base/abi.hpp>

#include <stdexcept>
#include <string>
#if !defined(__cpp_exceptions)
#include <cstdio>
#include <cstdlib>
#endif

namespace strata::inline STRATA_ABI {

class error : public std::runtime_error {
  public:
    using std::runtime_error::runtime_error;
};
class shape_error : public error {
  public:
    using error::error;
};
class file_error : public error {
  public:
    using error::error;
};
class device_error : public error {
  public:
    using error::error;
};

class not_finite_error : public error {
  public:
    using error::error;
};

/// raise<Error>(message) — throws Error{message}; without exceptions (-fno-exceptions) it prints the message and
/// aborts.
template <class Error = error>
[[noreturn, gnu::cold, gnu::noinline]] inline void raise(const std::string& message) {
#if defined(__cpp_exceptions)
    throw Error(message);
#else
    std::fprintf(stderr, "%s\n", message.c_str());
    std::abort();
#endif
}

} // namespace strata::inline STRATA_ABI
