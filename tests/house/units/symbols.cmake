# Whatever the compiler made for a wider instruction set carries the set in its symbol:
#   cmake -DOBJECT=FILE -DNAME=v0_1_x86_64_v3 -DNM=nm -DOBJDUMP=objdump -P symbols.cmake
cmake_minimum_required(VERSION 3.25)
execute_process(COMMAND ${NM} ${OBJECT} OUTPUT_FILE ${OBJECT}.nm COMMAND_ERROR_IS_FATAL ANY)
execute_process(COMMAND ${OBJDUMP} -d --no-show-raw-insn ${OBJECT}
  COMMAND awk -v name=${NAME} -f ${CMAKE_CURRENT_LIST_DIR}/symbols.awk ${OBJECT}.nm -
  OUTPUT_VARIABLE said COMMAND_ERROR_IS_FATAL ANY)
if(said MATCHES "FAULT" OR NOT said MATCHES "[0-9][0-9][0-9]+ functions, [0-9][0-9]+ with")
  message("${said}")
  message(FATAL_ERROR "${OBJECT}: functions for a wider instruction set that another unit may pick up, or none at all.")
endif()
message(STATUS "${said}")
