#pragma once

#include <exception>
#include <iostream>
#include <string>
#include <vector>

#include "starter/common/exercise/open_question.hpp"

/// What the `main` of every exercise does alike.
namespace pset3 {

/// Exit statuses.
inline constexpr int kDone = 0;
inline constexpr int kQuestionsOpen = 1;
inline constexpr int kWrongInput = 2;

/// Runs one step of an exercise. If it throws Unanswered, its question stays open and the exercise
/// goes on: later steps may not need this one.
/// @param question  the step's question, for an Unanswered that does not name one.
template <typename Action>
void try_step(const std::string& question, const Action& action,
              std::vector<OpenQuestion>& open_questions) {
  try {
    action();
  } catch (const Unanswered& open) {
    open_questions.push_back({open.question.empty() ? question : open.question, open.what()});
  }
}

inline int exit_status(const std::vector<OpenQuestion>& open_questions) {
  return open_questions.empty() ? kDone : kQuestionsOpen;
}

inline std::string message_of(const std::exception& error) { return error.what(); }

/// Parses the command line and runs the exercise.
/// @param parse    (argc, argv) -> std::optional of the options; nothing after --help.
/// @param message  what to print about an exception.
/// @returns main's exit status.
template <typename Exercise, typename Parse>
int run_exercise(const Parse& parse, int argc, char** argv,
                 std::string (*message)(const std::exception&) = message_of) {
  try {
    const auto options = parse(argc, argv);
    return options ? Exercise(*options).run() : kDone;
  } catch (const std::exception& error) {
    std::cerr << "error: " << message(error) << "\n";
    return kWrongInput;
  }
}

}  // namespace pset3
