#include <fmt/format.h>

#include <map>

#include "grader/author/mutations.hpp"

namespace pset3::author {
namespace {

using Siblings = std::map<std::string, std::vector<std::string>>;

/// Each name of a group may be mistaken for the next one of it.
Siblings all_siblings() {
  const std::vector<std::vector<std::string>> groups = {
      {"min", "max"},
      {"cwiseMin", "cwiseMax"},
      {"minCoeff", "maxCoeff"},
      {"argmin", "argmax"},
      {"mean", "sum"},
      {"prod", "sum"},
      {"norm", "squaredNorm"},
      {"floor", "ceil", "round"},
      {"sqrt", "cbrt"},
      {"exp", "log"},
      {"sin", "cos"},
      {"sinh", "cosh"},
      {"tanh", "sigmoid"},
      {"softmax", "log_softmax"},
      {"abs", "square"},
      {"hypot", "max"},
      {"x", "y", "z"},
      {"rows", "cols"},
      {"row", "col"},
      {"rowwise", "colwise"},
      {"leftCols", "rightCols"},
      {"topRows", "bottomRows"},
      {"front", "back"},
      {"train", "eval"},
      {"zeros", "ones"},
      {"setZero", "setOnes"},
      {"Zero", "Ones"},
      {"eq", "ne"},
      {"gt", "ge"},
      {"lt", "le"},
      {"maximum", "minimum"},
      {"stack", "cat"},
      {"l1_loss", "mse_loss"},
      {"rand", "randn"},
      {"kNearest", "kBilinear"},
      {"kBorder", "kZeros"},
      {"ReLU", "Sigmoid"},
  };
  Siblings all;
  for (const auto& group : groups) {
    for (std::size_t i = 0; i < group.size(); ++i) {
      std::vector<std::string>& own = all[group[i]];
      if (own.empty()) own.push_back(group[(i + 1) % group.size()]);
    }
  }
  return all;
}

using Operators = std::map<std::string, std::vector<std::string>>;

const std::vector<std::string>& entry(const Operators& all, const std::string& key) {
  static const std::vector<std::string> kNone;
  const auto found = all.find(key);
  return found == all.end() ? kNone : found->second;
}

/// With a point, so that it stays a number of its kind.
std::string as_literal(double value) {
  std::string text = fmt::format("{}", value);
  if (text.find_first_of(".e") == std::string::npos) text += ".0";
  return text;
}

}  // namespace

const std::vector<std::string>& operators_like(const std::string& op) {
  static const Operators kAll = {
      {"<", {"<=", ">"}},  {"<=", {"<", ">="}}, {">", {">=", "<"}},  {">=", {">", "<="}},
      {"==", {"!="}},      {"!=", {"=="}},      {"+", {"-"}},        {"-", {"+"}},
      {"*", {"/"}},        {"/", {"*"}},        {"%", {"/"}},        {"&&", {"||"}},
      {"||", {"&&"}},      {"+=", {"-=", "="}}, {"-=", {"+=", "="}}, {"*=", {"/=", "="}},
      {"/=", {"*=", "="}}, {"++", {"--"}},      {"--", {"++"}},
  };
  return entry(kAll, op);
}

std::vector<std::string> numbers_like(const SyntaxNode& literal) {
  if (literal.is("CXXBoolLiteralExpr")) return {literal.value == "true" ? "false" : "true"};
  const double value = std::stod(literal.value);
  if (literal.is("IntegerLiteral")) {
    const long long whole = std::stoll(literal.value);
    if (whole == 0) return {"1"};
    return {std::to_string(whole + 1), std::to_string(whole - 1)};
  }
  if (value == 0.0) return {"1.0"};
  if (value == 1.0) return {"2.0", "0.0"};
  return {as_literal(2.0 * value), as_literal(value / 2.0)};
}

const std::vector<std::string>& siblings_of(const std::string& name) {
  static const Siblings kAll = all_siblings();
  return entry(kAll, name);
}

}  // namespace pset3::author
