#include "grader/author/mutator.hpp"

#include <algorithm>
#include <set>

namespace pset3::author {
namespace {

bool is_one_of(const std::string& word, const std::set<std::string>& words) {
  return words.count(word) != 0;
}

bool opens_scope(const SyntaxNode& node) {
  static const std::set<std::string> kScopes = {
      "FunctionDecl", "CXXMethodDecl",   "CXXConstructorDecl", "CompoundStmt",
      "ForStmt",      "CXXForRangeStmt", "LambdaExpr"};
  return is_one_of(node.kind, kScopes);
}

}  // namespace

bool is_message_text(const SyntaxNode& node) {
  return node.type.find("basic_string") != std::string::npos || node.type == "std::string";
}

Mutator::Mutator(const std::string& source, const SyntaxTree& tree)
    : source_(source), tree_(tree), blocks_(solution_blocks(source)) {}

std::vector<Mutation> Mutator::mutations() {
  for (const SyntaxNode& declaration : tree_.declarations) walk(declaration);
  return std::move(mutations_);
}

void Mutator::walk(const SyntaxNode& node) {
  const std::size_t outer = visible_.size();
  const std::string outer_function = function_;
  const bool is_function =
      node.is("FunctionDecl") || node.is("CXXMethodDecl") || node.is("CXXConstructorDecl");
  if (is_function && node.name != "operator()") function_ = node.name;
  if (is_function && function_.empty()) function_ = node.name;
  change_operator(node);
  change_literal(node);
  change_name(node);
  change_call(node);
  if (node.is("CompoundStmt")) leave_out_statements(node);
  if (node.is("IfStmt") || node.is("ConditionalOperator")) change_condition(node.inner[0]);
  if (node.is("ForStmt") || node.is("LambdaExpr")) {
    walk_loop(node);
  } else if (!node.is("CXXThrowExpr") &&
             !is_message_text(node)) {  // what a message says is nobody's slip
    walk_children(node);
  }
  if (opens_scope(node)) visible_.resize(outer);
  function_ = outer_function;
  declare(node);
}

void Mutator::walk_children(const SyntaxNode& node) {
  for (const SyntaxNode& child : node.inner) walk(child);
}

/// A step of a loop is left alone: most changes of it never end. Of a lambda the class is looked
/// at, since it has the parameters; the body comes once more behind it.
void Mutator::walk_loop(const SyntaxNode& loop) {
  for (std::size_t i = 0; i < loop.inner.size(); ++i) {
    if (loop.is("ForStmt") && i == 3) continue;
    if (loop.is("LambdaExpr") && loop.inner[i].is("CompoundStmt")) continue;
    if (loop.is("ForStmt") && i == 2) move_bound(loop.inner[i]);
    walk(loop.inner[i]);
  }
}

void Mutator::declare(const SyntaxNode& node) {
  const bool is_variable = node.is("VarDecl") || node.is("ParmVarDecl");
  if (!is_variable || node.name.empty() || node.name.rfind("__", 0) == 0) return;
  visible_.push_back({node.id, node.name, node.type});
}

void Mutator::replace(const char* kind, std::size_t begin, std::size_t end, std::string text) {
  const bool is_inside = std::any_of(blocks_.begin(), blocks_.end(), [&](const auto& block) {
    return block.first <= begin && end <= block.second && begin <= end;
  });
  if (!is_inside) return;
  Mutation mutation;
  mutation.function = function_;
  mutation.kind = kind;
  mutation.begin = begin;
  mutation.end = end;
  mutation.replacement = std::move(text);
  mutations_.push_back(std::move(mutation));
}

std::string Mutator::text(const SyntaxNode& node) const {
  return source_.substr(node.begin, node.end - node.begin);
}

void Mutator::replace_operator(const std::string& op, std::size_t begin, std::size_t end) {
  const std::size_t at = source_.find(op, begin);
  if (at == std::string::npos || at >= end) return;
  for (const std::string& other : operators_like(op)) {
    replace("operator", at, at + op.size(), other);
  }
}

void Mutator::change_operator(const SyntaxNode& node) {
  if (node.is("CXXOperatorCallExpr")) change_overloaded(node);
  if (node.is("UnaryOperator")) change_unary(node);
  const bool is_binary = node.is("BinaryOperator") || node.is("CompoundAssignOperator");
  if (!is_binary || node.inner.size() != 2) return;
  const SyntaxNode& left = node.inner[0];
  const SyntaxNode& right = node.inner[1];
  if (!left.has_place() || !right.has_place()) return;
  replace_operator(node.opcode, left.end, right.begin);
  if (node.opcode == "&&" || node.opcode == "||") {
    replace("condition left out", left.begin, right.end, text(left));
    replace("condition left out", left.begin, right.end, text(right));
  }
}

void Mutator::change_overloaded(const SyntaxNode& node) {
  const SyntaxNode& callee = without_implicit(node.inner[0]);
  const std::string prefix = "operator";
  if (is_message_text(node) || callee.refers_name.rfind(prefix, 0) != 0) return;
  const std::string op = callee.refers_name.substr(prefix.size());
  if (node.inner.size() == 3 && callee.end == callee.begin + op.size()) {
    replace_operator(op, callee.begin, callee.end);
  } else if (node.inner.size() == 2 && (op == "-" || op == "!")) {
    replace("sign left out", callee.begin, callee.end, " ");
  } else if (op == "()") {
    change_arguments(node, 2);
  }
}

void Mutator::change_unary(const SyntaxNode& node) {
  if (!node.has_place() || node.inner.empty()) return;
  if (node.opcode == "-" || node.opcode == "!") {
    replace("sign left out", node.begin, node.begin + 1, " ");
    return;
  }
  const bool is_postfix = node.inner[0].begin == node.begin;
  const std::size_t at = is_postfix ? node.last : node.begin;
  replace_operator(node.opcode, at, at + node.opcode.size());
}

void Mutator::change_literal(const SyntaxNode& node) {
  static const std::set<std::string> kLiterals = {"IntegerLiteral", "FloatingLiteral",
                                                  "CXXBoolLiteralExpr"};
  if (!is_one_of(node.kind, kLiterals) || !node.has_place()) return;
  for (const std::string& other : numbers_like(node)) {
    replace("constant", node.begin, node.end, other);
  }
}

}  // namespace pset3::author
