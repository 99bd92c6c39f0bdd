# What draws: meshes, pictures, charts and progress. It knows nothing of cameras or of any part.
pset3_library(pset3_drawing STANDARD 17 UNSANITIZED
  SOURCES colour_map.cpp cube_table.cpp epoch_chart.cpp gnuplot.cpp marching_cubes.cpp mesh.cpp occupancy.cpp picture.cpp plot.cpp
          ply.cpp progress.cpp rendering.cpp scene.cpp text.cpp view.cpp
  LINK_PUBLIC Eigen3::Eigen pset3_opencv
  LINK_PRIVATE embree fmt::fmt PkgConfig::freetype2 Threads::Threads)
