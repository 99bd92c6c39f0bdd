#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "grader/intake/hand_in.hpp"

namespace pset3::intake {

/// What is in a student's folder: the folder itself, and the archives in it that have to be read as
/// well. In a folder with part files archives are copies or old versions, unless a platform put
/// them there; `notes` then says that they were not looked into.
/// @param is_upload  the platform made the folder, and everything in it was handed in.
std::vector<Piece> pieces_of_folder(const std::filesystem::path& folder, bool is_upload,
                                    const std::vector<WantedPart>& wanted,
                                    std::vector<std::string>& notes);

/// A student's pieces in the order in which they were handed in, as what there was after each time:
/// a new time begins when an archive follows another, or a file one of its own name.
std::vector<Attempt> attempts_of(const std::vector<Piece>& pieces);

/// Gives pieces their versions by the time that their files carry. What is no more than two seconds
/// apart was handed in, or copied, together.
void order_by_time(std::vector<Piece>& pieces);

}  // namespace pset3::intake
