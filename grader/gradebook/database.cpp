#include "grader/gradebook/database.hpp"

#include <fmt/format.h>

#include "grader/base/error.hpp"

namespace pset3::gradebook {
namespace {

namespace fs = std::filesystem;

/// "ps3g", by which a gradebook is told from any other database.
constexpr int kApplicationId = 0x70733367;
constexpr int kPatienceMs = 20'000;

int pragma(SQLite::Database& database, const char* name) {
  return database.execAndGet(fmt::format("PRAGMA {}", name)).getInt();
}

void prepare(SQLite::Database& database) {
  database.exec("PRAGMA foreign_keys = ON");
  // NORMAL could lose the last commits when the power goes; a gradebook has few of them.
  database.exec("PRAGMA synchronous = FULL");
  database.exec("PRAGMA trusted_schema = OFF");
}

void require_gradebook(SQLite::Database& database, const fs::path& file) {
  if (pragma(database, "application_id") != kApplicationId) {
    throw InputError(file.string() +
                     ": a database, but no gradebook; expected a file that `pset3 gradebook init` "
                     "has made");
  }
  const auto newest = static_cast<int>(gradebook_migrations().size());
  const int version = pragma(database, "user_version");
  if (version > newest) {
    throw InputError(fmt::format(
        "{}: a gradebook of version {}, and this pset3 knows versions up to {}: use a newer pset3",
        file.string(), version, newest));
  }
}

SQLite::Database make(const fs::path& file) {
  if (fs::exists(file)) {
    throw InputError(file.string() + " is there already; choose another name with --book");
  }
  try {
    SQLite::Database database(file.string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE,
                              kPatienceMs);
    database.exec(fmt::format("PRAGMA application_id = {}", kApplicationId));
    database.exec("PRAGMA journal_mode = WAL");
    prepare(database);
    return database;
  } catch (const SQLite::Exception& error) {
    throw InputError("cannot make " + file.string() + ": " + error.what());
  }
}

}  // namespace

SQLite::Database open_database(const fs::path& file, bool create) {
  if (create) return make(file);
  if (!fs::exists(file)) {
    throw InputError("there is no gradebook " + file.string() +
                     "; `pset3 gradebook init` makes one, --book FILE names another");
  }
  try {
    SQLite::Database database(file.string(), SQLite::OPEN_READWRITE, kPatienceMs);
    prepare(database);
    require_gradebook(database, file);
    return database;
  } catch (const SQLite::Exception& error) {
    throw InputError(file.string() + " cannot be read as a gradebook: " + error.what());
  }
}

std::vector<fs::path> migrate(SQLite::Database& database, const fs::path& file,
                              const Migrations& migrations) {
  std::vector<fs::path> backups;
  for (;;) {
    const auto version = static_cast<std::size_t>(pragma(database, "user_version"));
    if (version >= migrations.size()) return backups;
    if (version > 0) {
      backups.push_back(file.string() + fmt::format(".before_version_{}", version + 1));
      back_up(database, backups.back());
    }
    WriteTransaction transaction(database);
    // Another process may have been faster.
    if (static_cast<std::size_t>(pragma(database, "user_version")) != version) continue;
    database.exec(migrations[version]);
    database.exec(fmt::format("PRAGMA user_version = {}", version + 1));
    transaction.commit();
  }
}

void back_up(SQLite::Database& database, const fs::path& to) {
  const fs::path part = to.string() + ".part";
  try {
    std::error_code ignored;
    fs::remove(part, ignored);
    SQLite::Statement copy(database, "VACUUM INTO ?");
    copy.bind(1, part.string());
    copy.exec();
    fs::rename(part, to);
  } catch (const std::exception& error) {
    throw GraderError("cannot write the backup " + to.string() + ": " + error.what() +
                      "; the gradebook itself is as it was");
  }
}

}  // namespace pset3::gradebook
