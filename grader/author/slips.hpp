#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "grader/author/mutants.hpp"
#include "grader/judge/engine.hpp"
#include "grader/pipeline/prepared_part.hpp"
#include "grader/pipeline/recorded_fixtures.hpp"

namespace pset3::author {

/// What a line of the solution is for, in words that do not give it away.
struct Label {
  std::string file;
  std::string function;
  std::string from;   ///< how the first line begins that it is for; up to the next label's
  std::string label;  ///< "the test that the pixel lies in the image"
};

/// Reads fixtures/<part>/labels.json; a part without one has none.
/// @throws InputError for a document of another form, and for a line that the solution does not
///         have in that function.
std::vector<Label> read_labels(const pipeline::Course& course, const judge::Rubric& rubric);

/// What a wrong program shows in the public checks that find it, and in those that it blocks: they
/// compare as well. Nothing when none finds it. It has no name and no explanation yet.
/// @param part  with PartOptions::from_reference.
std::optional<judge::KnownMistake> shown_by(const pipeline::PreparedPart& part,
                                            const std::map<std::string, std::string>& files,
                                            const std::vector<std::string>& failed,
                                            const std::vector<std::string>& blocked);

/// Whether it is more than how the program ended.
bool shows_a_value(const judge::KnownMistake& known);

/// Whether nothing that is recorded of two wrong programs tells them apart.
bool show_the_same(const judge::KnownMistake& a, const judge::KnownMistake& b,
                   const judge::Rubric& rubric, const judge::Checks& checks);

/// A part prepared for shown_by().
pipeline::PreparedPart part_to_record(const pipeline::Course& course, const judge::Rubric& rubric,
                                      const pipeline::Store& store);

/// Mutants as known mistakes, and how the first of those that show the same is made.
struct Slips {
  std::vector<judge::KnownMistake> known;
  std::vector<pipeline::SlipChange> changes;
};

/// @returns the mutants that lose points and that no known mistake names. Those that show the same
/// are one. One has no explanation, and so only counts once, where its line has no label, where it
/// may be in too many places, or where all that it shows is an end in a whole question.
/// @param mutants  all of a part.
Slips slips(const pipeline::Course& course, const judge::Rubric& rubric,
            const pipeline::Store& store, const Mutants& mutants);

}  // namespace pset3::author
