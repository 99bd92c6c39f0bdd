#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace pset3::end_to_end {

/// The form in which a platform gives a class to a TA.
enum class Download { kCanvas, kMoodle, kBlackboard, kGradescope };
inline constexpr Download kDownloads[] = {Download::kCanvas, Download::kMoodle,
                                          Download::kBlackboard, Download::kGradescope};
/// As `grade --from` has it: "canvas", …
std::string name_of(Download download);

/// A class that nobody wrote: known mistakes, variants, the solution and the starter, mixed by
/// chance, some students with a part missing.
struct ClassPlan {
  std::size_t students = 8;
  std::vector<std::string> parts = {"p1"};
  /// Different submissions of a part that students share. 0 = everybody's is made for them alone:
  /// a comment with their number makes each file another one.
  std::size_t kinds = 4;
  unsigned seed = 1;
};

/// One student's files.
struct GeneratedStudent {
  std::string first, last, id;
  std::map<std::string, std::string> files;      ///< path as in a submission -> bytes
  std::map<std::string, std::string> made_from;  ///< part -> the patch, "solution", "starter"
};

/// The same for the same plan and sources. @param home  of the course: with starter/, solution/ and
/// fixtures/.
std::vector<GeneratedStudent> generate_class(const std::filesystem::path& home,
                                             const ClassPlan& plan);

/// Writes the files as the platform would, loose, in folders or in archives as it happens there.
void write_download(const std::vector<GeneratedStudent>& students, Download download,
                    const std::filesystem::path& folder);

}  // namespace pset3::end_to_end
