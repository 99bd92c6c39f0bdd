# What starter/ needs of pset3's own CMakeLists.txt when it is opened alone.
# Without the exercise around the functions and its drawing, which `pset3 run` builds: they need more
# libraries, and nobody edits them.
set(PSET3_STARTER_ALONE ON)

set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
if(NOT CMAKE_BUILD_TYPE)
  set(CMAKE_BUILD_TYPE RelWithDebInfo)
endif()

find_package(Eigen3 3.4 REQUIRED NO_MODULE)
include(common/opencv.cmake)
find_package(nlohmann_json 3.11 REQUIRED)
find_package(LibArchive REQUIRED)
find_package(PkgConfig REQUIRED)
find_package(ZLIB REQUIRED)
pkg_check_modules(matio REQUIRED IMPORTED_TARGET matio)

# Includes are written "starter/common/camera.hpp". A folder of another name gets a link to it.
get_filename_component(folder_name ${CMAKE_CURRENT_SOURCE_DIR} NAME)
if(folder_name STREQUAL "starter")
  get_filename_component(PSET3_INCLUDE_ROOT ${CMAKE_CURRENT_SOURCE_DIR} DIRECTORY)
else()
  set(PSET3_INCLUDE_ROOT ${CMAKE_CURRENT_BINARY_DIR}/include)
  file(MAKE_DIRECTORY ${PSET3_INCLUDE_ROOT})
  file(CREATE_LINK ${CMAKE_CURRENT_SOURCE_DIR} ${PSET3_INCLUDE_ROOT}/starter SYMBOLIC)
endif()

add_library(pset3_warnings INTERFACE)
target_compile_options(pset3_warnings INTERFACE -Wall -Wextra)
add_library(pset3_stub_warnings INTERFACE)
target_compile_options(pset3_stub_warnings INTERFACE -Wno-unused-parameter)

function(pset3_library name)
  cmake_parse_arguments(ARG "UNSANITIZED" "STANDARD" "SOURCES;LINK_PUBLIC;LINK_PRIVATE" ${ARGN})
  add_library(${name} STATIC ${ARG_SOURCES})
  set_target_properties(${name} PROPERTIES CXX_STANDARD ${ARG_STANDARD})
  target_include_directories(${name} PUBLIC ${PSET3_INCLUDE_ROOT})
  target_link_libraries(${name} PUBLIC ${ARG_LINK_PUBLIC} PRIVATE pset3_warnings ${ARG_LINK_PRIVATE})
endfunction()

function(pset3_torch_library name)
  pset3_library(${name} ${ARGN})
  target_link_libraries(${name} PUBLIC pset3_torch)
  get_property(first GLOBAL PROPERTY PSET3_TORCH_HEADER)
  if(first)
    target_precompile_headers(${name} REUSE_FROM ${first})
  else()
    target_precompile_headers(${name} PRIVATE <torch/torch.h>)
    set_property(GLOBAL PROPERTY PSET3_TORCH_HEADER ${name})
  endif()
endfunction()
