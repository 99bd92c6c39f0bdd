# The exercise around the student's functions. pset3_p0_exercise holds `main`: a program is that and
# one of the libraries with the functions of neural_nets.hpp.
pset3_library(pset3_p0_exercise_steps STANDARD 17 UNSANITIZED
  SOURCES exercise_data.cpp exercise_options.cpp exercise_pictures.cpp exercise_summary.cpp
          exercise_training.cpp exercise_worked_example.cpp
  LINK_PUBLIC pset3_common pset3_drawing pset3_p0_given
  LINK_PRIVATE CLI11::CLI11 fmt::fmt)
pset3_library(pset3_p0_exercise STANDARD 17 UNSANITIZED
  SOURCES exercise.cpp
  LINK_PUBLIC pset3_p0_exercise_steps
  LINK_PRIVATE fmt::fmt)
