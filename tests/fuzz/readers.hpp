#pragma once

#include <filesystem>
#include <string>
#include <string_view>

/// The readers of foreign bytes. Each catches what its reader may throw for a bad file; anything
/// else, and any sanitizer's finding, ends the program.
namespace pset3::fuzz {

/// The bytes as a file, for readers that open one. The same folder each time.
std::filesystem::path as_file(std::string_view bytes, const std::string& name);

void read_archive(std::string_view bytes);
void read_metadata(std::string_view bytes);

void read_idx(std::string_view bytes);
void read_mat(std::string_view bytes);    ///< the variables of both data sets that have such files
void read_views(std::string_view bytes);  ///< cameras.json

void read_rubric(std::string_view bytes);
void read_patch(std::string_view bytes);  ///< of a known mistake, and of a variant

void read_reply(std::string_view bytes);  ///< all that a driver in the box writes

}  // namespace pset3::fuzz
