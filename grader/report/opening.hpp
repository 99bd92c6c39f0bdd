#pragma once

#include "grader/report/document.hpp"
#include "grader/report/page.hpp"

namespace pset3::report {

/// Writes what stands above a student's report: what changed since an earlier check of the same
/// files, and what to do next.
/// @param before  nullptr for the first check.
void write_opening(const Document& now, const Document* before, Page& page);

/// Whether nothing is written in any of a document's parts.
bool is_untouched(const Document& document);

}  // namespace pset3::report
