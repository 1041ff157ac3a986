# Compiles one source and demands that the compiler has nothing to say:
#   cmake -DCOMPILER=g++ -DFLAGS="-I..|-I.." -DSOURCE=FILE -P compiles.cmake
cmake_minimum_required(VERSION 3.25)
include(${CMAKE_CURRENT_LIST_DIR}/../../support/diagnostics.cmake)
run_compiler(output status ${SOURCE})
if(NOT status EQUAL 0 OR NOT output STREQUAL "")
  message("${output}")
  message(FATAL_ERROR "${COMPILER} has something to say to ${SOURCE}.")
endif()
