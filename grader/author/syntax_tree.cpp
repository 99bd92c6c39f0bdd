#include "grader/author/syntax_tree.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>

#include "grader/base/error.hpp"
#include "grader/build/library_set.hpp"

namespace pset3::author {
namespace {

using Json = nlohmann::json;

std::string text_of(const Json& json, const char* key) {
  const auto found = json.find(key);
  return found != json.end() && found->is_string() ? found->get<std::string>() : "";
}

bool is_set(const Json& json, const char* key) {
  const auto found = json.find(key);
  return found != json.end() && found->is_boolean() && found->get<bool>();
}

std::string type_of(const Json& json) {
  const auto type = json.find("type");
  if (type == json.end()) return "";
  std::string name = text_of(*type, "desugaredQualType");
  if (name.empty()) name = text_of(*type, "qualType");
  if (name.rfind("const ", 0) == 0) name.erase(0, 6);
  while (!name.empty() && (name.back() == '&' || name.back() == ' ')) name.pop_back();
  return name;
}

/// Where a token stands in the file; a token of a macro stands nowhere.
bool read_place(const Json& range, const char* which, std::size_t& offset, std::size_t& length) {
  const auto place = range.find(which);
  if (place == range.end() || !place->contains("offset")) return false;
  offset = place->at("offset").get<std::size_t>();
  length = place->value("tokLen", std::size_t{0});
  return true;
}

void read_range(const Json& json, SyntaxNode& node) {
  const auto range = json.find("range");
  std::size_t begin = 0;
  std::size_t last = 0;
  std::size_t length = 0;
  if (range == json.end() || !read_place(*range, "begin", begin, length) ||
      !read_place(*range, "end", last, length)) {
    return;
  }
  node.begin = begin;
  node.last = last;
  node.end = last + length;
}

void read_reference(const Json& json, SyntaxNode& node) {
  const auto declared = json.find("referencedDecl");
  if (declared != json.end()) {
    node.refers_to = text_of(*declared, "id");
    node.refers_name = text_of(*declared, "name");
  } else {
    node.refers_to = text_of(json, "referencedMemberDecl");
    node.refers_name = node.refers_to.empty() ? "" : node.name;
  }
}

SyntaxNode node_of(const Json& json) {
  SyntaxNode node;
  node.kind = text_of(json, "kind");
  node.name = text_of(json, "name");
  node.type = type_of(json);
  node.opcode = text_of(json, "opcode");
  node.value = text_of(json, "value");
  if (node.is("CXXBoolLiteralExpr")) node.value = is_set(json, "value") ? "true" : "false";
  node.id = text_of(json, "id");
  node.is_used = is_set(json, "isUsed") || is_set(json, "isReferenced");
  node.has_else = is_set(json, "hasElse");
  read_range(json, node);
  read_reference(json, node);
  if (const auto inner = json.find("inner"); inner != json.end()) {
    for (const Json& child : *inner) node.inner.push_back(node_of(child));
  }
  return node;
}

void collect_records(const SyntaxNode& node, SyntaxTree& tree) {
  if (node.is("CXXRecordDecl")) {
    std::vector<Field>& fields = tree.records[node.id];
    for (const SyntaxNode& child : node.inner) {
      if (child.is("FieldDecl")) fields.push_back({child.id, child.name, child.type});
    }
  }
  for (const SyntaxNode& child : node.inner) collect_records(child, tree);
}

}  // namespace

std::vector<std::string> syntax_tree_command(const judge::Rubric& rubric,
                                             const std::filesystem::path& file) {
  const build::LibrarySet& libraries = build::library_set(rubric.libraries);
  std::vector<std::string> command = {build::compiler()};
  for (const std::string& flag : build::common_compile_flags()) command.push_back(flag);
  for (const std::string& flag : libraries.compile_flags) command.push_back(flag);
  for (const char* flag : {"-w", "-I.", "-fsyntax-only", "-Xclang", "-ast-dump=json", "-Xclang",
                           "-ast-dump-filter=pset3::"}) {
    command.emplace_back(flag);
  }
  command.push_back(file.string());
  return command;
}

SyntaxTree parse_syntax_tree(const std::string& text, const std::filesystem::path& file) {
  SyntaxTree tree;
  constexpr std::string_view kDocumentEnd = "\n}\n";  // of a document: all else is indented
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t found = text.find(kDocumentEnd, begin);
    const std::size_t end = found == std::string::npos ? text.size() : found + kDocumentEnd.size();
    const Json json = Json::parse(text.begin() + static_cast<std::ptrdiff_t>(begin),
                                  text.begin() + static_cast<std::ptrdiff_t>(end), nullptr, false);
    if (json.is_discarded()) {
      throw GraderError("the compiler cannot show the syntax tree of " + file.string() + ": " +
                        text.substr(begin, 400));
    }
    begin = end;
    SyntaxNode node = node_of(json);
    collect_records(node, tree);
    const bool is_own = json.contains("loc") && text_of(json["loc"], "file") == file.string();
    if (is_own) tree.declarations.push_back(std::move(node));
  }
  return tree;
}

const SyntaxNode& without_implicit(const SyntaxNode& node) {
  static const std::set<std::string> kAdded = {"ImplicitCastExpr", "MaterializeTemporaryExpr",
                                               "ExprWithCleanups", "CXXBindTemporaryExpr"};
  if (kAdded.count(node.kind) == 0 || node.inner.empty()) return node;
  return without_implicit(node.inner[0]);
}

}  // namespace pset3::author
