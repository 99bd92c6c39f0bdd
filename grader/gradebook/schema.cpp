#include "grader/gradebook/database.hpp"

namespace pset3::gradebook {
namespace {

/// What people enter is never changed or removed: a newer line counts, or the day it was withdrawn.
/// Times are UTC. Of `verdicts` the newest submission of a part counts.
constexpr const char* kVersion1 = R"sql(
CREATE TABLE settings (
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT;
CREATE TABLE students (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  school_id TEXT NOT NULL DEFAULT '',
  email TEXT NOT NULL DEFAULT '',
  section TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE TABLE student_keys (
  key TEXT PRIMARY KEY,
  student INTEGER NOT NULL REFERENCES students
) STRICT, WITHOUT ROWID;
CREATE INDEX student_keys_student ON student_keys (student);
CREATE TABLE items (
  id TEXT PRIMARY KEY,
  part TEXT NOT NULL,
  title TEXT NOT NULL,
  max_points REAL NOT NULL CHECK (max_points >= 0),
  is_written INTEGER NOT NULL CHECK (is_written IN (0, 1)),
  is_extra INTEGER NOT NULL CHECK (is_extra IN (0, 1)),
  is_hidden INTEGER NOT NULL CHECK (is_hidden IN (0, 1)),
  place INTEGER NOT NULL
) STRICT;
CREATE TABLE runs (
  id INTEGER PRIMARY KEY,
  folder TEXT NOT NULL,
  hash TEXT NOT NULL UNIQUE,
  about TEXT NOT NULL,
  imported_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%SZ', 'now'))
) STRICT;
CREATE TABLE groups (
  id INTEGER PRIMARY KEY,
  members TEXT NOT NULL UNIQUE
) STRICT;
CREATE TABLE group_members (
  group_id INTEGER NOT NULL REFERENCES groups,
  student INTEGER NOT NULL REFERENCES students,
  PRIMARY KEY (group_id, student)
) STRICT, WITHOUT ROWID;
CREATE TABLE submissions (
  id INTEGER PRIMARY KEY,
  run INTEGER NOT NULL REFERENCES runs,
  name TEXT NOT NULL,
  results TEXT NOT NULL,
  handed_in_at TEXT NOT NULL DEFAULT '',
  is_late INTEGER NOT NULL CHECK (is_late IN (0, 1)),
  refused TEXT NOT NULL DEFAULT '',
  uploaded_as TEXT NOT NULL DEFAULT '',
  group_id INTEGER REFERENCES groups,
  UNIQUE (run, name)
) STRICT;
CREATE TABLE submission_students (
  submission INTEGER NOT NULL REFERENCES submissions,
  student INTEGER NOT NULL REFERENCES students,
  PRIMARY KEY (student, submission)
) STRICT, WITHOUT ROWID;
CREATE TABLE verdicts (
  submission INTEGER NOT NULL REFERENCES submissions,
  item TEXT NOT NULL REFERENCES items,
  verdict TEXT NOT NULL,
  points REAL NOT NULL,
  PRIMARY KEY (submission, item)
) STRICT, WITHOUT ROWID;
CREATE TABLE scores (
  id INTEGER PRIMARY KEY,
  student INTEGER NOT NULL REFERENCES students,
  item TEXT NOT NULL REFERENCES items,
  points REAL NOT NULL CHECK (points >= 0),
  author TEXT NOT NULL,
  comment TEXT NOT NULL DEFAULT '',
  at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%SZ', 'now'))
) STRICT;
CREATE INDEX scores_student ON scores (student);
CREATE TABLE overrides (
  id INTEGER PRIMARY KEY,
  student INTEGER NOT NULL REFERENCES students,
  item TEXT NOT NULL REFERENCES items,
  points REAL,
  author TEXT NOT NULL,
  reason TEXT NOT NULL CHECK (reason <> ''),
  over_verdict TEXT,
  over_points REAL,
  at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%SZ', 'now'))
) STRICT;
CREATE INDEX overrides_student ON overrides (student);
CREATE TABLE comments (
  id INTEGER PRIMARY KEY,
  student INTEGER NOT NULL REFERENCES students,
  item TEXT REFERENCES items,
  text TEXT NOT NULL,
  author TEXT NOT NULL,
  at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%SZ', 'now'))
) STRICT;
CREATE INDEX comments_student ON comments (student);
CREATE TABLE extensions (
  id INTEGER PRIMARY KEY,
  student INTEGER NOT NULL REFERENCES students,
  deadline TEXT NOT NULL,
  days INTEGER NOT NULL CHECK (days >= 0),
  until TEXT NOT NULL DEFAULT '',
  author TEXT NOT NULL,
  reason TEXT NOT NULL CHECK (reason <> ''),
  at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%SZ', 'now'))
) STRICT;
CREATE INDEX extensions_student ON extensions (student);
CREATE TABLE hand_in_times (
  id INTEGER PRIMARY KEY,
  student INTEGER NOT NULL REFERENCES students,
  deadline TEXT NOT NULL,
  handed_in_at TEXT NOT NULL,
  author TEXT NOT NULL,
  at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%SZ', 'now'))
) STRICT;
CREATE INDEX hand_in_times_student ON hand_in_times (student);
)sql";

}  // namespace

const Migrations& gradebook_migrations() {
  static const Migrations kMigrations = {kVersion1};
  return kMigrations;
}

}  // namespace pset3::gradebook
