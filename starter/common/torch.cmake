# LibTorch as target pset3_torch, for parts that use it. Its headers take half a minute to compile:
# pset3_torch_library() gives all of a build's libraries with LibTorch one precompiled header.
if(NOT TARGET pset3_torch)
  find_path(TORCH_INCLUDE torch/torch.h PATH_SUFFIXES torch/csrc/api/include REQUIRED)
  add_library(pset3_torch INTERFACE)
  target_include_directories(pset3_torch SYSTEM INTERFACE ${TORCH_INCLUDE})
  foreach(library torch torch_cpu c10)
    find_library(TORCH_${library} ${library} REQUIRED)
    target_link_libraries(pset3_torch INTERFACE ${TORCH_${library}})
  endforeach()
endif()

# The same arguments as pset3_library().
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
