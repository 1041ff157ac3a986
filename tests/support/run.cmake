# run(COMMAND...): runs a command in WORK (made if need be), leaves what it printed in `output`, and stops the script with it
# if the command fails.
function(run)
  file(MAKE_DIRECTORY ${WORK})
  execute_process(COMMAND ${ARGV} WORKING_DIRECTORY ${WORK} RESULT_VARIABLE status OUTPUT_VARIABLE text ERROR_VARIABLE text)
  if(NOT status EQUAL 0)
    list(JOIN ARGV " " command)
    string(REPLACE "STRATA_SKIP" "skipped" text "${text}") # a failure must not look like a skipped test
    message("${command}\n${text}")
    message(FATAL_ERROR "This command failed: ${status}")
  endif()
  set(output "${text}" PARENT_SCOPE)
endfunction()
