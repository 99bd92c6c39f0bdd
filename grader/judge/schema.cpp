#include "grader/judge/schema.hpp"

#include <fmt/format.h>

#include <valijson/adapters/nlohmann_json_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validation_results.hpp>
#include <valijson/validator.hpp>
#include <vector>

#include "grader/base/error.hpp"
#include "grader/base/text.hpp"

namespace pset3::judge {
namespace {

using nlohmann::json;
using valijson::adapters::NlohmannJsonAdapter;

/// valijson writes a place as "<root>", "[checks]", "[0]".
json::json_pointer pointer_of(const std::vector<std::string>& context) {
  json::json_pointer pointer;
  for (std::size_t i = 1; i < context.size(); ++i) {
    pointer.push_back(context[i].substr(1, context[i].size() - 2));
  }
  return pointer;
}

const json& resolve(const json& schema, const json& node) {
  if (!node.contains("$ref")) return node;
  const std::string reference = node["$ref"].get<std::string>();
  return schema.at(json::json_pointer(reference.substr(1)));
}

/// What the schema says in words of the value at a place; "" where it says nothing.
std::string description_of(const json& schema, const std::vector<std::string>& context) {
  const json* node = &schema;
  for (std::size_t i = 1; i < context.size(); ++i) {
    const std::string key = context[i].substr(1, context[i].size() - 2);
    if (node->contains("properties") && (*node)["properties"].contains(key)) {
      node = &(*node)["properties"][key];
    } else if (node->contains("items")) {
      node = &(*node)["items"];
    } else {
      return {};
    }
    node = &resolve(schema, *node);
  }
  return node->value("description", "");
}

/// The innermost complaint: the outer ones only repeat that something inside does not fit.
valijson::ValidationResults::Error innermost(valijson::ValidationResults& results) {
  valijson::ValidationResults::Error best;
  valijson::ValidationResults::Error error;
  while (results.popError(error)) {
    if (error.context.size() > best.context.size()) best = error;
  }
  return best;
}

}  // namespace

std::string excerpt(const json& value) {
  const std::string text = value.dump(-1, ' ', false, json::error_handler_t::replace);
  return text.size() <= 120 ? text : text.substr(0, 117) + "...";
}

void require_schema(const std::string& name, const json& document, const json& schema) {
  valijson::Schema compiled;
  valijson::SchemaParser parser;
  parser.populateSchema(NlohmannJsonAdapter(schema), compiled);
  valijson::Validator validator;
  valijson::ValidationResults results;
  if (validator.validate(compiled, NlohmannJsonAdapter(document), &results)) return;
  const valijson::ValidationResults::Error error = innermost(results);
  const json::json_pointer pointer = pointer_of(error.context);
  const std::string place = pointer.empty() ? "/" : pointer.to_string();
  const std::string description = description_of(schema, error.context);
  throw InputError(fmt::format("{}: at {}: expected {}; found {} ({})", name, place,
                               description.empty() ? "what the schema asks for" : description,
                               printable(excerpt(document.at(pointer))), error.description));
}

}  // namespace pset3::judge
