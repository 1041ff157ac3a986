# What needs exceptions is refused without them, in one sentence that names the header which needs none:
#   cmake -DCOMPILER=g++ -DFLAGS="-I..|-I.." -DINCLUDE=FOLDER -P needs_exceptions.cmake
cmake_minimum_required(VERSION 3.25)
include(${CMAKE_CURRENT_LIST_DIR}/../../support/diagnostics.cmake)
foreach(header IN ITEMS strata/strata.hpp strata/data.hpp strata/gradients.hpp strata/metrics.hpp strata/data/csv/csv.hpp
    strata/train/fit/learning_rate_finder.hpp strata/train/predict.hpp)
  run_compiler(output status -fno-exceptions -fno-rtti -include ${header} -x c++ /dev/null)
  find_errors("${output}" first count)
  if(status EQUAL 0 OR NOT first MATCHES "strata: this header needs exceptions.*Include <strata/inference.hpp> instead"
     OR NOT count EQUAL 2 OR NOT output MATCHES "fatal error: '?see_the_error_above") # which ends the compilation
    message("${output}")
    message(FATAL_ERROR "${COMPILER} -fno-exceptions: ${header} is not refused in one sentence.")
  endif()
endforeach()
foreach(flags IN ITEMS "-fno-exceptions|-fno-rtti|-include|strata/inference.hpp" "-fno-exceptions|-include|strata/files.hpp"
    "-fno-rtti|-include|strata/strata.hpp")
  string(REPLACE "|" ";" flags "${flags}")
  run_compiler(output status ${flags} -x c++ /dev/null)
  if(NOT status EQUAL 0 OR NOT output STREQUAL "")
    message(FATAL_ERROR "${COMPILER} ${flags} is refused:\n${output}")
  endif()
endforeach()

# Every header that throws or catches refuses, or does something else.
set(faults "")
file(GLOB_RECURSE headers RELATIVE ${INCLUDE} ${INCLUDE}/strata/*.hpp)
set(found 0)
foreach(header IN LISTS headers)
  file(STRINGS ${INCLUDE}/${header} lines REGEX "^([^/]*[^a-z_/])?(try [{]|catch [(]|throw[ ;])")
  if(lines)
    math(EXPR found "${found} + 1")
    file(STRINGS ${INCLUDE}/${header} lines REGEX "^#include <strata/base/needs_exceptions.hpp>|^#if .*__cpp_exceptions")
    if(NOT lines)
      string(APPEND faults "\n  ${header}")
    endif()
  endif()
endforeach()
if(faults OR found LESS 8)
  message(FATAL_ERROR "Headers that catch errors include <strata/base/needs_exceptions.hpp> (${found} catch):${faults}")
endif()
message(STATUS "what needs exceptions is refused without them")
