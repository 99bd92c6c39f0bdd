#pragma once

#include <string>
#include <vector>

#include "grader/judge/checks.hpp"
#include "grader/parts/cases.hpp"

namespace pset3::parts {

/// What the program knows of a part beside its rubric: the code of its rooms.
struct Part {
  std::string id;      ///< "p1"
  std::string folder;  ///< "p1_space_carving"
  judge::Checks checks;
  cases::Generators generators;
  cases::DefaultData default_data;
};

/// In the order in which reports show them.
using Parts = std::vector<Part>;

}  // namespace pset3::parts

/// What each part defines in its rooms: its check functions in judge/, its generators and its
/// built-in data in cases/.
#define PSET3_DECLARE_PART(id) \
  namespace pset3::judge::id { \
  Checks checks();             \
  }                            \
  namespace pset3::cases::id { \
  Generators generators();     \
  DefaultData default_data();  \
  }

/// A part of a list of parts: its short name and its folder.
#define PSET3_PART(id, folder)                                                \
  pset3::parts::Part {                                                        \
#id, #folder, pset3::judge::id::checks(), pset3::cases::id::generators(), \
        pset3::cases::id::default_data()                                      \
  }
