#pragma once

#include <set>
#include <string>
#include <vector>

#include "grader/report/document.hpp"
#include "grader/report/page.hpp"

namespace pset3::report {

/// Writes one part of a document: its heading, the compiler's messages, its questions and checks.
class PartText {
 public:
  /// @param told hints and mistakes that the page says already: nothing is said twice.
  PartText(const Document& document, const PartEntry& part, Page& page, std::set<std::string>& told,
           bool show_output);

  void write();
  /// One of several parts, in which nothing is written yet.
  bool is_one_line() const;

 private:
  using Checks = std::vector<const CheckEntry*>;

  void write_heading();
  void write_diagnostics();
  bool is_untouched() const;
  void write_first_steps();
  void write_question(const Checks& checks);
  void write_check(const CheckEntry& check);
  void write_remarks(const CheckEntry& check);
  void write_mistakes(const CheckEntry& check);
  void write_output(const CheckEntry& check);
  Checks folded(const Checks& checks) const;
  void write_folded(const Checks& checks);
  void write_quiet(const Checks& checks, judge::Verdict verdict);
  std::string reading(const std::string& section) const;

  const Document& document_;
  const PartEntry& part_;
  Page& page_;
  std::set<std::string>& told_;
  bool show_output_;
  std::vector<Checks> questions_;
};

}  // namespace pset3::report
