#pragma once
/// STRATA_HD marks a function that both the host and a CUDA device may call. Without nvcc it says nothing.
#if defined(__CUDACC__)
#define STRATA_HD __host__ __device__
#else
#define STRATA_HD
#endif
