# Precompiles one public header for one compiler, with the flags of driver.cmake: most of a mistake's time would go into reading it.
#   cmake -DCOMPILER=g++ -DFLAGS="-I..|-I.." -DHEADER=strata/layers.hpp -DWORK=FOLDER -P precompile.cmake
cmake_minimum_required(VERSION 3.25)
include(${CMAKE_CURRENT_LIST_DIR}/../support/diagnostics.cmake)
precompiled_header(source precompiled unused ${HEADER} ${WORK})
file(REMOVE ${precompiled})
file(WRITE ${source} "#include <${HEADER}>\n")
compiler_flags(flags)
execute_process(COMMAND ${COMPILER} ${flags} -x c++-header ${source} -o ${precompiled} RESULT_VARIABLE status)
if(NOT status EQUAL 0)
  message(FATAL_ERROR "${COMPILER} could not precompile <${HEADER}>")
endif()
