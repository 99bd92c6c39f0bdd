#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "grader/box/box.hpp"

namespace pset3::app {

/// A folder or file of the user's. In the box it stands elsewhere; whatever the exercise prints or
/// writes to its summary is shown with the user's name for it, wherever that is.
struct Place {
  std::filesystem::path host;
  std::filesystem::path inside;
  std::string called;  ///< by the user
};

/// @param data  as the user typed it.
/// @param room  Boxes run as a user of their own, who cannot enter root's home, say, or follow a
/// link out of what they see. Data like that is copied into this folder.
/// @throws InputError when it cannot be copied.
Place place_of_data(const std::filesystem::path& data, const std::filesystem::path& room);

/// @param out  as the user typed it. @param room  where the exercise writes in its stead.
Place place_of_results(const std::filesystem::path& out, const std::filesystem::path& room);

/// The box that a student's own exercise runs in: generous, and with its text passed on as it
/// comes.
box::BoxSpec exercise_box(const std::filesystem::path& program, const Place& data, const Place& out,
                          const std::vector<std::string>& arguments);

}  // namespace pset3::app
