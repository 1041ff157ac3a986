# Makes a file of weights, a header of it, and the program of docs/embedding.md; runs that:
#   cmake -DWORK=FOLDER -DMAKE_WEIGHTS=PROGRAM -DEMBED=PROGRAM -DCOMPILER=g++ [-DEMULATOR=qemu-..] -DOPTIONS=.. -DFLAGS=.. -P ..
cmake_minimum_required(VERSION 3.25)
include(${CMAKE_CURRENT_LIST_DIR}/../support/run.cmake)

file(REMOVE_RECURSE ${WORK})
run(${MAKE_WEIGHTS} made.safetensors)
set(expected "${output}")
file(RENAME ${WORK}/made.safetensors ${WORK}/net.safetensors)
execute_process(COMMAND ${EMBED} net.safetensors WORKING_DIRECTORY ${WORK} OUTPUT_FILE weights.hpp COMMAND_ERROR_IS_FATAL ANY)
file(READ ${WORK}/weights.hpp output)
file(SIZE ${WORK}/net.safetensors size)
if(NOT output MATCHES "alignas\\(64\\) inline constexpr unsigned char net_weights_and_zero.${size} \\+ 1. =\n"
   OR NOT output MATCHES "0.mean  F32 .4.")
  message(FATAL_ERROR "The header does not begin as it should:\n${output}")
endif()

string(REPLACE "|" ";" flags "${FLAGS}")
string(REPLACE "|" ";" options "${OPTIONS}")
set(compile ${COMPILER} -std=c++20 -O2 -Wall -Wextra -Wpedantic -Werror -fno-exceptions -fno-rtti ${options} ${flags}
  -I${WORK} ${CMAKE_CURRENT_LIST_DIR}/device.cpp)
run(${compile} -o device)
run(${EMULATOR} ./device)
if(NOT output STREQUAL expected)
  message(FATAL_ERROR "The device computes ${output}, and this machine ${expected}")
endif()
set(found "${output}")

run(${EMBED} net.safetensors --name whole)
if(NOT output MATCHES "std::span<const unsigned char, ${size}> whole.whole_and_zero, ${size}.;")
  message(FATAL_ERROR "--name is not followed:\n${output}")
endif()
execute_process(COMMAND ${EMBED} ${WORK}/weights.hpp RESULT_VARIABLE status OUTPUT_VARIABLE output ERROR_VARIABLE wrong)
if(NOT status EQUAL 1 OR output OR NOT wrong MATCHES "strata: .*weights.hpp.*not a safetensors file")
  message(FATAL_ERROR "A file that is none was embedded (${status}):\n${output}${wrong}")
endif()
execute_process(COMMAND ${EMBED} ${WORK}/net.safetensors --name "not a name" RESULT_VARIABLE status OUTPUT_VARIABLE output
  ERROR_VARIABLE wrong)
if(NOT status EQUAL 1 OR output OR NOT wrong MATCHES "no name of a variable")
  message(FATAL_ERROR "A name that is none was taken (${status}):\n${output}${wrong}")
endif()
string(STRIP "${found}" found)
message(STATUS "compiled by ${COMPILER}, run ${EMULATOR}: ${found}")
