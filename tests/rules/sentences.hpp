#pragma once

#include <string>
#include <vector>

namespace pset3::rules {

/// The sentences of a header's comments, in their order. A tag (@param), a blank comment line and
/// the comment behind a member each begin a new one.
///
/// Left out are blocks that have the sentence "Given.", and where a function comes from
/// ("Source: …"). Of comments with two slashes only those that end with a full stop are taken: the
/// others are headings.
std::vector<std::string> sentences_of_header(const std::string& header);

/// The sentences of a handout that say what the checks do, in their order: of each paragraph, the
/// first one that names "the checks" or "one check", and all after it.
std::vector<std::string> sentences_of_handout(const std::string& handout);

}  // namespace pset3::rules
