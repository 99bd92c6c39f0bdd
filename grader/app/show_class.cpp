#include <fmt/format.h>

#include <algorithm>

#include "grader/app/context.hpp"
#include "grader/app/grade_class.hpp"
#include "grader/base/text.hpp"
#include "grader/intake/place.hpp"
#include "grader/report/page.hpp"
#include "grader/report/sanitise.hpp"

namespace pset3::app {
namespace {

/// One hand-in as it would be graded.
struct Line {
  const intake::HandIn* hand_in = nullptr;
  std::string refused;
  std::map<std::string, std::string> parts;  ///< short name -> "3/4" files
  std::vector<std::string> notes;
};

using Rubrics = std::vector<const judge::Rubric*>;

void add_taken(const Rubrics& rubrics, const intake::Submission& submission, Line& line) {
  std::vector<std::string> notes = submission.notes;
  for (const judge::Rubric* rubric : rubrics) {
    const auto part = submission.parts.find(rubric->folder);
    if (part == submission.parts.end()) {
      // Told beside the name, or once for all: a class would have thousands of these lines.
      const std::string told = rubric->folder + ": not handed in";
      std::erase_if(notes, [&](const std::string& note) { return note.rfind(told, 0) == 0; });
      continue;
    }
    const auto there =
        std::count_if(rubric->files.begin(), rubric->files.end(),
                      [&](const auto& file) { return part->second.count(file) != 0; });
    line.parts[rubric->part] = fmt::format("{}/{}", there, rubric->files.size());
  }
  line.notes.insert(line.notes.end(), notes.begin(), notes.end());
  line.notes.insert(line.notes.end(), submission.receipt_notes.begin(),
                    submission.receipt_notes.end());
}

Line line_of(const pipeline::Course& course, const std::set<std::string>& parts,
             const Rubrics& rubrics, const intake::HandIn& hand_in) {
  Line line{&hand_in, "", {}, hand_in.notes};
  try {
    if (hand_in.attempts.empty()) throw intake::Refused(hand_in.refused);
    add_taken(rubrics, intake::take(hand_in.attempts.back().pieces, course.wanted_files(parts)),
              line);
  } catch (const intake::Refused& refused) {
    line.refused = refused.what();
  }
  return line;
}

/// "p1 3/3, p2 1/4, nothing of p0".
std::string files_text(const Line& line, const std::set<std::string>& somebodys) {
  std::string text, nothing;
  for (const auto& [part, files] : line.parts) {
    text += (text.empty() ? "" : ", ") + part + " " + files;
  }
  for (const std::string& part : somebodys) {
    if (line.parts.count(part) == 0) nothing += (nothing.empty() ? "nothing of " : ", ") + part;
  }
  return nothing.empty() ? text : text + "; " + nothing;
}

void print_line(const Line& line, const std::set<std::string>& somebodys, std::size_t columns) {
  const intake::HandIn& hand_in = *line.hand_in;
  const std::string what =
      line.refused.empty() ? files_text(line, somebodys) : "refused: " + line.refused;
  const auto used = static_cast<std::size_t>(report::columns_of(hand_in.name));
  const std::string several =
      hand_in.attempts.size() > 1 ? fmt::format(", {} hand-ins", hand_in.attempts.size()) : "";
  fmt::print(" {}{}  {}{}{}\n", hand_in.name, std::string(columns - used, ' '),
             report::one_line(what), hand_in.is_late ? ", late" : "", several);
  const std::string indent(columns + 3, ' ');
  const bool is_renamed =
      intake::is_disguised(hand_in.called) || intake::fit_name(hand_in.called) != hand_in.name;
  if (is_renamed) fmt::print("{}called {}\n", indent, intake::visible(hand_in.called));
  for (const std::string& note : line.notes) fmt::print("{}{}\n", indent, report::one_line(note));
}

void print_nobodys(const Rubrics& rubrics, const std::set<std::string>& somebodys) {
  std::string nobodys, due;
  for (const judge::Rubric* rubric : rubrics) {
    std::string& list = somebodys.count(rubric->part) == 0 ? nobodys : due;
    list += (list.empty() ? "" : ",") + rubric->part;
  }
  if (nobodys.empty() || due.empty()) return;
  fmt::print(" Nobody     handed in {}; --parts {} leaves these out of the points\n", nobodys, due);
}

}  // namespace

int show_class(const pipeline::Course& course, const std::set<std::string>& parts,
               const intake::Class& found) {
  Rubrics rubrics;
  for (const judge::Rubric& rubric : course.parts) {
    if (parts.empty() || parts.count(rubric.part) != 0) rubrics.push_back(&rubric);
  }
  int status = kDone;
  std::size_t columns = 0;
  std::set<std::string> somebodys;
  std::vector<Line> lines;
  for (const intake::HandIn& hand_in : found.hand_ins) {
    columns = std::max(columns, static_cast<std::size_t>(report::columns_of(hand_in.name)));
    lines.push_back(line_of(course, parts, rubrics, hand_in));
    for (const auto& [part, files] : lines.back().parts) somebodys.insert(part);
    const bool is_missing = hand_in.refused == intake::kNothingHandedIn;
    if (!lines.back().refused.empty() && !is_missing) status = kBadInput;
  }
  for (const Line& line : lines) print_line(line, somebodys, columns);
  print_nobodys(rubrics, somebodys);
  return status;
}

}  // namespace pset3::app
