#pragma once

#include <torch/torch.h>

#include <string>

#include "starter/common/errors.hpp"
#include "starter/p2_representation_learning/exercise_results.hpp"

namespace pset3::representation {

inline std::string first_line(const std::string& text) { return text.substr(0, text.find('\n')); }

/// Calls a function of the student's.
///
/// @param function  its name, for the message.
/// @throws Unanswered in place of what it throws; DataError comes from us and stays.
template <typename Call>
auto ask(const char* question, const std::string& function, Call call) {
  try {
    return call();
  } catch (const DataError&) {
    throw;
  } catch (const Unanswered&) {
    throw;
  } catch (const NotImplemented& error) {
    throw Unanswered(question, error.what());
  } catch (const c10::Error& error) {
    throw Unanswered(question, function + " threw: " + first_line(error.what_without_backtrace()));
  } catch (const std::exception& error) {
    throw Unanswered(question, function + " threw: " + first_line(error.what()));
  }
}

}  // namespace pset3::representation
