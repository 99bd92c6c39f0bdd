#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "grader/base/files.hpp"
#include "grader/intake/intake.hpp"

namespace pset3::intake {

/// How a class was downloaded.
enum class Shape { kFolders, kCanvas, kMoodle, kBlackboard, kGradescope };

/// "Canvas download", "folders, archives and files"; for messages.
std::string name_of(Shape shape);

struct Person {
  std::string name;
  std::string id;     ///< the school's or the learning platform's
  std::string email;  ///< or the account's name
  std::string section;
};

/// What a student handed in at one time.
struct Attempt {
  std::vector<Piece> pieces;
  std::string at;  ///< when, as the platform wrote it; sorts by time; empty where it is not known
};

/// One row of the class: what one student or group handed in.
struct HandIn {
  std::string name;    ///< unique in the class and fit for a folder's name
  std::string called;  ///< the same as the class calls it, as it was found
  /// Tell a later call that it is the same student, whatever else has this name.
  std::vector<std::string> identities;
  std::vector<Person> people;     ///< several for a group; empty when only `called` is known
  std::vector<Attempt> attempts;  ///< in the order of time; empty when `refused` says why
  std::string refused;            ///< why nothing of it can be read
  std::vector<std::string> notes;
  bool is_late = false;
  std::string uploaded_as;       ///< the name that Canvas gave the last upload; empty elsewhere
  std::string id_in_class;       ///< the platform's number, which tells two of one name apart
  std::filesystem::path source;  ///< the file or folder, for messages
};

/// The `refused` of a student on the roster who is in no download.
inline constexpr const char* kNothingHandedIn = "nothing was handed in";

/// An entry of a class folder that is no student's.
struct Skipped {
  std::string path;
  std::string why;
};

/// A class as it was found.
struct Class {
  std::vector<HandIn> hand_ins;  ///< in the order of their names
  std::vector<Skipped> skipped;
  std::vector<std::string> notes;  ///< how each path was understood
  /// Of archives that hold a class; gone with the object.
  std::vector<std::shared_ptr<const TemporaryFolder>> unpacked;
};

}  // namespace pset3::intake
