// From a finished run into the gradebook.

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "grader/gradebook/gradebook.hpp"

namespace pset3::gradebook {
namespace {

/// Inserts the rows of one run, inside of the caller's transaction.
class Importer {
 public:
  Importer(SQLite::Database& database, Imported& done)
      : database_(database),
        done_(done),
        find_(database, "SELECT student FROM student_keys WHERE key = ?"),
        add_student_(database,
                     "INSERT INTO students (name, school_id, email, section) VALUES (?, ?, ?, ?)"),
        add_key_(database, "INSERT OR IGNORE INTO student_keys VALUES (?, ?)"),
        renew_(
            database,
            "UPDATE students SET name = ?, school_id = iif(?2 = '', school_id, ?2), "
            "email = iif(?3 = '', email, ?3), section = iif(?4 = '', section, ?4) WHERE id = ?5"),
        add_item_(
            database,
            "INSERT INTO items VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET "
            "title = excluded.title, max_points = excluded.max_points, "
            "is_extra = excluded.is_extra, is_hidden = excluded.is_hidden, "
            "place = max(place, excluded.place)"),
        add_submission_(
            database,
            "INSERT INTO submissions (run, name, results, handed_in_at, is_late, refused, "
            "uploaded_as, group_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"),
        add_owner_(database, "INSERT OR IGNORE INTO submission_students VALUES (?, ?)"),
        add_verdict_(database, "INSERT INTO verdicts VALUES (?, ?, ?, ?)") {}

  void begin(const FinishedRun& run) {
    SQLite::Statement insert(database_, "INSERT INTO runs (folder, hash, about) VALUES (?, ?, ?)");
    insert.bind(1, run.folder().string());
    insert.bind(2, run.hash());
    insert.bind(3, run.class_json().at("run").dump());
    insert.exec();
    run_ = database_.getLastInsertRowid();
  }

  /// @returns the student's number
  std::int64_t student(const RunPerson& person) {
    std::set<std::int64_t> known;
    std::int64_t id = 0;
    for (const std::string& key : person.keys) {
      find_.reset();
      find_.bind(1, key);
      if (!find_.executeStep()) continue;
      if (known.empty()) id = find_.getColumn(0).getInt64();
      known.insert(find_.getColumn(0).getInt64());
    }
    if (known.size() > 1) {
      done_.notes.push_back(person.name + " fits " + std::to_string(known.size()) +
                            " students of the gradebook; it was taken for the first");
    }
    if (known.empty()) {
      id = insert(person);
      ++done_.new_students;
    } else {
      renew(person, id);
    }
    for (const std::string& key : person.keys) {
      run_with(add_key_, key, id);
    }
    return id;
  }

  void row(const RunRow& row) {
    std::set<std::int64_t> owners;
    for (const RunPerson& person : row.people) owners.insert(student(person));
    for (std::size_t i = 0; i < row.document.checks.size(); ++i) {
      add_check(row.document.checks[i], static_cast<std::int64_t>(i));
    }
    for (std::size_t i = 0; i < row.document.manual.size(); ++i) {
      add_written(row.document.manual[i], static_cast<std::int64_t>(i));
    }
    const std::int64_t submission = add_submission(row, owners);
    for (const std::int64_t owner : owners) {
      run_with(add_owner_, submission, owner);
    }
    if (!row.document.refused.empty()) return;
    for (const report::CheckEntry& check : row.document.checks) {
      run_with(add_verdict_, submission, check.id, std::string(judge::name_of(check.verdict)),
               check.points);
    }
    ++done_.submissions;
  }

 private:
  template <typename... Values>
  static void run_with(SQLite::Statement& statement, const Values&... values) {
    statement.reset();
    SQLite::bind(statement, values...);
    statement.exec();
  }

  std::int64_t insert(const RunPerson& person) {
    run_with(add_student_, person.name, person.id, person.email, person.section);
    return database_.getLastInsertRowid();
  }

  /// A later run may know more: a roster came with it.
  void renew(const RunPerson& person, std::int64_t id) {
    run_with(renew_, person.name, person.id, person.email, person.section, id);
  }

  void add_check(const report::CheckEntry& check, std::int64_t place) {
    if (!seen_.insert(check.id).second) return;
    run_with(add_item_, check.id, check.part, check.title, check.max_points, 0, int{check.extra},
             int{check.visibility != judge::Visibility::kPublic}, place);
  }

  void add_written(const report::ManualEntry& item, std::int64_t place) {
    if (!seen_.insert(item.id).second) return;
    run_with(add_item_, item.id, item.part, item.title, item.points, 1, 0, 0, place);
  }

  std::int64_t add_submission(const RunRow& row, const std::set<std::int64_t>& owners) {
    add_submission_.reset();
    add_submission_.clearBindings();
    add_submission_.bind(1, run_);
    add_submission_.bind(2, row.name);
    add_submission_.bind(3, row.results.string());
    add_submission_.bind(4, row.at);
    add_submission_.bind(5, int{row.is_late});
    add_submission_.bind(6, row.document.refused);
    add_submission_.bind(7, row.uploaded_as);
    if (owners.size() > 1) add_submission_.bind(8, group_of(owners));
    add_submission_.exec();
    return database_.getLastInsertRowid();
  }

  std::int64_t group_of(const std::set<std::int64_t>& owners) {
    std::string members;
    for (const std::int64_t owner : owners)
      members += (members.empty() ? "" : ",") + std::to_string(owner);
    SQLite::Statement find(database_, "SELECT id FROM groups WHERE members = ?");
    find.bind(1, members);
    if (find.executeStep()) return find.getColumn(0).getInt64();
    SQLite::Statement add(database_, "INSERT INTO groups (members) VALUES (?)");
    run_with(add, members);
    const std::int64_t group = database_.getLastInsertRowid();
    SQLite::Statement join(database_, "INSERT INTO group_members VALUES (?, ?)");
    for (const std::int64_t owner : owners) run_with(join, group, owner);
    return group;
  }

  SQLite::Database& database_;
  Imported& done_;
  std::int64_t run_ = 0;
  std::set<std::string> seen_;  ///< items of this run
  SQLite::Statement find_, add_student_, add_key_, renew_, add_item_, add_submission_, add_owner_,
      add_verdict_;
};

}  // namespace

Imported Gradebook::import(const FinishedRun& run) {
  Imported done;
  WriteTransaction transaction(database_);
  SQLite::Statement known(database_, "SELECT 1 FROM runs WHERE hash = ?");
  known.bind(1, run.hash());
  if (known.executeStep()) {
    done.was_there = true;
    return done;
  }
  Importer importer(database_, done);
  importer.begin(run);
  run.for_each_row([&](const RunRow& row) { importer.row(row); });
  transaction.commit();
  return done;
}

std::size_t Gradebook::add_students(const std::vector<RunPerson>& people) {
  Imported done;
  WriteTransaction transaction(database_);
  Importer importer(database_, done);
  for (const RunPerson& person : people) importer.student(person);
  transaction.commit();
  return done.new_students;
}

}  // namespace pset3::gradebook
