#pragma once

#include <torch/torch.h>

#include <string>

#include "starter/common/errors.hpp"
#include "starter/common/exercise/open_question.hpp"

namespace pset3 {

inline std::string first_line(const std::string& text) { return text.substr(0, text.find('\n')); }

/// Calls a function of the student's that uses LibTorch.
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
    // An operator's own name tells nobody which function it is.
    const bool is_named = error.function != "operator()";
    throw Unanswered(question, is_named ? error.what() : function + " is not written yet");
  } catch (const c10::Error& error) {
    throw Unanswered(question, function + " threw: " + first_line(error.what_without_backtrace()));
  } catch (const std::exception& error) {
    throw Unanswered(question, function + " threw: " + first_line(error.what()));
  }
}

/// @returns what an exception says, without LibTorch's list of its own functions.
inline std::string torch_message(const std::exception& error) {
  const auto* const torch_error = dynamic_cast<const c10::Error*>(&error);
  return torch_error == nullptr ? error.what() : first_line(torch_error->what_without_backtrace());
}

/// @returns a tensor's shape for messages.
inline std::string shape_of(const torch::Tensor& tensor) {
  return tensor.defined() ? c10::str(tensor.sizes()) : "nothing";
}

}  // namespace pset3
