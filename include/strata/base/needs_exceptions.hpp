#pragma once
/// Refuses files that are compiled without exceptions, in one sentence, and ends their compilation. Headers that catch
/// errors include this one: training, data sets, threads. <strata/inference.hpp> needs none of them.
#include <strata/base/abi.hpp>

#if !defined(__cpp_exceptions)
#error \
    "strata: this header needs exceptions, which -fno-exceptions turns off. Include <strata/inference.hpp> instead, \
which needs neither exceptions nor run-time types: it has networks, models and their files. Or compile this file \
without -fno-exceptions, as training, data sets and threads require."
#include <see_the_error_above> // there is no such file: a compiler stops here, before errors that follow from the first
#endif
