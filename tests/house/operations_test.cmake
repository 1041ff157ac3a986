# operations.cmake finds what it is there for:  cmake -DROOT=FOLDER -DWORK=FOLDER -P operations_test.cmake
cmake_minimum_required(VERSION 3.25)

# refuses(PATH OLD NEW WORDS): with a text of a file replaced, the script fails and says the words.
function(refuses path old new words)
  file(REMOVE_RECURSE ${WORK})
  file(COPY ${ROOT}/include/strata/plan ${ROOT}/include/strata/operations DESTINATION ${WORK})
  file(COPY ${ROOT}/tests/support/operation_list.hpp DESTINATION ${WORK})
  file(READ ${WORK}/${path} text)
  string(FIND "${text}" "${old}" at)
  if(at EQUAL -1)
    message(FATAL_ERROR "${path} does not hold `${old}`")
  endif()
  string(REPLACE "${old}" "${new}" text "${text}")
  file(WRITE ${WORK}/${path} "${text}")
  execute_process(COMMAND ${CMAKE_COMMAND} -DINCLUDE=${WORK} -DLIST=${WORK}/operation_list.hpp
    -P ${ROOT}/tests/house/operations.cmake RESULT_VARIABLE status OUTPUT_VARIABLE output ERROR_VARIABLE output)
  string(FIND "${output}" "${words}" at)
  if(status EQUAL 0 OR at EQUAL -1)
    message(FATAL_ERROR "With `${new}` in ${path}, operations.cmake does not say `${words}` but\n${output}")
  endif()
endfunction()

refuses(plan/passes/fuse.hpp "facts.is_function" "kind == operations::elementwise::kind" "fuse.hpp names elementwise")
refuses(plan/passes/plan_memory.hpp "facts.keeps_batch_whole" "kind == op_named(\"affine\")" "plan_memory.hpp names op_named(\"affine\"")
refuses(plan/passes/lay_out.hpp "plan/operations/reshape.hpp" "operations/product/conv.hpp" "lay_out.hpp names strata/operations/product/conv")
refuses(operation_list.hpp "operations::slice," "" "slice of concat.hpp is not in")
message(STATUS "operations.cmake finds what it is there for")
