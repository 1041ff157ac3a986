# Runs an example; it must exit with 0 and print what is expected. It is skipped where data or a device are missing.
#   cmake -DPROGRAM=FILE -DARGUMENTS="--epochs 1" -DEXPECTED=REGEX -P test.cmake
cmake_minimum_required(VERSION 3.25)
separate_arguments(ARGUMENTS UNIX_COMMAND "${ARGUMENTS}")
execute_process(COMMAND ${PROGRAM} ${ARGUMENTS} RESULT_VARIABLE status OUTPUT_VARIABLE output ERROR_VARIABLE errors
  ECHO_OUTPUT_VARIABLE ECHO_ERROR_VARIABLE)
if(errors MATCHES "no NVIDIA GPU can be used here")
  message(STATUS "STRATA_SKIP: there is no GPU here")
elseif(status EQUAL 1 AND output MATCHES "data: drawn" AND output MATCHES "DOES NOT HOLD")
  message(STATUS "STRATA_SKIP: the data set is not here, and a claim about it does not hold for drawn digits")
elseif(NOT status EQUAL 0)
  message(FATAL_ERROR "${PROGRAM} ended with ${status}.")
elseif(output MATCHES "data: drawn" AND EXPECTED)
  message(STATUS "STRATA_SKIP: the data set is not here, and drawn digits stood in")
elseif(NOT output MATCHES "${EXPECTED}")
  message(FATAL_ERROR "${PROGRAM} did not print what it should: ${EXPECTED}")
endif()
