#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "grader/box/box.hpp"

namespace pset3::app {

/// Where an exercise finds a folder of the user's, and what it is told of it, so that its messages
/// name files as the user did.
struct Seen {
  std::filesystem::path inside;
  std::string name;
};

/// A folder of the machine, and how the exercise sees it.
struct Place {
  std::filesystem::path host;
  Seen seen;
};

/// @param path       as the user typed it.
/// @param otherwise  a path in the box, where the user's own cannot stand in it.
Seen seen_as(const std::filesystem::path& path, const char* otherwise);

/// How the results' folder is seen when the data is seen like that: neither inside of the other.
Seen seen_beside(const Seen& data, const std::filesystem::path& out);

/// Boxes run as a user of their own, who cannot enter root's home, say, or follow a link out of
/// what they see. Data like that is copied into `room`.
/// @returns the folder to bind. @throws InputError when it cannot be copied.
std::filesystem::path reachable_data(const std::filesystem::path& data,
                                     const std::filesystem::path& room);

/// The box that a student's own exercise runs in: generous, and with its text passed on as it
/// comes.
box::BoxSpec exercise_box(const std::filesystem::path& program, const Place& data, const Place& out,
                          const std::vector<std::string>& arguments);

}  // namespace pset3::app
