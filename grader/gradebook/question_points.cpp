#include "grader/gradebook/question_points.hpp"

#include <algorithm>

#include "grader/judge/rubric.hpp"
#include "grader/report/sanitise.hpp"

namespace pset3::gradebook {

std::vector<Question> questions_of(const std::vector<Item>& items) {
  std::vector<Question> questions;
  for (const Item& item : items) {
    const std::string id = judge::question_of(item.id);
    auto place = std::find_if(questions.begin(), questions.end(),
                              [&](const Question& question) { return question.id == id; });
    if (place == questions.end()) place = questions.insert(place, {id, item.part, 0.0});
    if (!item.is_extra) place->max_points += item.max_points;
  }
  return questions;
}

double points_for(const Question& question, const Grade& grade) {
  double points = 0.0;
  for (const ItemGrade& given : grade.items) {
    if (judge::question_of(given.item->id) == question.id) points += given.points;
  }
  return report::total(points);
}

}  // namespace pset3::gradebook
