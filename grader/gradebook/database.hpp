#pragma once

#include <SQLiteCpp/SQLiteCpp.h>
#include <SQLiteCpp/VariadicBind.h>

#include <filesystem>
#include <string>
#include <vector>

namespace pset3::gradebook {

/// What brings a database from one version of the schema to the next: the first one makes
/// version 1.
using Migrations = std::vector<std::string>;

/// The gradebook's own schema, version by version.
const Migrations& gradebook_migrations();

/// Opens a database with what a gradebook needs: foreign keys, a write-ahead log that is flushed at
/// each commit, and patience with others who are writing.
/// @param create  whether it is to be made; it must not exist then.
/// @throws InputError when there is none, it is no gradebook, or a newer pset3 made it.
SQLite::Database open_database(const std::filesystem::path& file, bool create);

/// Brings a database to the newest version, in one transaction a version. Before it changes one
/// that has something in it, it copies it to FILE.before_version_N.
/// @returns the backups that were made.
std::vector<std::filesystem::path> migrate(SQLite::Database& database,
                                           const std::filesystem::path& file,
                                           const Migrations& migrations);

/// A copy of a database at this moment, whole even while others write. @throws GraderError
void back_up(SQLite::Database& database, const std::filesystem::path& to);

/// Writes are one of these: it waits for other writers at its start, and not in its middle.
class WriteTransaction {
 public:
  explicit WriteTransaction(SQLite::Database& database)
      : transaction_(database, SQLite::TransactionBehavior::IMMEDIATE) {}
  void commit() { transaction_.commit(); }

 private:
  SQLite::Transaction transaction_;
};

}  // namespace pset3::gradebook
