# The three OpenCV modules that pset3 uses, as target pset3_opencv. Debian's libopencv-{core,imgproc,
# imgcodecs}-dev come without a CMake package; libopencv-dev, which has one, brings 200 packages more.
if(NOT TARGET pset3_opencv)
  find_path(OPENCV_INCLUDE opencv2/core.hpp PATH_SUFFIXES opencv4 REQUIRED)
  add_library(pset3_opencv INTERFACE)
  target_include_directories(pset3_opencv SYSTEM INTERFACE ${OPENCV_INCLUDE})
  foreach(module imgcodecs imgproc core)
    find_library(OPENCV_${module} opencv_${module} REQUIRED)
    target_link_libraries(pset3_opencv INTERFACE ${OPENCV_${module}})
  endforeach()
endif()
