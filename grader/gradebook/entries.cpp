// What people enter.

#include <fmt/format.h>

#include <map>

#include "grader/base/error.hpp"
#include "grader/gradebook/gradebook.hpp"

namespace pset3::gradebook {
namespace {

void require_author(const std::string& author) {
  if (author.empty()) throw InputError("who enters this? Say it with --by NAME");
}

const Deadline& deadline_named(const std::optional<Policy>& policy, const std::string& name) {
  if (!policy) {
    throw InputError("the gradebook has no policy yet; `pset3 gradebook policy FILE` sets it");
  }
  std::string known;
  for (const Deadline& deadline : policy->deadlines) {
    if (deadline.name == name) return deadline;
    known += (known.empty() ? "" : ", ") + deadline.name;
  }
  throw InputError(fmt::format("the policy has no deadline \"{}\"; it has {}", name, known));
}

}  // namespace

void Gradebook::set_policy(const Policy& policy) {
  WriteTransaction transaction(database_);
  SQLite::Statement insert(database_,
                           "INSERT INTO settings VALUES ('policy', ?) "
                           "ON CONFLICT (name) DO UPDATE SET value = excluded.value");
  insert.bind(1, to_json(policy).dump());
  insert.exec();
  transaction.commit();
}

void Gradebook::add_scores(const std::vector<NewScore>& scores, const std::string& author) {
  require_author(author);
  std::map<std::string, Item> known;
  for (const Item& one : items()) known[one.id] = one;
  WriteTransaction transaction(database_);
  SQLite::Statement insert(
      database_,
      "INSERT INTO scores (student, item, points, author, comment) VALUES (?, ?, ?, ?, ?)");
  for (const NewScore& score : scores) {
    const Item one = known.count(score.item) != 0 ? known[score.item] : item(score.item);
    if (!one.is_written) {
      throw InputError(score.item +
                       " is judged by the grader; `pset3 gradebook override` gives other points");
    }
    require_points(one, score.points);
    insert.bind(1, score.student);
    insert.bind(2, score.item);
    insert.bind(3, score.points);
    insert.bind(4, author);
    insert.bind(5, score.comment);
    insert.exec();
    insert.reset();
  }
  transaction.commit();
}

void Gradebook::add_comment(const Student& student, const Comment& comment) {
  require_author(comment.author);
  if (comment.text.empty()) throw InputError("the comment is empty");
  if (!comment.item.empty()) item(comment.item);
  WriteTransaction transaction(database_);
  SQLite::Statement insert(
      database_, "INSERT INTO comments (student, item, text, author) VALUES (?, ?, ?, ?)");
  insert.bind(1, student.id);
  if (!comment.item.empty()) insert.bind(2, comment.item);
  insert.bind(3, comment.text);
  insert.bind(4, comment.author);
  insert.exec();
  transaction.commit();
}

void Gradebook::override_points(const Student& student, const Item& item,
                                std::optional<double> points, const std::string& author,
                                const std::string& reason) {
  require_author(author);
  if (reason.empty()) throw InputError("an override needs its reason: --reason TEXT");
  if (points) require_points(item, *points);
  WriteTransaction transaction(database_);
  const StudentRecord now = record(student);
  if (!points && now.overrides.count(item.id) == 0) {
    throw InputError(student.name + " has no override of " + item.id + " to withdraw");
  }
  SQLite::Statement insert(database_,
                           "INSERT INTO overrides (student, item, points, author, reason, "
                           "over_verdict, over_points) VALUES (?, ?, ?, ?, ?, ?, ?)");
  insert.bind(1, student.id);
  insert.bind(2, item.id);
  if (points) insert.bind(3, *points);
  insert.bind(4, author);
  insert.bind(5, reason);
  const auto judged = now.judged.find(item.id);
  if (judged != now.judged.end()) {
    insert.bind(6, std::string(judge::name_of(judged->second.verdict)));
    insert.bind(7, judged->second.points);
  }
  insert.exec();
  transaction.commit();
}

void Gradebook::extend(const Student& student, const std::string& deadline,
                       const Extension& extension) {
  require_author(extension.author);
  if (extension.reason.empty()) throw InputError("an extension needs its reason: --reason TEXT");
  const std::optional<Policy> now = policy();
  deadline_named(now, deadline);
  if (!extension.until.empty()) Zone(now->zone).read(extension.until, Zone::OfTwo::kLater);
  WriteTransaction transaction(database_);
  SQLite::Statement insert(
      database_,
      "INSERT INTO extensions (student, deadline, days, until, author, reason) "
      "VALUES (?, ?, ?, ?, ?, ?)");
  insert.bind(1, student.id);
  insert.bind(2, deadline);
  insert.bind(3, extension.days);
  insert.bind(4, extension.until);
  insert.bind(5, extension.author);
  insert.bind(6, extension.reason);
  insert.exec();
  transaction.commit();
}

void Gradebook::set_time(const Student& student, const std::string& deadline, const std::string& at,
                         const std::string& author) {
  require_author(author);
  const std::optional<Policy> now = policy();
  deadline_named(now, deadline);
  Zone(now->zone).read(at, Zone::OfTwo::kEarlier);
  WriteTransaction transaction(database_);
  SQLite::Statement insert(
      database_,
      "INSERT INTO hand_in_times (student, deadline, handed_in_at, author) VALUES (?, ?, ?, ?)");
  insert.bind(1, student.id);
  insert.bind(2, deadline);
  insert.bind(3, at);
  insert.bind(4, author);
  insert.exec();
  transaction.commit();
}

}  // namespace pset3::gradebook
