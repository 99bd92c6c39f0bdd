#pragma once

#include <string>
#include <vector>

#include "grader/app/context.hpp"

namespace pset3::app {

struct SlurmOptions {
  std::vector<std::string> command;  ///< the same grading on one machine: program, "grade", …
  std::size_t at_once = 0;           ///< submissions in one task; 0 = decide here
  std::vector<std::string> sbatch;   ///< more options for sbatch
};

/// Grades a class by jobs of a Slurm cluster and follows them until the reports are written. Called
/// again while they are in the queue, it follows these.
/// @returns the exit status that grading on one machine has.
/// @throws InputError when Slurm is not there or takes no job; Interrupted when Ctrl-C has come:
/// the jobs go on.
int grade_on_slurm(const pipeline::Course& course, const GradeRequest& request,
                   const std::vector<intake::HandIn>& hand_ins, const SlurmOptions& options);

}  // namespace pset3::app
