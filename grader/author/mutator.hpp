#pragma once

#include <string>
#include <utility>
#include <vector>

#include "grader/author/mutations.hpp"
#include "grader/author/syntax_tree.hpp"

namespace pset3::author {

/// Whether an expression is a text: the words of a message are nobody's slip.
bool is_message_text(const SyntaxNode& node);

/// Walks through a syntax tree and writes down each change of one token, or about one.
class Mutator {
 public:
  Mutator(const std::string& source, const SyntaxTree& tree);

  /// In the order in which the tree has them; some may come twice.
  std::vector<Mutation> mutations();

 private:
  struct Variable {
    std::string id;
    std::string name;
    std::string type;
  };

  void walk(const SyntaxNode& node);
  void walk_children(const SyntaxNode& node);
  void walk_loop(const SyntaxNode& loop);
  void declare(const SyntaxNode& node);

  void change_operator(const SyntaxNode& node);
  void change_overloaded(const SyntaxNode& node);
  void change_unary(const SyntaxNode& node);
  void change_literal(const SyntaxNode& node);
  void change_name(const SyntaxNode& node);
  void change_variable(const SyntaxNode& node);
  void change_field(const SyntaxNode& node);
  void change_call(const SyntaxNode& node);
  void change_arguments(const SyntaxNode& node, std::size_t first);
  void change_condition(const SyntaxNode& condition);
  void leave_out_statements(const SyntaxNode& block);
  void leave_out_body(const SyntaxNode& statement);
  void move_bound(const SyntaxNode& condition);

  void replace(const char* kind, std::size_t begin, std::size_t end, std::string text);
  /// Puts the operators like it in the place of one that stands between two places.
  void replace_operator(const std::string& op, std::size_t begin, std::size_t end);
  std::string text(const SyntaxNode& node) const;

  const std::string& source_;
  const SyntaxTree& tree_;
  std::vector<std::pair<std::size_t, std::size_t>> blocks_;
  std::vector<Variable> visible_;  ///< the function's variables, in the order of their beginnings
  std::string function_;
  std::vector<Mutation> mutations_;
};

}  // namespace pset3::author
