#include "tests/end_to_end/generated_class.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <nlohmann/json.hpp>
#include <random>

#include "grader/base/error.hpp"
#include "grader/base/files.hpp"
#include "grader/base/zip.hpp"
#include "grader/pipeline/mistakes.hpp"

namespace pset3::end_to_end {
namespace {

namespace fs = std::filesystem;
using Files = std::map<std::string, std::string>;

/// One submission of a part, and what it was made from.
struct Kind {
  std::string name;
  Files files;
};

struct Part {
  std::string id, folder;
  std::vector<std::string> files;
};

Part part_called(const fs::path& home, const std::string& id) {
  for (const fs::directory_entry& entry : fs::directory_iterator(home / "fixtures")) {
    const std::string folder = entry.path().filename().string();
    if (folder.rfind(id + "_", 0) != 0) continue;
    const auto rubric = nlohmann::json::parse(read_file(entry.path() / "rubric.json"));
    return {id, folder, rubric.at("files").get<std::vector<std::string>>()};
  }
  throw InputError("no part " + id + " below " + home.string());
}

/// In the order of their names: a folder's own order is the disk's.
std::vector<fs::path> patches_of(const fs::path& fixtures) {
  std::vector<fs::path> patches;
  for (const char* kind : {"mistakes", "variants"}) {
    for (const fs::directory_entry& entry : fs::directory_iterator(fixtures / kind)) {
      if (entry.path().extension() == ".patch") patches.push_back(entry.path());
    }
  }
  std::sort(patches.begin(), patches.end());
  return patches;
}

/// The solution, the starter, and patches drawn from all there are.
std::vector<Kind> kinds_of(const fs::path& home, const Part& part, std::size_t wanted,
                           std::mt19937& random) {
  const fs::path solution = home / "solution" / part.folder;
  std::vector<Kind> kinds = {
      {"solution", pipeline::read_files(solution, part.files)},
      {"starter", pipeline::read_files(home / "starter" / part.folder, part.files)}};
  std::vector<fs::path> patches = patches_of(home / "fixtures" / part.folder);
  std::shuffle(patches.begin(), patches.end(), random);
  for (const fs::path& file : patches) {
    if (wanted != 0 && kinds.size() >= wanted) break;
    pipeline::Patch patch;
    patch.file = file;
    kinds.push_back({file.stem().string(), pipeline::apply_patch(patch, solution, part.files)});
  }
  return kinds;
}

/// The number n in letters, so that each student has a name that no other has.
std::string letters(std::size_t n) {
  std::string text;
  for (int i = 0; i < 3; ++i, n /= 26) text.insert(text.begin(), static_cast<char>('a' + n % 26));
  return text;
}

std::string capital(std::string text) {
  text[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(text[0])));
  return text;
}

std::string zip_of(const GeneratedStudent& student) {
  ZipWriter zip(ZipWriter::Packing::kDeflated);
  for (const auto& [path, bytes] : student.files) zip.add(path, bytes);
  return zip.finish();
}

/// Platforms drop folders from what is uploaded file by file; two parts may have files of one name,
/// so that these must come in an archive.
bool can_be_loose(const GeneratedStudent& student) { return student.made_from.size() == 1; }

void write_at(const fs::path& file, const std::string& bytes) {
  fs::create_directories(file.parent_path());
  write_file(file, bytes);
}

/// Writes each file of a student, or one archive, under prefix + name.
void upload(const GeneratedStudent& student, bool loose, const std::string& prefix) {
  if (!loose) return write_at(prefix + "hw.zip", zip_of(student));
  for (const auto& [path, bytes] : student.files) {
    write_at(prefix + fs::path(path).filename().string(), bytes);
  }
}

void write_canvas(const GeneratedStudent& student, std::size_t i, const fs::path& folder) {
  const std::string who = student.last + student.first + (i % 7 == 3 ? "_LATE" : "");
  const std::string start = (folder / fmt::format("{}_{}_", who, student.id)).string();
  if (!can_be_loose(student) || i % 3 == 0) {
    return upload(student, false, fmt::format("{}{}_", start, 50000 + 20 * i));
  }
  std::size_t number = 50000 + 20 * i;
  for (const auto& [path, bytes] : student.files) {
    const fs::path name = fs::path(path).filename();
    const std::string again = i % 5 == 1 ? "-1" : "";  // handed in a second time
    write_at(fmt::format("{}{}_{}{}{}", start, number++, name.stem().string(), again,
                         name.extension().string()),
             bytes);
  }
}

void write_moodle(const GeneratedStudent& student, std::size_t i, const fs::path& folder) {
  const std::string row = fmt::format("{} {}_{}_assignsubmission_file_", capital(student.first),
                                      capital(student.last), student.id);
  upload(student, can_be_loose(student) && i % 2 == 0, (folder / row).string() + "/");
}

void write_blackboard(const GeneratedStudent& student, std::size_t i, const fs::path& folder) {
  const std::string account = student.first + student.last;
  const std::string attempt =
      fmt::format("HW 3_{}_attempt_2026-11-{:02}-23-10-05", account, 1 + i % 28);
  write_at(folder / (attempt + ".txt"), fmt::format("Name: {} {} ({})\n", capital(student.first),
                                                    capital(student.last), account));
  upload(student, can_be_loose(student) && i % 2 == 1, (folder / (attempt + "_")).string());
}

/// @returns the student's lines of submission_metadata.yml
std::string write_gradescope(const GeneratedStudent& student, std::size_t i,
                             const fs::path& folder) {
  const std::string row = fmt::format("submission_{}", 2001 + i);
  const std::string below = i % 2 == 0 ? "" : "hw/";
  for (const auto& [path, bytes] : student.files) write_at(folder / row / (below + path), bytes);
  return fmt::format(
      "{}:\n  :submitters:\n  - :name: {} {}\n    :sid: '{}'\n    :email: {}@example.edu\n"
      "  :created_at: 2026-11-{:02} 10:00:00.000000000 Z\n",
      row, capital(student.first), capital(student.last), student.id, student.id, 1 + i % 28);
}

}  // namespace

std::string name_of(Download download) {
  constexpr const char* kNames[] = {"canvas", "moodle", "blackboard", "gradescope"};
  return kNames[static_cast<std::size_t>(download)];
}

std::vector<GeneratedStudent> generate_class(const fs::path& home, const ClassPlan& plan) {
  std::mt19937 random(plan.seed);
  std::vector<GeneratedStudent> students(plan.students);
  for (std::size_t i = 0; i < students.size(); ++i) {
    students[i].first = "ann" + letters(i);
    students[i].last = "lee" + letters(i);
    students[i].id = std::to_string(1001 + i);
  }
  for (const std::string& id : plan.parts) {
    const Part part = part_called(home, id);
    const std::vector<Kind> kinds = kinds_of(home, part, plan.kinds, random);
    for (std::size_t i = 0; i < students.size(); ++i) {
      const Kind& kind = kinds[random() % kinds.size()];
      const bool is_missing = random() % 10 == 0 && i % plan.parts.size() != 0;
      if (is_missing) continue;
      students[i].made_from[id] = kind.name;
      for (const auto& [name, bytes] : kind.files) {
        const std::string own = plan.kinds == 0 ? fmt::format("// {}\n", students[i].id) : "";
        students[i].files[part.folder + "/" + name] = bytes + own;
      }
    }
  }
  return students;
}

void write_download(const std::vector<GeneratedStudent>& students, Download download,
                    const fs::path& folder) {
  std::string metadata = "---\n";
  for (std::size_t i = 0; i < students.size(); ++i) {
    switch (download) {
      case Download::kCanvas:
        write_canvas(students[i], i, folder);
        break;
      case Download::kMoodle:
        write_moodle(students[i], i, folder);
        break;
      case Download::kBlackboard:
        write_blackboard(students[i], i, folder);
        break;
      case Download::kGradescope:
        metadata += write_gradescope(students[i], i, folder);
        break;
    }
  }
  if (download == Download::kGradescope) write_file(folder / "submission_metadata.yml", metadata);
}

}  // namespace pset3::end_to_end
