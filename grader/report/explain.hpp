#pragma once

#include <string>
#include <vector>

#include "grader/report/document.hpp"

namespace pset3::report {

/// One thing to say about a check, e.g. {"Expected", "1204 of 8000 voxels survive"}. The text may
/// have lines; an empty label continues the line before.
struct Remark {
  std::string label;
  std::string text;
  bool is_own_result = false;  ///< what the submission did, as against what was asked
};

/// The verdict in a short sentence: "Passed.", "Takes too long.", …
std::string verdict_sentence(const CheckEntry& check);

/// What was expected and got in the first case that did not pass, and the other ones briefly.
/// Empty for a check that passed.
std::vector<Remark> remarks_on_cases(const CheckEntry& check);

/// How the points of a check came about, where that is not plain: whole sentences.
std::vector<std::string> remarks_on_points(const CheckEntry& check);

/// @returns "Probably" for a mistake, "Or" for another one that it cannot be told from, "Seen" for
/// what is no guess: what the outputs have in common.
std::string mistake_label(const judge::Diagnosis& mistake, bool is_first);

/// "slip in the column of the pixel: y instead of x" of a mistake's name, whose "__" is a colon.
std::string mistake_words(const std::string& name);

/// "space_carving.cpp:42:17", with what is known of it.
std::string place_of(const Diagnostic& diagnostic);

/// "5", "12.5", "0.33": at most two digits, none that say nothing.
std::string points_text(double points);
/// "1 point", "12.5 points".
std::string counted_points(double points);

/// "23 of 25"; where there is extra credit "17.45 + 2 extra of 20 + 10".
std::string score_of(const Document& document);
/// The same for one of its parts.
std::string score_of(const Document& document, const PartEntry& part);
/// And for one of its checks, or several: `points` are without extra credit.
std::string score_text(double points, double max_points, double extra, double max_extra);

/// The output of one check as Gradescope shows it: plain text.
std::string gradescope_text(const CheckEntry& check, const PartEntry& part);

/// The output of a whole submission as Gradescope shows it: plain text that students see, so it
/// says nothing of hidden checks but their number and points.
std::string gradescope_summary(const Document& document);

/// The lines at the end of a report: points that are still open, by whom they are decided.
std::vector<std::string> open_points(const Document& document);

}  // namespace pset3::report
