#include <fmt/format.h>

#include <pugixml.hpp>
#include <sstream>

#include "grader/report/document.hpp"
#include "grader/report/explain.hpp"
#include "grader/report/exports.hpp"
#include "grader/report/inert.hpp"

namespace pset3::report {
namespace {

using judge::Verdict;

/// How JUnit calls the way in which a check ended; nullptr for one that passed.
const char* element_of(Verdict verdict) {
  switch (verdict) {
    case Verdict::kPassed:
      return nullptr;
    case Verdict::kNotAttempted:
    case Verdict::kBlocked:
      return "skipped";
    case Verdict::kGraderError:
      return "error";
    default:
      return "failure";
  }
}

void set(pugi::xml_node node, const char* name, const std::string& value) {
  node.append_attribute(name) = xml_text(value).c_str();
}

std::string seconds_of(double milliseconds) { return fmt::format("{:.3f}", milliseconds / 1000.0); }

double milliseconds_of(const CheckEntry& check) {
  double sum = 0.0;
  for (const judge::CaseFinding& finding : check.cases) sum += finding.wall_ms;
  return sum;
}

/// "p1_space_carving/carve.cpp" where the results say it, else the file's name.
std::string file_of(const CheckEntry& check, const PartEntry& part) {
  if (check.files.empty()) return "";
  const auto files = part.provenance.find("places");
  if (files == part.provenance.end() || !files->contains(check.files[0])) return check.files[0];
  return files->at(check.files[0]).value("path", check.files[0]);
}

void add_case(const CheckEntry& check, const PartEntry& part, pugi::xml_node suite) {
  pugi::xml_node node = suite.append_child("testcase");
  set(node, "classname", judge::question_of(check.id));
  set(node, "name", check.id.substr(check.id.rfind('.') + 1) + ": " + check.title);
  const std::string file = file_of(check, part);
  if (!file.empty()) set(node, "file", file);
  set(node, "time", seconds_of(milliseconds_of(check)));
  const char* element = element_of(check.verdict);
  if (element == nullptr) return;
  pugi::xml_node ending = node.append_child(element);
  set(ending, "message", verdict_sentence(check));
  const bool skipped = std::string_view(element) == "skipped";
  if (!skipped) set(ending, "type", std::string(judge::name_of(check.verdict)));
  ending.text().set(xml_text(gradescope_text(check, part)).c_str());
}

/// Counts of the endings in a suite, or in all of them.
struct Counts {
  int tests = 0, failures = 0, errors = 0, skipped = 0;

  void add(const CheckEntry& check) {
    ++tests;
    const char* element = element_of(check.verdict);
    if (element == nullptr) return;
    const std::string_view word = element;
    ++(word == "failure" ? failures : word == "error" ? errors : skipped);
  }
  void write(pugi::xml_node node, bool with_skipped) const {
    node.append_attribute("tests") = tests;
    node.append_attribute("failures") = failures;
    node.append_attribute("errors") = errors;
    if (with_skipped) node.append_attribute("skipped") = skipped;
  }
};

void add_suite(const Document& document, const PartEntry& part, pugi::xml_node root) {
  pugi::xml_node suite = root.append_child("testsuite");
  set(suite, "name", part.part + " " + part.title);
  Counts counts;
  double milliseconds = 0.0;
  for (const CheckEntry& check : document.checks) {
    if (check.part != part.part) continue;
    counts.add(check);
    milliseconds += milliseconds_of(check);
  }
  counts.write(suite, true);
  set(suite, "time", seconds_of(milliseconds));
  for (const CheckEntry& check : document.checks) {
    if (check.part == part.part) add_case(check, part, suite);
  }
}

/// A refused submission is one case that ends in an error: an empty file would look like success.
void add_refusal(const Document& document, pugi::xml_node root) {
  pugi::xml_node suite = root.append_child("testsuite");
  set(suite, "name", "hand-in");
  Counts{1, 0, 1, 0}.write(suite, true);
  pugi::xml_node node = suite.append_child("testcase");
  set(node, "classname", "hand-in");
  set(node, "name", document.submission + " can be taken");
  pugi::xml_node error = node.append_child("error");
  set(error, "message", "This submission was not taken, so nothing in it was judged.");
  error.text().set(xml_text(document.refused).c_str());
}

}  // namespace

std::string to_junit(const nlohmann::json& results, Audience audience) {
  const Document read = read_document(results);
  const Document document = audience == Audience::kStudent ? student_view(read) : read;
  pugi::xml_document xml;
  pugi::xml_node declaration = xml.append_child(pugi::node_declaration);
  declaration.append_attribute("version") = "1.0";
  declaration.append_attribute("encoding") = "UTF-8";
  pugi::xml_node root = xml.append_child("testsuites");
  set(root, "name", document.submission);
  Counts counts;
  for (const CheckEntry& check : document.checks) counts.add(check);
  if (!document.refused.empty()) counts = {1, 0, 1, 0};
  counts.write(root, false);
  set(root, "time", seconds_of(document.wall_ms));
  if (!document.refused.empty()) {
    add_refusal(document, root);
  } else {
    for (const PartEntry& part : document.parts) add_suite(document, part, root);
  }
  std::ostringstream text;
  xml.save(text, "  ");
  return text.str();
}

nlohmann::json to_gradescope(const nlohmann::json& results) {
  nlohmann::json document = json_of(read_document(results));
  document.erase("extra_data");
  for (nlohmann::json& test : document.at("tests")) test.erase("extra_data");
  return document;
}

}  // namespace pset3::report
