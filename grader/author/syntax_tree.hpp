#pragma once

#include <cstddef>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "grader/judge/rubric.hpp"

namespace pset3::author {

/// An expression, a statement or a declaration of one source file, as clang sees it. What comes
/// from a macro has no place of its own, and is left out with all that is in it.
struct SyntaxNode {
  std::string kind;         ///< clang's word: "BinaryOperator", "CallExpr", …
  std::string name;         ///< of what it declares, or of the member that it takes
  std::string type;         ///< without const, references and aliases
  std::string opcode;       ///< of an operator: "<="
  std::string value;        ///< of a literal
  std::string id;           ///< of a declaration
  std::string refers_to;    ///< the id of the variable, function or member that is used
  std::string refers_name;  ///< its name, where clang gives it
  bool is_used = false;     ///< for a declared variable
  bool has_else = false;    ///< for an if
  std::size_t begin = 0;    ///< where its text begins, in bytes
  std::size_t last = 0;     ///< where its last token begins
  std::size_t end = 0;      ///< one behind its text
  std::vector<SyntaxNode> inner;

  bool is(const char* wanted) const { return kind == wanted; }
  bool has_place() const { return end > begin; }
};

/// A field of a struct of ours and its type.
struct Field {
  std::string id;
  std::string name;
  std::string type;
};

struct SyntaxTree {
  std::vector<SyntaxNode> declarations;               ///< those in the file itself
  std::map<std::string, std::vector<Field>> records;  ///< id of a struct -> its fields, in order
};

/// The program that prints the tree of a file, and what it is told.
/// @param source  the repository's root. @param file  below it.
std::vector<std::string> syntax_tree_command(const judge::Rubric& rubric,
                                             const std::filesystem::path& file);

/// Reads what that program prints: JSON documents, one behind the other.
/// @param file  as in the command: only its own declarations are taken.
/// @throws GraderError when it is no such text.
SyntaxTree parse_syntax_tree(const std::string& text, const std::filesystem::path& file);

/// Skips the casts and temporaries that clang adds by itself.
const SyntaxNode& without_implicit(const SyntaxNode& node);

}  // namespace pset3::author
