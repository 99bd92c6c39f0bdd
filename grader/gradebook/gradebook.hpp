#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "grader/gradebook/database.hpp"
#include "grader/gradebook/finished_run.hpp"
#include "grader/gradebook/record.hpp"

namespace pset3::gradebook {

/// What an import did.
struct Imported {
  bool was_there = false;  ///< the same run has been imported before; nothing was done
  std::size_t submissions = 0;
  std::size_t new_students = 0;
  std::vector<std::string> notes;
};

/// One line of a TA's work on a written question.
struct NewScore {
  std::int64_t student = 0;
  std::string item;
  double points = 0.0;
  std::string comment;
};

/// The course's book of grades: what the grader found and what people decided, in one SQLite file.
///
/// Several people may work on it at once; each call is one transaction, so that a process that is
/// killed leaves all of a call or nothing of it. What was entered stays: a later entry takes its
/// place, and both can be read.
class Gradebook {
 public:
  /// Opens a gradebook; one of an older version is copied and brought up to date.
  /// @throws InputError when there is none
  explicit Gradebook(const std::filesystem::path& file);
  /// @throws InputError when the file is there already
  static void make(const std::filesystem::path& file);

  /// What was copied when it was opened, because an older pset3 had made it.
  const std::vector<std::filesystem::path>& backups() const { return backups_; }

  Imported import(const FinishedRun& run);
  /// @returns how many of them are new.
  std::size_t add_students(const std::vector<RunPerson>& people);

  std::vector<Student> students();
  /// A student by school's number, e-mail address or name. @throws InputError when nobody or
  /// several fit.
  Student student(const std::string& text);
  std::vector<Item> items();
  /// @throws InputError when there is no such item, with the nearest one.
  Item item(const std::string& id);
  StudentRecord record(const Student& student);
  /// The grades of all students, or of some.
  GradedClass grades();
  GradedClass grades_of(const std::vector<Student>& students);

  std::optional<Policy> policy();
  void set_policy(const Policy& policy);

  /// Points for a written question. @throws InputError when they are not from 0 to its maximum.
  void add_scores(const std::vector<NewScore>& scores, const std::string& author);
  void add_comment(const Student& student, const Comment& comment);
  /// @param points  nothing = the override is withdrawn
  void override_points(const Student& student, const Item& item, std::optional<double> points,
                       const std::string& author, const std::string& reason);
  void extend(const Student& student, const std::string& deadline, const Extension& extension);
  void set_time(const Student& student, const std::string& deadline, const std::string& at,
                const std::string& author);

  /// Looks for damage, in SQLite's terms and in ours. @returns what is wrong; empty = nothing
  std::vector<std::string> faults();
  /// Copies all of it, as it is at this moment.
  void back_up(const std::filesystem::path& to) { gradebook::back_up(database_, to); }

 private:
  std::filesystem::path file_;
  SQLite::Database database_;
  std::vector<std::filesystem::path> backups_;
};

/// @throws InputError when the points are not from 0 to the item's maximum.
void require_points(const Item& item, double points);

}  // namespace pset3::gradebook
