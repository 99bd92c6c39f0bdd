# The exercise around the student's functions. pset3_p4_exercise holds `main`: a program is that and
# one of the libraries with the functions of the contract headers.
pset3_torch_library(pset3_p4_exercise_steps STANDARD 17 UNSANITIZED
  SOURCES exercise_fit.cpp exercise_options.cpp exercise_pair_files.cpp exercise_pairs.cpp
          exercise_pictures.cpp exercise_summary.cpp exercise_tensors.cpp exercise_training.cpp
          exercise_training_pairs.cpp exercise_views.cpp
  LINK_PUBLIC pset3_common pset3_drawing pset3_p4_given pset3_training
  LINK_PRIVATE CLI11::CLI11 fmt::fmt)
pset3_torch_library(pset3_p4_exercise STANDARD 17 UNSANITIZED
  SOURCES exercise.cpp
  LINK_PUBLIC pset3_p4_exercise_steps)
set_source_files_properties(exercise_options.cpp exercise_pair_files.cpp exercise_pairs.cpp
  exercise_pictures.cpp exercise_summary.cpp
  PROPERTIES SKIP_PRECOMPILE_HEADERS ON)  # without LibTorch
