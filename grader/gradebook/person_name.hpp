#pragma once

#include <string>
#include <utility>

namespace pset3::gradebook {

/// The same text for "Adams, Amy" and "amy  Adams": the words in the order of the alphabet.
std::string words_in_order(const std::string& name);

/// First and last name of "Amy B. Adams" or "Adams, Amy B."; of one word, no last name.
std::pair<std::string, std::string> first_and_last(const std::string& name);

}  // namespace pset3::gradebook
