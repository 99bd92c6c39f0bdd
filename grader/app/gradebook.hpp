#pragma once

#include <optional>
#include <string>
#include <vector>

#include "grader/gradebook/book_text.hpp"
#include "grader/gradebook/gradebook.hpp"

namespace pset3::app {

/// What the commands of `pset3 gradebook` are given.
struct BookOptions {
  std::string book = "gradebook.sqlite";
  std::string run;
  std::string roster;
  std::string student;
  std::string item;
  std::string deadline;
  std::string file;
  std::string author;
  std::string text;  ///< a comment or a reason
  std::string at;
  double points = 0.0;
  int days = 0;
  bool withdraw = false;
};

/// Opens a gradebook and says when it was brought up to date.
gradebook::Gradebook open_book(const std::string& file);

int book_init(const BookOptions& options);
int book_import(const BookOptions& options);
int book_show(const BookOptions& options);
int book_score(const BookOptions& options);
int book_sheet(const BookOptions& options);
int book_load(const BookOptions& options);
int book_comment(const BookOptions& options);
int book_override(const BookOptions& options);
int book_extend(const BookOptions& options);
int book_time(const BookOptions& options);
int book_policy(const BookOptions& options);
int book_check(const BookOptions& options);
int book_backup(const BookOptions& options);

}  // namespace pset3::app
