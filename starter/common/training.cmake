# What exercises that train networks have in common: their options and checkpoints. Without fmt, whose
# definitions must not get into the header that is precompiled for all libraries with LibTorch.
include(${CMAKE_CURRENT_LIST_DIR}/torch.cmake)
pset3_torch_library(pset3_training STANDARD 17 UNSANITIZED
  SOURCES checkpoint.cpp resumable_training.cpp training_options.cpp
  LINK_PUBLIC pset3_common
  LINK_PRIVATE CLI11::CLI11 ZLIB::ZLIB)
