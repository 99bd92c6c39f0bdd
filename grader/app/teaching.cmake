# The verbs of those who grade and write. `author release student` reads this list too, and leaves these sources,
# the headers beside them and the libraries' folders out: a new verb for TAs or authors has its files here.
set(PSET3_TEACHING_SOURCES author.cpp author_measures.cpp class_exports.cpp class_folder.cpp class_progress.cpp demo.cpp diff.cpp
  grade.cpp grade_class.cpp grade_slurm.cpp gradebook.cpp gradebook_actions.cpp gradescope.cpp rejudge.cpp release.cpp show_class.cpp
  similar.cpp stats.cpp store.cpp teaching.cpp)
set(PSET3_TEACHING_LIBRARIES pset3_author pset3_cluster pset3_gradebook pset3_similarity)
