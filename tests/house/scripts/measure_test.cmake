# Tests how bench/compile_time/measure.py ends, with compilers that only pretend:
#   cmake -DROOT=FOLDER -DPYTHON=python3 -DWORK=FOLDER -P measure_test.cmake
cmake_minimum_required(VERSION 3.25)
# The program itself, which python3 may only be a script to find: it shall find no other compilers.
execute_process(COMMAND ${PYTHON} -c "import sys; print(sys.executable)" OUTPUT_VARIABLE PYTHON OUTPUT_STRIP_TRAILING_WHITESPACE)

# try(CODE SAID NAME=STATUS...): the compilers there are, and what they end with.
function(try code said)
  file(REMOVE_RECURSE ${WORK})
  foreach(compiler IN LISTS ARGN)
    string(REPLACE "=" ";" parts ${compiler})
    list(GET parts 0 name)
    list(GET parts 1 status)
    # The object file is the last argument; a word of the shell's own, because there is no other program on this path.
    file(WRITE ${WORK}/${name} "#!/bin/sh\nif [ $1 = --version ]; then echo pretended; exit 0; fi\n"
      "for last; do :; done\necho object >$last\nexit ${status}\n")
    file(CHMOD ${WORK}/${name} PERMISSIONS OWNER_READ OWNER_WRITE OWNER_EXECUTE)
  endforeach()
  execute_process(COMMAND ${CMAKE_COMMAND} -E env PATH=${WORK} ${PYTHON} ${ROOT}/bench/compile_time/measure.py --runs 1
    --json ${WORK}/times.json lenet5 RESULT_VARIABLE status OUTPUT_VARIABLE text ERROR_VARIABLE text)
  string(FIND "${text}" "${said}" position)
  if(NOT status EQUAL code OR position EQUAL -1)
    message(FATAL_ERROR "with `${ARGN}` expected ${code} and `${said}`, but it ended with ${status}:\n${text}")
  endif()
endfunction()

try(0 "every bar held\n" g++=0 clang++-19=0)
try(77 "STRATA_SKIP: 1 of 2 cases could not be measured; every other bar held" g++=0)
try(1 "MISSED: lenet5 does not compile with clang++-19" g++=0 clang++-19=1)
try(1 "MISSED: lenet5 does not compile with g++" g++=1)
try(77 "STRATA_SKIP: nothing to measure")
