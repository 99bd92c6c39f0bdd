#include "grader/pipeline/course.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "grader/base/error.hpp"
#include "grader/pipeline/calibration.hpp"

namespace pset3::pipeline {
namespace {

namespace fs = std::filesystem;

void check_against_code(const judge::Rubric& rubric, const Course& course) {
  for (const judge::CheckSpec& check : rubric.checks) {
    if (course.checks.count(check.judge) == 0) {
      throw InputError(rubric.folder + "/rubric.json: check " + check.id + " is judged by \"" +
                       check.judge + "\", which the judge does not have");
    }
  }
  for (const judge::CaseSpec& spec : rubric.cases) {
    if (course.generators.count(spec.generator) == 0) {
      throw InputError(rubric.folder + "/rubric.json: case " + spec.id + " is made by \"" +
                       spec.generator + "\", which is no generator");
    }
  }
}

}  // namespace

const judge::Rubric& Course::part(const std::string& name) const {
  std::string names;
  for (const judge::Rubric& rubric : parts) {
    if (rubric.part == name || rubric.folder == name) return rubric;
    names += (names.empty() ? "" : ", ") + rubric.part;
  }
  throw InputError("no part \"" + name + "\"; there are: " + names);
}

fs::path Course::fixtures(const judge::Rubric& rubric) const {
  return home.source / "fixtures" / rubric.folder;
}

fs::path Course::starter(const judge::Rubric& rubric) const {
  return home.source / "starter" / rubric.folder;
}

fs::path Course::solution(const judge::Rubric& rubric) const {
  return home.source / "solution" / rubric.folder;
}

bool Course::has_solution(const judge::Rubric& rubric) const {
  return fs::exists(solution(rubric) / rubric.files.at(0));
}

static std::map<std::string, std::string> given_headers(const fs::path& starter) {
  std::map<std::string, std::string> headers;
  for (const fs::path& folder : {starter, starter / "given"}) {
    if (!fs::is_directory(folder)) continue;
    for (const fs::directory_entry& entry : fs::directory_iterator(folder)) {
      if (entry.path().extension() != ".hpp") continue;
      headers[entry.path().filename().string()] = read_file(entry.path());
    }
  }
  return headers;
}

std::vector<intake::WantedPart> Course::wanted_files(const std::set<std::string>& asked) const {
  std::vector<intake::WantedPart> wanted;
  for (const judge::Rubric& rubric : parts) {
    wanted.push_back({rubric.folder, rubric.files, asked.empty() || asked.count(rubric.part) != 0,
                      given_headers(starter(rubric))});
  }
  return wanted;
}

/// A rubric with the measured thresholds in it.
static judge::Rubric read_checked(const Course& course, const fs::path& file) {
  judge::Rubric rubric =
      judge::read_rubric(file, course.home.source / "fixtures" / "rubric.schema.json");
  check_against_code(rubric, course);
  const fs::path calibration = course.fixtures(rubric) / "calibration.json";
  if (fs::exists(calibration)) apply_calibration(read_calibration(calibration), rubric);
  return rubric;
}

void replace_rubric(Course& course, const fs::path& file) {
  judge::Rubric rubric = read_checked(course, file);
  for (judge::Rubric& present : course.parts) {
    if (present.part != rubric.part || present.folder != rubric.folder) continue;
    present = std::move(rubric);
    return;
  }
  throw InputError(file.string() + ": expected the rubric of a part that there is; found " +
                   rubric.part + " in " + rubric.folder);
}

std::string address_of_site(const std::string& text) {
  const bool is_address = text.rfind("https://", 0) == 0 || text.rfind("http://", 0) == 0;
  if (!is_address || text.find_first_of(" \t\r\n\"'<>?#") != std::string::npos) {
    throw InputError(
        "expected the address of a site, such as https://example.org/handouts/; found \"" + text +
        "\"");
  }
  return text.back() == '/' ? text : text + "/";
}

/// Of handouts/site.json: {"address": "https://…"}.
static std::string read_address(const fs::path& file) {
  if (!fs::exists(file)) return "";
  std::string address;
  try {
    address = nlohmann::json::parse(read_file(file)).at("address").get<std::string>();
  } catch (const nlohmann::json::exception& error) {
    throw InputError(file.string() + R"(: expected {"address": "https://..."}: )" + error.what());
  }
  try {
    return address_of_site(address);
  } catch (const InputError& error) {
    throw InputError(file.string() + ": " + error.what());
  }
}

Course load_course(const build::Home& home, const parts::Parts& parts) {
  Course course{home, {}, {}, {}, {}, {}};
  for (const parts::Part& part : parts) {
    course.checks.insert(part.checks.begin(), part.checks.end());
    course.generators.insert(part.generators.begin(), part.generators.end());
    if (part.default_data) course.default_data[part.id] = part.default_data;
  }
  const fs::path fixtures = home.source / "fixtures";
  if (!fs::is_directory(fixtures)) {
    throw InputError(fixtures.string() + " is missing; run pset3 from its own repository");
  }
  std::vector<fs::path> folders;
  for (const fs::directory_entry& entry : fs::directory_iterator(fixtures)) {
    if (fs::exists(entry.path() / "rubric.json")) folders.push_back(entry.path());
  }
  std::sort(folders.begin(), folders.end());
  for (const fs::path& folder : folders) {
    course.parts.push_back(read_checked(course, folder / "rubric.json"));
  }
  course.handouts_address = read_address(home.source / "handouts" / "site.json");
  return course;
}

}  // namespace pset3::pipeline
