#pragma once

#include <string>
#include <vector>

#include "grader/gradebook/record.hpp"

namespace pset3::gradebook {

/// A question of the problem set with all of its items: "p1.b".
struct Question {
  std::string id;
  std::string part;
  double max_points = 0.0;
};

/// In the order of the items.
std::vector<Question> questions_of(const std::vector<Item>& items);

/// @returns what a student has got for a question, before what being late costs.
double points_for(const Question& question, const Grade& grade);

}  // namespace pset3::gradebook
