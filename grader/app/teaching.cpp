#include "grader/app/context.hpp"

namespace pset3::app {

void add_teaching_verbs(CLI::App& app, Context& context, Action& chosen) {
  add_grade(app, context, chosen);
  add_gradescope(app, context, chosen);
  add_author(app, context, chosen);
  add_demo(app, context, chosen);
}

}  // namespace pset3::app
