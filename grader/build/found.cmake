# What submissions are compiled and linked with: found here, and compiled into library_set.cpp.
if(CMAKE_CXX_COMPILER_ID STREQUAL "Clang")
  set(PSET3_CLANG "${CMAKE_CXX_COMPILER}" CACHE INTERNAL "what compiles submissions")
else()
  find_program(PSET3_CLANG REQUIRED NAMES ${PSET3_CLANG_NAMES})
endif()
get_target_property(eigen_include Eigen3::Eigen INTERFACE_INCLUDE_DIRECTORIES)
list(GET eigen_include 0 eigen_include)

# Properties of the one file, so that the others keep their precompiled header.
set_property(SOURCE library_set.cpp APPEND PROPERTY COMPILE_DEFINITIONS
  PSET3_CLANG="${PSET3_CLANG}"
  PSET3_EIGEN_INCLUDE="${eigen_include}"
  PSET3_OPENCV_INCLUDE="${OPENCV_INCLUDE}"
  PSET3_TORCH_INCLUDE="${TORCH_INCLUDE}"
  PSET3_EMBREE_LIBRARY="-lembree${EMBREE_VERSION_MAJOR}")
