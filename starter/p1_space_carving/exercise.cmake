# The exercise around the student's functions, with `main`: a program is this and one of the libraries
# that hold carve, form_initial_voxels and get_voxel_bounds.
pset3_library(pset3_p1_exercise STANDARD 17 UNSANITIZED
  SOURCES exercise.cpp exercise_options.cpp exercise_pictures.cpp exercise_reprojection.cpp
          exercise_silhouettes.cpp exercise_steps.cpp exercise_summary.cpp exercise_views.cpp
  LINK_PUBLIC pset3_common pset3_drawing pset3_p1_given
  LINK_PRIVATE CLI11::CLI11 fmt::fmt)
