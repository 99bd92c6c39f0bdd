#include <algorithm>
#include <set>

#include "grader/author/mutator.hpp"

namespace pset3::author {
namespace {

/// Calls that are made for what they do, and not for what they return.
bool is_effect(const SyntaxNode& node) {
  static const std::set<std::string> kEffects = {
      "CallExpr",     "CXXMemberCallExpr", "CXXOperatorCallExpr", "CompoundAssignOperator",
      "CXXThrowExpr", "ContinueStmt",      "BreakStmt",           "UnaryOperator"};
  return kEffects.count(node.kind) != 0 || (node.is("BinaryOperator") && node.opcode == "=") ||
         (node.is("IfStmt") && !node.has_else);
}

/// An object that is declared for what it does until it goes: a guard.
bool is_guard(const SyntaxNode& statement) {
  if (!statement.is("DeclStmt") || statement.inner.size() != 1) return false;
  const SyntaxNode& variable = statement.inner[0];
  return variable.is("VarDecl") && !variable.is_used;
}

bool is_number(const std::string& type) {
  static const std::set<std::string> kNumbers = {"double", "float", "int", "long"};
  return kNumbers.count(type) != 0;
}

/// Eigen's calls that keep the shape of what they are called on, where the types differ.
bool keeps_shape(const std::string& name) {
  static const std::set<std::string> kNames = {
      "transpose", "exp",  "log",  "inverse", "square",   "abs",      "round", "floor",
      "ceil",      "tanh", "cosh", "sqrt",    "cwiseMax", "cwiseMin", "min",   "max"};
  return kNames.count(name) != 0;
}

}  // namespace

void Mutator::change_name(const SyntaxNode& node) {
  const bool is_name = node.is("DeclRefExpr") || node.is("MemberExpr");
  if (!is_name || !node.has_place()) return;
  const std::string name = source_.substr(node.last, node.end - node.last);
  for (const std::string& sibling : siblings_of(name)) {
    replace("name", node.last, node.end, sibling);
  }
  if (node.is("DeclRefExpr")) change_variable(node);
  if (node.is("MemberExpr")) change_field(node);
}

/// Takes the next variable of the type, and behind the last one the first.
void Mutator::change_variable(const SyntaxNode& node) {
  std::vector<Variable> alike;
  std::size_t own = visible_.size();
  for (const Variable& variable : visible_) {
    if (variable.id == node.refers_to) own = alike.size();
    if (variable.type == node.type) alike.push_back(variable);
  }
  if (own >= alike.size() || alike.size() < 2) return;
  replace("variable", node.last, node.end, alike[(own + 1) % alike.size()].name);
}

void Mutator::change_field(const SyntaxNode& node) {
  for (const auto& [id, fields] : tree_.records) {
    std::vector<Field> alike;
    std::size_t own = fields.size();
    for (const Field& field : fields) {
      if (field.id == node.refers_to) own = alike.size();
      if (field.type == node.type) alike.push_back(field);
    }
    if (own >= alike.size() || alike.size() < 2) continue;
    replace("field", node.last, node.end, alike[(own + 1) % alike.size()].name);
  }
}

void Mutator::change_call(const SyntaxNode& node) {
  if (node.is("CXXConstructExpr") || node.is("CXXTemporaryObjectExpr") || node.is("InitListExpr")) {
    change_arguments(node, 0);
  }
  const bool is_member = node.is("CXXMemberCallExpr");
  if ((!node.is("CallExpr") && !is_member) || !node.has_place() || is_message_text(node)) return;
  change_arguments(node, 1);
  if (is_member) {
    const SyntaxNode& member = without_implicit(node.inner[0]);
    if (member.inner.empty()) return;
    const SyntaxNode& object = without_implicit(member.inner[0]);
    if (object.has_place() && (object.type == node.type || keeps_shape(member.name))) {
      replace("call left out", object.end, node.end, "");
    }
  } else if (node.inner.size() > 1) {
    const SyntaxNode& argument = without_implicit(node.inner[1]);
    const bool fits =
        argument.type == node.type || (is_number(argument.type) && is_number(node.type));
    if (fits && argument.has_place()) {
      replace("call left out", node.begin, node.end, "(" + text(argument) + ")");
    }
  }
}

/// Exchanges neighbours of one type.
void Mutator::change_arguments(const SyntaxNode& node, std::size_t first) {
  for (std::size_t i = first; i + 1 < node.inner.size(); ++i) {
    const SyntaxNode& a = node.inner[i];
    const SyntaxNode& b = node.inner[i + 1];
    if (!a.has_place() || !b.has_place() || a.type != b.type || a.end > b.begin) continue;
    replace("arguments exchanged", a.begin, b.end,
            text(b) + source_.substr(a.end, b.begin - a.end) + text(a));
  }
}

void Mutator::change_condition(const SyntaxNode& condition) {
  if (!condition.has_place()) return;
  replace("condition negated", condition.begin, condition.end, "!(" + text(condition) + ")");
}

void Mutator::move_bound(const SyntaxNode& condition) {
  const bool is_bound = condition.is("BinaryOperator") && condition.opcode[0] == '<';
  if (!is_bound || !condition.inner[1].has_place()) return;
  replace("bound", condition.inner[1].end, condition.inner[1].end, " - 1");
}

void Mutator::leave_out_statements(const SyntaxNode& block) {
  for (const SyntaxNode& child : block.inner) {
    const SyntaxNode& statement = without_implicit(child);
    if (!statement.has_place()) continue;
    if (is_effect(statement)) replace("statement left out", statement.begin, statement.end, "");
    if (is_guard(statement)) replace("statement left out", statement.begin, statement.end, "");
    leave_out_body(statement);
  }
}

/// A branch or a body that is one statement without braces.
void Mutator::leave_out_body(const SyntaxNode& statement) {
  const bool is_branch = statement.is("IfStmt");
  if (!is_branch && !statement.is("ForStmt") && !statement.is("CXXForRangeStmt")) return;
  for (std::size_t i = is_branch ? 1 : statement.inner.size() - 1; i < statement.inner.size();
       ++i) {
    const SyntaxNode& single = without_implicit(statement.inner[i]);
    if (!single.has_place() || !is_effect(single)) continue;
    replace("statement left out", single.begin, single.end, "");
  }
}

}  // namespace pset3::author
