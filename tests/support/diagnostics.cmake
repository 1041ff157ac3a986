# For the scripts that run a compiler and read what it says.

# compiler_flags(VARIABLE): C++20, every warning and FLAGS (joined by "|"). Echoed source is switched off, so that what is read is
# the compiler's own words.
function(compiler_flags variable)
  string(REPLACE "|" ";" flags "${FLAGS}")
  get_filename_component(name ${COMPILER} NAME)
  if(name MATCHES "clang")
    list(APPEND flags -fno-caret-diagnostics -fno-color-diagnostics -ferror-limit=0)
  else()
    list(APPEND flags -fno-diagnostics-show-caret -fdiagnostics-color=never -fmax-errors=0)
  endif()
  set(${variable} -std=c++20 -fmessage-length=0 -Wall -Wextra ${flags} PARENT_SCOPE)
endfunction()

# run_compiler(OUTPUT STATUS ARGUMENT...): only checks the syntax and instantiates, with COMPILER.
function(run_compiler output status)
  compiler_flags(flags)
  set(ENV{LC_ALL} C)
  execute_process(COMMAND ${COMPILER} -fsyntax-only ${flags} ${ARGN}
    RESULT_VARIABLE result OUTPUT_VARIABLE text ERROR_VARIABLE text ENCODING NONE)
  set(${output} "${text}" PARENT_SCOPE)
  set(${status} "${result}" PARENT_SCOPE)
endfunction()

# precompiled_header(SOURCE PRECOMPILED ARGUMENTS HEADER FOLDER): the two files in FOLDER that a public header is precompiled by,
# and what makes COMPILER begin with it.
function(precompiled_header source precompiled arguments header folder)
  get_filename_component(stem ${header} NAME)
  set(${source} ${folder}/${stem} PARENT_SCOPE)
  get_filename_component(name ${COMPILER} NAME)
  if(name MATCHES "clang")
    set(${precompiled} ${folder}/${stem}.pch PARENT_SCOPE)
    set(${arguments} -include-pch ${folder}/${stem}.pch PARENT_SCOPE)
  else()
    set(${precompiled} ${folder}/${stem}.gch PARENT_SCOPE)
    set(${arguments} -Winvalid-pch -include ${folder}/${stem} PARENT_SCOPE)
  endif()
endfunction()

# CMake's lists give ; [ ] a meaning of their own: guard() replaces them by control characters, unguard() puts them back.
string(ASCII 1 semicolon)
string(ASCII 2 opening)
string(ASCII 3 closing)
function(guard variable)
  string(REPLACE ";" "${semicolon}" text "${${variable}}")
  string(REPLACE "[" "${opening}" text "${text}")
  string(REPLACE "]" "${closing}" text "${text}")
  set(${variable} "${text}" PARENT_SCOPE)
endfunction()
function(unguard variable)
  string(REPLACE "${semicolon}" ";" text "${${variable}}")
  string(REPLACE "${opening}" "[" text "${text}")
  string(REPLACE "${closing}" "]" text "${text}")
  set(${variable} "${text}" PARENT_SCOPE)
endfunction()

# find_errors(OUTPUT FIRST COUNT): how many errors a compiler's output holds, and the text of the first one, from "error:"
# to the end of its line.
function(find_errors output first count)
  guard(output)
  string(REGEX REPLACE "\r?\n" ";" lines "${output}")
  list(FILTER lines INCLUDE REGEX "^[^ ].*: (fatal |internal compiler )?error: |^(fatal )?error: ")
  list(LENGTH lines found)
  set(text "")
  if(lines)
    list(GET lines 0 line)
    string(REGEX MATCH "(fatal |internal compiler )?error: .*" text "${line}")
    unguard(text)
  endif()
  set(${first} "${text}" PARENT_SCOPE)
  set(${count} ${found} PARENT_SCOPE)
endfunction()

# join_pieces(VARIABLE): clang prints a long string as fixed_string<31>{"..."}, fixed_string<33>{"..."}: one sentence again.
# Where the network has a name as long as a piece, it prints the length as `static_cast<int>(6UL) - 1`.
function(join_pieces variable)
  set(text "${${variable}}")
  guard(text)
  string(REGEX REPLACE "\"}, (strata::)?(v[0-9_]+::)?fixed_string<([0-9]+|static_cast<int>.[0-9]+UL. - 1)>{\"" "" text "${text}")
  string(REGEX REPLACE "\\\\([\"'])" "\\1" text "${text}") # \" and \'
  unguard(text)
  set(${variable} "${text}" PARENT_SCOPE)
endfunction()
