#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "grader/app/context.hpp"

namespace pset3::app {

/// What the verbs of `author` share.
struct AuthorOptions {
  std::string part;
  bool check = false;
};

/// The parts that the user asks for: all, if none.
std::vector<const judge::Rubric*> author_parts(const pipeline::Course& course,
                                               const std::string& part);

/// "[3/80] NAME", in a line that the next one overwrites.
void tell_progress(const std::string& what, std::size_t done, std::size_t total);

/// Writes files below the repository's root, and says so.
void write_all(const std::filesystem::path& root,
               const std::map<std::filesystem::path, std::string>& files);

CLI::App* add_author_verb(CLI::App& author, const char* name, const char* what, Context& context,
                          AuthorOptions& options);

/// The verbs that measure the grader: fairness, mutants.
void add_measures(CLI::App& author, Context& context, Action& chosen,
                  const std::shared_ptr<AuthorOptions>& options);

}  // namespace pset3::app
