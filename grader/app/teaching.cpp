#include "grader/app/context.hpp"

namespace pset3::app {

void add_teaching_verbs(CLI::App& app, Context& context, Action& chosen) {
  add_grade(app, context, chosen);
  add_rejudge(app, context, chosen);
  add_diff(app, context, chosen);
  add_store(app, context, chosen);
  add_gradescope(app, context, chosen);
  add_gradebook(app, chosen);
  add_class_exports(app, chosen);
  add_similar(app, context, chosen);
  add_stats(app, chosen);
  add_author(app, context, chosen);
  add_demo(app, context, chosen);
}

}  // namespace pset3::app
