#pragma once

#include <string>
#include <vector>

#include "grader/gradebook/exports.hpp"

namespace pset3::gradebook {

using Cells = std::vector<std::string>;

/// Points as tables have them.
std::string amount(double points);

/// The platform's number of a student: "1001" of "canvas:adamsamy:1001"; "" where it is not known.
std::string number_on(const std::string& platform, const StudentRecord& record);

/// Names the students with points that nobody has decided, ten at most.
void note_what_is_open(const ExportRequest& request, Export& made);

/// Says that students do not read the points of hidden checks yet, where their deadline has not
/// passed.
void note_what_is_untold(const std::vector<GradedStudent>& students, Instant now,
                         std::vector<std::string>& notes);

inline void append(Cells& cells, const Cells& more) {
  cells.insert(cells.end(), more.begin(), more.end());
}

}  // namespace pset3::gradebook
