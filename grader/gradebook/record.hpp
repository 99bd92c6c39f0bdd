#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "grader/gradebook/late_days.hpp"
#include "grader/judge/verdict.hpp"

namespace pset3::gradebook {

/// What runs say of those on the roster who are not among the hand-ins: that takes nothing away
/// from what they handed in before.
inline constexpr const char* kNothingHandedIn = "nothing was handed in";

struct Student {
  std::int64_t id = 0;  ///< the gradebook's own number
  std::string name;
  std::string school_id;
  std::string email;
  std::string section;
};

/// What points are given for: a check of the grader's, or a written question.
struct Item {
  std::string id;
  std::string part;
  std::string title;
  double max_points = 0.0;
  bool is_written = false;
  bool is_extra = false;  ///< counts on top of the part's points
  bool is_hidden = false;
};

/// What the newest grading says of one check.
struct Judged {
  judge::Verdict verdict = judge::Verdict::kGraderError;
  double points = 0.0;
};

struct Score {
  double points = 0.0;
  std::string author;
  std::string comment;
};

/// Points that a person gives in the place of the grader's.
struct Override {
  double points = 0.0;
  std::string author;
  std::string reason;
  /// What the grader said when it was made; nothing where the check had not been judged.
  std::optional<Judged> over;
};

struct Comment {
  std::string item;  ///< "" = about all of it
  std::string text;
  std::string author;
};

/// What was graded last of one part.
struct PartHandIn {
  std::string run;      ///< the folder of the run
  std::string row;      ///< the submission's name there
  std::string results;  ///< path of its results.json
  HandInTime time;
  std::string uploaded_as;    ///< what Canvas calls the upload; empty elsewhere
  std::string refused_since;  ///< why a later hand-in was not graded; empty = there is none
};

/// All that the gradebook knows of one student.
struct StudentRecord {
  Student student;
  std::vector<std::string> keys;  ///< how runs and platforms know them: "moodle:Jane Doe:1001"
  std::map<std::string, PartHandIn> parts;    ///< by part
  std::string refused;                        ///< why nothing at all was graded; empty otherwise
  std::map<std::string, Judged> judged;       ///< by item
  std::map<std::string, Score> scores;        ///< by item
  std::map<std::string, Override> overrides;  ///< by item
  std::map<std::string, HandInTime> times;    ///< by deadline: told by a person
  std::map<std::string, Extension> extensions;
  std::vector<Comment> comments;
};

/// How the points of an item came about.
enum class GivenBy { kGrader, kPerson, kOverride, kNobodyYet };

struct ItemGrade {
  const Item* item = nullptr;
  double points = 0.0;
  GivenBy by = GivenBy::kNobodyYet;
};

struct PartGrade {
  std::string part;
  double points = 0.0;      ///< after what being late costs
  double max_points = 0.0;  ///< without extra credit
  double extra_points = 0.0;
  double taken_off = 0.0;
  std::optional<Instant> due{};  ///< for this student; nothing = no policy sets it
};

/// A student's grade, and all that a TA should look at before believing it.
struct Grade {
  std::vector<ItemGrade> items;  ///< in the order of the items
  std::vector<PartGrade> parts;
  double points = 0.0;
  double max_points = 0.0;
  std::vector<Lateness> lateness;
  std::vector<std::string> open;   ///< what nobody has given points for yet
  std::vector<std::string> flags;  ///< what may be wrong
};

/// A student and what came out.
struct GradedStudent {
  StudentRecord record;
  Grade grade;
};

/// Grades point to the items, which stay where they are as long as this is moved and not copied.
struct GradedClass {
  GradedClass() = default;
  GradedClass(GradedClass&&) = default;
  GradedClass& operator=(GradedClass&&) = default;

  std::vector<Item> items;
  std::vector<GradedStudent> students;  ///< by name
};

/// @param items  of the whole problem set, in its order. @param policy  nothing = late costs
/// nothing
Grade grade_of(const std::vector<Item>& items, const StudentRecord& record,
               const std::optional<Policy>& policy);

}  // namespace pset3::gradebook
