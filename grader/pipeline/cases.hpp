#pragma once

#include <optional>
#include <string>

#include "grader/parts/cases.hpp"
#include "grader/pipeline/course.hpp"

namespace pset3::pipeline {

/// Where the seeds of hidden cases come from. Without a secret only public cases can be made.
struct Draw {
  std::string secret;
  std::string run;  ///< a name; the same name and secret draw the same cases again
};

/// A case, ready to run and to be judged.
struct PreparedCase {
  const judge::CaseSpec* spec = nullptr;
  std::uint64_t seed = 0;
  /// The inputs as a safetensors file: all that the box gets to see.
  std::string box_input;
  std::string box_input_hash;
  /// The inputs and the truth: for the judge alone.
  arrays::Arrays judge_inputs;
  arrays::ArraySpecs outputs;  ///< what comes back from the box must look like this
};

/// @returns the seed of a case: its own when public, else the first 8 bytes of
/// HMAC-SHA-256(secret, run, part, case).
std::uint64_t seed_of(const judge::Rubric& rubric, const judge::CaseSpec& spec, const Draw& draw);

PreparedCase prepare_case(const Course& course, const judge::Rubric& rubric,
                          const judge::CaseSpec& spec, const Draw& draw);

}  // namespace pset3::pipeline
