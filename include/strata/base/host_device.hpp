#pragma once
/// host_device — the macros of a function that both the host and a CUDA device may call.
///   STRATA_HD            before the function's `static` or return type. It expands to nothing except under nvcc.
///   STRATA_ANY_CALLER    before the `template` of a function so marked. It keeps nvcc from complaining when the
///                        function is instantiated for something that only the host can use, such as a vector register
///                        of the policy `cpu`.
/// nvcc also refuses a local variable of such a register in a function so marked.
#include <strata/base/abi.hpp>

#if defined(__CUDACC__)
#define STRATA_HD __host__ __device__
#define STRATA_ANY_CALLER _Pragma("nv_exec_check_disable")
#else
#define STRATA_HD
#define STRATA_ANY_CALLER
#endif
