# Compiles the project in program/ for an instruction set and runs it:
#   cmake -DWORK=FOLDER -DCOMPILER=g++ -DOPTIONS="-march=.. .." -DFLAGS="-I..|-I.." [-DEMULATOR=qemu-..] -P build_and_run.cmake
# Only built, and skipped, where the CPU lacks the instructions.
cmake_minimum_required(VERSION 3.25)
include(${CMAKE_CURRENT_LIST_DIR}/../support/run.cmake)

file(REMOVE_RECURSE ${WORK})
string(REPLACE "|" " " flags "${FLAGS}")
run(${CMAKE_COMMAND} -G Ninja -S ${CMAKE_CURRENT_LIST_DIR}/program -B ${WORK} -DCMAKE_BUILD_TYPE=Release
  -DCMAKE_CXX_COMPILER=${COMPILER} -DCMAKE_SYSTEM_NAME=Linux "-DCMAKE_CXX_FLAGS=${OPTIONS} ${flags}" -DCMAKE_CXX_FLAGS_RELEASE=-O1)
run(${CMAKE_COMMAND} --build ${WORK} --parallel 2)

execute_process(COMMAND ${EMULATOR} ${WORK}/supported RESULT_VARIABLE status OUTPUT_VARIABLE output ERROR_VARIABLE output)
if(status EQUAL 1 AND output MATCHES "which this CPU does not support")
  message(STATUS "STRATA_SKIP: compiled, but not run: ${output}")
  return()
endif()
run(${EMULATOR} ${WORK}/supported)
set(compiled_for "${output}")
run(${EMULATOR} ${WORK}/test_cpu "~[long]~[data]")
string(REGEX MATCH "All tests passed[^\n]*" passed "${output}")
message(STATUS "${compiled_for}: ${passed}")
