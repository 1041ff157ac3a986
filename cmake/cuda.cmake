# The target strata::cuda: the policy gpu, for sources that nvcc compiles. Built and named: CUDA Toolkit 13.0; older ones are
# untested. Which GPUs a program is compiled for is its own affair, CMAKE_CUDA_ARCHITECTURES.
find_package(CUDAToolkit REQUIRED)
if(PROJECT_IS_TOP_LEVEL)
  if(NOT DEFINED CMAKE_CUDA_ARCHITECTURES)
    set(CMAKE_CUDA_ARCHITECTURES 90) # code for Hopper, and PTX that later cards compile
  endif()
  enable_language(CUDA)
endif()

add_library(strata_cuda INTERFACE)
add_library(strata::cuda ALIAS strata_cuda)
set_target_properties(strata_cuda PROPERTIES EXPORT_NAME cuda)
target_link_libraries(strata_cuda INTERFACE strata CUDA::cublas)
target_compile_options(strata_cuda INTERFACE $<$<COMPILE_LANGUAGE:CUDA>:-std=c++20>) # CMake 3.25 knows no feature cuda_std_20
file(GLOB_RECURSE cuda_headers CONFIGURE_DEPENDS cuda/strata/*.hpp)
target_sources(strata_cuda INTERFACE FILE_SET HEADERS BASE_DIRS cuda FILES ${cuda_headers})
