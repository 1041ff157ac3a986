#pragma once
/// STRATA_HD marks a function that both the host and a CUDA device may call. Without nvcc it says nothing.
/// STRATA_ANY_CALLER before a template so marked keeps nvcc silent where it is instantiated with what only the host can
/// call, such as a vector register of the cpu policy.
#if defined(__CUDACC__)
#define STRATA_HD __host__ __device__
#define STRATA_ANY_CALLER _Pragma("nv_exec_check_disable")
#else
#define STRATA_HD
#define STRATA_ANY_CALLER
#endif
