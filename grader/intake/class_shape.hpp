#pragma once

#include <optional>
#include <string>
#include <vector>

#include "grader/intake/hand_in.hpp"
#include "grader/intake/peek.hpp"

namespace pset3::intake {

inline constexpr const char* kGradescopeMetadata = "submission_metadata.yml";

/// @returns the platform that most of these names come from.
std::optional<Shape> shape_of_names(const std::vector<std::string>& names);

/// @returns what a folder with these entries is; nothing for one submission.
/// @param names  of all its entries, hidden ones too.
std::optional<Shape> shape_of_folder(const std::vector<std::string>& names,
                                     const std::vector<Child>& children,
                                     const std::vector<WantedPart>& wanted);

/// The same for an archive, which is a class only when that is very clear: most archives are one
/// student's.
std::optional<Shape> shape_of_archive(const std::vector<Child>& children);

/// @returns why a file in a class folder is no hand-in, a table or a list say; "" for all others.
std::string why_no_hand_in(const std::string& file_name);

/// "hw3", "submission (2)", "p1_space_carving": says nothing of whose it is.
bool says_nothing(const std::string& name, const std::vector<WantedPart>& wanted);

}  // namespace pset3::intake
