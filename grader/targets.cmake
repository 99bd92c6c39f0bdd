# How pset3's own targets are built: one compiler for all, precompiled headers for what is slow to parse,
# several files a translation unit, mold as linker.

# The names of clang++ in the order in which they are looked for, as PSET3_CLANG_NAMES. The versions stand in
# ./pset3, which installs one of them.
file(STRINGS ${CMAKE_CURRENT_LIST_DIR}/../pset3 versions REGEX "^clang_versions=")
string(REGEX MATCHALL "[0-9]+" PSET3_CLANG_NAMES "${versions}")
list(TRANSFORM PSET3_CLANG_NAMES PREPEND clang++-)
list(APPEND PSET3_CLANG_NAMES clang++)

# Finds a clang++ that the grader compiles submissions with too. Before project().
macro(pset3_find_compiler)
  if(NOT CMAKE_CXX_COMPILER)
    find_program(CMAKE_CXX_COMPILER NAMES ${PSET3_CLANG_NAMES}
      DOC "The compiler of pset3 itself and of submissions")
  endif()
endmacro()

# With a precompiled header ccache has to be told that times do not matter, and clang not to write one into it.
function(pset3_use_ccache)
  find_program(CCACHE ccache)
  if(CCACHE)
    set(CMAKE_CXX_COMPILER_LAUNCHER ${CMAKE_COMMAND} -E env
      CCACHE_SLOPPINESS=pch_defines,time_macros,include_file_mtime,include_file_ctime ${CCACHE} PARENT_SCOPE)
    add_compile_options(SHELL:-Xclang SHELL:-fno-pch-timestamp)
  endif()
endfunction()

# A precompiled header for all targets that ask for it under one name. Its flags must be theirs.
# pset3_share_headers(TARGET NAME STANDARD 20 HEADERS <a> <b> LINK what the headers need)
function(pset3_share_headers target name)
  cmake_parse_arguments(ARG "" "STANDARD" "HEADERS;LINK" ${ARGN})
  set(holder pset3_headers_${name})
  if(NOT TARGET ${holder})
    file(CONFIGURE OUTPUT ${CMAKE_BINARY_DIR}/headers/${name}.cpp CONTENT "// Holds a precompiled header.\n")
    add_library(${holder} OBJECT EXCLUDE_FROM_ALL ${CMAKE_BINARY_DIR}/headers/${name}.cpp)
    set_target_properties(${holder} PROPERTIES CXX_STANDARD ${ARG_STANDARD} UNITY_BUILD OFF)
    target_link_libraries(${holder} PRIVATE ${ARG_LINK})
    target_precompile_headers(${holder} PRIVATE ${ARG_HEADERS})
  endif()
  target_precompile_headers(${target} REUSE_FROM ${holder})
endfunction()

# pset3_library(NAME STANDARD 20 SOURCES a.cpp b.cpp LINK_PUBLIC x LINK_PRIVATE y)
# One static library per folder; includes are written from the repository's root: "grader/box/box.hpp".
# UNSANITIZED: it goes into the box, is collected in one folder, where build/toolkit.cpp finds it by name.
function(pset3_library name)
  cmake_parse_arguments(ARG "UNSANITIZED" "STANDARD" "SOURCES;LINK_PUBLIC;LINK_PRIVATE" ${ARGN})
  add_library(${name} STATIC ${ARG_SOURCES})
  target_compile_features(${name} PUBLIC cxx_std_${ARG_STANDARD})
  set_target_properties(${name} PROPERTIES CXX_STANDARD ${ARG_STANDARD})
  target_include_directories(${name} PUBLIC ${PROJECT_SOURCE_DIR})
  target_link_libraries(${name} PUBLIC ${ARG_LINK_PUBLIC} PRIVATE pset3_warnings ${ARG_LINK_PRIVATE})
  if(ARG_UNSANITIZED)
    set_target_properties(${name} PROPERTIES ARCHIVE_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/toolkit)
    target_compile_options(${name} PRIVATE -O2 -g0)
  else()
    target_link_libraries(${name} PUBLIC pset3_sanitize)
  endif()
  if(ARG_STANDARD EQUAL 20)
    pset3_share_headers(${name} grader STANDARD 20 LINK nlohmann_json::nlohmann_json fmt::fmt pset3_sanitize
      HEADERS <nlohmann/json.hpp> <fmt/format.h> <algorithm> <array> <chrono> <filesystem> <functional>
        <map> <memory> <optional> <set> <string> <vector>)
  endif()
endfunction()

# The same arguments, for code with LibTorch, whose headers take half a minute to parse.
function(pset3_torch_library name)
  pset3_library(${name} ${ARGN})
  target_link_libraries(${name} PUBLIC pset3_torch)
  pset3_share_headers(${name} torch STANDARD 17 LINK pset3_torch HEADERS <torch/torch.h>)
endfunction()
