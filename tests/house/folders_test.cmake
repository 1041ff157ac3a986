# Tests folders.cmake itself, on small trees:  cmake -DWORK=FOLDER -P folders_test.cmake
cmake_minimum_required(VERSION 3.25)

# says(WORDS): the script fails with these words; with none it passes.
function(says words)
  execute_process(COMMAND ${CMAKE_COMMAND} -DROOT=${WORK} -P ${CMAKE_CURRENT_LIST_DIR}/folders.cmake
    RESULT_VARIABLE status OUTPUT_VARIABLE text ERROR_VARIABLE text)
  string(FIND "${text}" "${words}" at)
  if(words STREQUAL "" AND NOT status EQUAL 0 OR NOT words STREQUAL "" AND status EQUAL 0 OR at EQUAL -1)
    message(FATAL_ERROR "folders.cmake does not say `${words}` but\n${text}")
  endif()
endfunction()
# files(FOLDER COUNT): so many files in it.
function(files folder count)
  foreach(i RANGE 1 ${count})
    file(WRITE ${WORK}/${folder}/file_${i}.hpp "")
  endforeach()
endfunction()

file(REMOVE_RECURSE ${WORK})
says("There are no files in")
files(include/strata/data 20)
says("")
files(include/strata/data/csv 20) # a folder in it counts for itself
says("")
files(include/strata/data/csv 21)
says("include/strata/data/csv has 21")
file(REMOVE_RECURSE ${WORK}/include/strata/data/csv)
says("")
foreach(folder IN ITEMS cuda/strata tests/pytorch/conv examples bench/support docs)
  files(${folder} 25)
  says("  ${folder} has 25")
  file(REMOVE_RECURSE ${WORK}/${folder})
endforeach()
files(bench/__pycache__ 25) # what programs leave there is nobody's
says("")
files(tools 25)
says("")
message(STATUS "folders.cmake finds what it is there for")
