# The compilers that the scripted tests run beside the one that builds: g++, clang++-14 and clang++-19. Sets
# strata_compilers to their names, and compiler_<name> to a path, or to a false value where one is not installed.
set(strata_compilers g++ clang++-14 clang++-19)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  set(compiler_g++ ${CMAKE_CXX_COMPILER} CACHE FILEPATH "g++ of the scripted tests")
endif()
foreach(name IN LISTS strata_compilers)
  find_program(compiler_${name} ${name})
endforeach()

# What these compilers need beside -Iinclude: the folders of dependencies that are not the compiler's own.
set(strata_include_flags -I${PROJECT_SOURCE_DIR}/include)
foreach(target IN ITEMS strata_hana strata_xsimd strata_xtensor strata_xtl Boost::headers xsimd xtensor xtl ZLIB::ZLIB strata_zlib)
  if(TARGET ${target})
    get_target_property(folders ${target} INTERFACE_INCLUDE_DIRECTORIES)
    foreach(folder IN LISTS folders)
      if(folder AND NOT folder IN_LIST CMAKE_CXX_IMPLICIT_INCLUDE_DIRECTORIES)
        list(APPEND strata_include_flags -isystem${folder})
      endif()
    endforeach()
  endif()
endforeach()
list(REMOVE_DUPLICATES strata_include_flags)
list(JOIN strata_include_flags "|" strata_include_flags) # one argument of a script; see diagnostics.cmake
