#include "grader/pipeline/cases.hpp"

#include "grader/base/error.hpp"
#include "grader/base/hash.hpp"

namespace pset3::pipeline {

std::uint64_t seed_of(const judge::Rubric& rubric, const judge::CaseSpec& spec, const Draw& draw) {
  if (!spec.hidden) return spec.seed;
  if (draw.secret.empty()) throw GraderError("hidden case " + spec.id + " without a course secret");
  const std::string digest = hmac(draw.secret, draw.run + "\n" + rubric.part + "\n" + spec.id);
  return std::stoull(digest.substr(0, 16), nullptr, 16);
}

PreparedCase prepare_case(const Course& course, const judge::Rubric& rubric,
                          const judge::CaseSpec& spec, const Draw& draw) {
  PreparedCase prepared;
  prepared.spec = &spec;
  prepared.seed = seed_of(rubric, spec, draw);
  cases::CaseData data = course.generators.at(spec.generator)(spec.params, prepared.seed);
  prepared.box_input = arrays::encode(data.inputs);
  prepared.box_input_hash = hash_of(prepared.box_input);
  prepared.judge_inputs = std::move(data.inputs);
  prepared.judge_inputs.merge(data.truth);
  prepared.outputs = std::move(data.outputs);
  return prepared;
}

}  // namespace pset3::pipeline
