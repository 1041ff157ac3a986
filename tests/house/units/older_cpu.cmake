# A program with units for two instruction sets, on a CPU that lacks the wider one:
#   cmake -DQEMU=qemu-x86_64 -DPROGRAM=FILE -DALONE=FILE -P older_cpu.cmake
# PROGRAM calls its unit for plain x86-64, and gives what ALONE, which holds that unit alone, gives here.
cmake_minimum_required(VERSION 3.25)
execute_process(COMMAND ${ALONE} OUTPUT_VARIABLE expected COMMAND_ERROR_IS_FATAL ANY)
execute_process(COMMAND ${QEMU} -cpu Nehalem ${PROGRAM} OUTPUT_VARIABLE said ERROR_VARIABLE complaint RESULT_VARIABLE status)
if(NOT status EQUAL 0)
  message(FATAL_ERROR "On a CPU without AVX the program ended with ${status}: ${complaint}")
endif()
if(NOT said STREQUAL expected OR NOT said MATCHES "result ")
  message(FATAL_ERROR "On a CPU without AVX the program gave other numbers:\n${said}")
endif()
message(STATUS "code for a wider instruction set in the program is not run on a CPU without it")
