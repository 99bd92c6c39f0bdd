#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "grader/intake/hand_in.hpp"

namespace pset3::intake {

/// What a learning platform says in the name of an uploaded file or folder.
struct UploadName {
  std::string student;  ///< as the platform writes it: "doejane", "Jane Doe"
  std::string id;       ///< the platform's number of the student, or the account
  std::string at;       ///< time of the attempt, where the name tells it
  std::string order;    ///< of two uploads of one student the later one has the greater
  std::string file;     ///< the student's own name for it; empty for a folder
  bool is_late = false;
};

/// Takes the name of one entry of a download apart. Nothing for names of another form.
std::optional<UploadName> parse_upload_name(Shape shape, std::string_view name);

/// "carve-1.cpp" and "carve (1).cpp" are "carve.cpp": what platforms and browsers add to a name
/// that was there already.
std::string without_copy_number(std::string_view name);

}  // namespace pset3::intake
