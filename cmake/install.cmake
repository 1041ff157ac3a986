# Installs the headers and the package that `find_package(strata)` reads.
include(GNUInstallDirs)
include(CMakePackageConfigHelpers)
set(strata_package_dir ${CMAKE_INSTALL_LIBDIR}/cmake/strata)

install(TARGETS strata EXPORT strata COMPONENT strata FILE_SET HEADERS COMPONENT strata)
install(EXPORT strata NAMESPACE strata:: FILE strataTargets.cmake DESTINATION ${strata_package_dir} COMPONENT strata)
if(STRATA_CUDA)
  install(TARGETS strata_cuda EXPORT strata_cuda COMPONENT strata FILE_SET HEADERS COMPONENT strata)
  install(EXPORT strata_cuda NAMESPACE strata:: FILE strataCudaTargets.cmake DESTINATION ${strata_package_dir} COMPONENT strata)
endif()
configure_package_config_file(${CMAKE_CURRENT_LIST_DIR}/strataConfig.cmake.in strataConfig.cmake
  INSTALL_DESTINATION ${strata_package_dir} NO_SET_AND_CHECK_MACRO)
write_basic_package_version_file(strataConfigVersion.cmake COMPATIBILITY SameMinorVersion ARCH_INDEPENDENT)
install(FILES ${CMAKE_CURRENT_BINARY_DIR}/strataConfig.cmake ${CMAKE_CURRENT_BINARY_DIR}/strataConfigVersion.cmake
  ${CMAKE_CURRENT_LIST_DIR}/build_type.cmake ${CMAKE_CURRENT_LIST_DIR}/images.cmake
  DESTINATION ${strata_package_dir} COMPONENT strata)
