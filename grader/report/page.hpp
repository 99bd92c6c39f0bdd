#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "grader/report/results.hpp"

namespace pset3::report {

/// What a piece of text is, from which follows its colour.
enum class Ink { kPlain, kBold, kGood, kHalf, kBad, kFaint, kAdvice, kOurFault };

struct Span {
  std::string text;
  Ink ink = Ink::kPlain;
};

/// @returns the columns that printable UTF-8 takes in a terminal.
int columns_of(std::string_view text);

/// @returns the text in at most `columns` columns, its end replaced by "…" where it was longer.
std::string shortened(std::string_view text, int columns);

/// Breaks text at spaces into lines of at most `columns` columns; lines of the text stay apart and
/// keep their indentation, and a word that is too long is cut.
std::vector<std::string> wrapped(std::string_view text, int columns);

/// A page of text for a terminal, written from top to bottom. Text given to it must be printable
/// already; colour and ASCII are the page's business.
class Page {
 public:
  explicit Page(const TextStyle& style);

  int width() const { return width_; }
  void blank();
  /// A line across the page.
  void rule();
  /// One line as it is, cut at the page's width.
  void line(const std::vector<Span>& spans);
  /// A head (a mark, say), text that is wrapped beside it, and a word at the right end of the first
  /// line.
  void row(int indent, const Span& head, const Span& text, const Span& right);
  /// Text that is wrapped, `indent` columns from the left, with a label of `label_columns` before
  /// it.
  void paragraph(int indent, const Span& label, int label_columns, const Span& text);

  std::string take() { return std::move(out_); }

 private:
  void put(const std::vector<Span>& spans);

  int width_;
  bool colour_;
  Glyphs glyphs_;
  std::string out_;
};

}  // namespace pset3::report
