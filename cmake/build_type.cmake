# Says once that a project that uses strata is compiled without optimisation because it has no build type. Included by strata
# as a part of that project, and by its package.   set(STRATA_BUILD_TYPE_WARNING OFF) silences it.
get_property(strata_said GLOBAL PROPERTY STRATA_BUILD_TYPE_SAID)
get_property(strata_many_types GLOBAL PROPERTY GENERATOR_IS_MULTI_CONFIG)
get_directory_property(strata_options COMPILE_OPTIONS)
if(NOT DEFINED STRATA_BUILD_TYPE_WARNING)
  set(STRATA_BUILD_TYPE_WARNING ON)
endif()
if(STRATA_BUILD_TYPE_WARNING AND NOT strata_said AND NOT strata_many_types AND NOT CMAKE_BUILD_TYPE
   AND NOT "${CMAKE_CXX_FLAGS};${strata_options}" MATCHES "(^|[ ;])-O")
  set_property(GLOBAL PROPERTY STRATA_BUILD_TYPE_SAID ON)
  message(WARNING "strata: CMAKE_BUILD_TYPE is empty, so this project is compiled without optimisation, and a network is "
    "hundreds of times slower than it could be. Configure with -DCMAKE_BUILD_TYPE=Release, or "
    "set(STRATA_BUILD_TYPE_WARNING OFF) if the flags come from elsewhere.")
endif()
