# What strata stands on: by find_package, else fetched at a pinned tag. Of a header-only dependency that is fetched only
# the include folder is used; its own CMake project, with tests and options, stays out of ours.
include(FetchContent)
set(CMAKE_FIND_PACKAGE_TARGETS_GLOBAL ON) # a project that adds strata as a subdirectory links the same targets
if(POLICY CMP0167)
  cmake_policy(SET CMP0167 NEW) # Boost is found by its own configuration file
endif()

# strata_depends(NAME PACKAGE VERSION TARGET REPOSITORY TAG): links TARGET of PACKAGE to strata, or the fetched headers.
# The installed strata links TARGET in either case and looks for PACKAGE itself (cmake/strataConfig.cmake).
function(strata_depends name package version target repository tag)
  find_package(${package} ${version} QUIET)
  if(TARGET ${target})
    message(STATUS "strata: ${package} ${${package}_VERSION} found")
    target_link_libraries(strata INTERFACE $<BUILD_INTERFACE:${target}>)
  else()
    strata_fetch_headers(${name} ${repository} ${tag})
    target_link_libraries(strata INTERFACE $<BUILD_INTERFACE:strata_${name}>)
  endif()
  target_link_libraries(strata INTERFACE $<INSTALL_INTERFACE:${target}>)
endfunction()

# strata_fetch_headers(NAME REPOSITORY TAG): the target strata_NAME, which is the folder include/ of the repository.
function(strata_fetch_headers name repository tag)
  message(STATUS "strata: ${name} not found, fetching ${tag}")
  FetchContent_Declare(${name} GIT_REPOSITORY ${repository} GIT_TAG ${tag} GIT_SHALLOW ON SOURCE_SUBDIR no_project)
  FetchContent_MakeAvailable(${name})
  add_library(strata_${name} INTERFACE)
  target_include_directories(strata_${name} SYSTEM INTERFACE ${${name}_SOURCE_DIR}/include)
endfunction()

strata_depends(hana Boost 1.74 Boost::headers https://github.com/boostorg/hana.git boost-1.83.0)
strata_depends(xsimd xsimd 8.1 xsimd https://github.com/xtensor-stack/xsimd.git 13.2.0)
strata_depends(xtensor xtensor 0.24 xtensor https://github.com/xtensor-stack/xtensor.git 0.25.0)
if(TARGET strata_xtensor)
  find_package(xtl 0.7 QUIET)
  if(NOT TARGET xtl)
    strata_fetch_headers(xtl https://github.com/xtensor-stack/xtl.git 0.7.7)
    add_library(xtl ALIAS strata_xtl)
  endif()
  target_link_libraries(strata_xtensor INTERFACE xtl)
endif()

find_package(ZLIB QUIET)
if(TARGET ZLIB::ZLIB)
  message(STATUS "strata: ZLIB ${ZLIB_VERSION} found")
  target_link_libraries(strata INTERFACE $<BUILD_INTERFACE:ZLIB::ZLIB>)
else()
  # zlib's own project renames a header in its source tree, so its dozen C files are compiled here.
  message(STATUS "strata: ZLIB not found, fetching v1.3.1")
  enable_language(C)
  FetchContent_Declare(zlib GIT_REPOSITORY https://github.com/madler/zlib.git GIT_TAG v1.3.1 GIT_SHALLOW ON
    SOURCE_SUBDIR no_project)
  FetchContent_MakeAvailable(zlib)
  file(GLOB zlib_sources ${zlib_SOURCE_DIR}/*.c)
  add_library(strata_zlib STATIC EXCLUDE_FROM_ALL ${zlib_sources})
  target_include_directories(strata_zlib SYSTEM PUBLIC ${zlib_SOURCE_DIR})
  target_compile_definitions(strata_zlib PRIVATE Z_HAVE_UNISTD_H _LARGEFILE64_SOURCE=1)
  target_compile_options(strata_zlib PRIVATE -w)
  target_link_libraries(strata INTERFACE $<BUILD_INTERFACE:strata_zlib>)
endif()
target_link_libraries(strata INTERFACE $<INSTALL_INTERFACE:ZLIB::ZLIB>)

find_package(Threads REQUIRED)
target_link_libraries(strata INTERFACE Threads::Threads)
