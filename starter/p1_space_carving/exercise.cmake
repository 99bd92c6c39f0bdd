# The exercise around the student's functions. pset3_p1_exercise holds `main`: a program is that and
# one of the libraries with carve, form_initial_voxels and get_voxel_bounds.
pset3_library(pset3_p1_exercise_steps STANDARD 17 UNSANITIZED
  SOURCES exercise_options.cpp exercise_pictures.cpp exercise_reprojection.cpp
          exercise_silhouettes.cpp exercise_steps.cpp exercise_summary.cpp exercise_views.cpp
  LINK_PUBLIC pset3_common pset3_drawing pset3_p1_given
  LINK_PRIVATE CLI11::CLI11 fmt::fmt)
pset3_library(pset3_p1_exercise STANDARD 17 UNSANITIZED
  SOURCES exercise.cpp
  LINK_PUBLIC pset3_p1_exercise_steps
  LINK_PRIVATE fmt::fmt)
