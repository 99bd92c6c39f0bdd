#include "grader/intake/gradescope_metadata.hpp"

#include <algorithm>

namespace pset3::intake {
namespace {

/// One line of the file, which Ruby has written: "  - :name: Jane Doe".
struct Line {
  std::size_t indent = 0;  ///< of the key, behind a dash
  bool begins_item = false;
  std::string key;  ///< without colons
  std::string value;
};

std::string unquoted(std::string_view text) {
  while (!text.empty() && (text.back() == ' ' || text.back() == '\r')) text.remove_suffix(1);
  const bool is_quoted = text.size() >= 2 && (text[0] == '"' || text[0] == '\'');
  if (!is_quoted || text.back() != text[0]) return std::string(text);
  const char quote = text[0];
  std::string plain;
  for (std::size_t i = 1; i + 1 < text.size(); ++i) {
    // A quote is doubled between single ones and has a backslash between double ones.
    const bool is_escape = quote == '"' ? text[i] == '\\' : text[i] == '\'';
    if (is_escape && i + 2 < text.size()) ++i;
    plain += text[i];
  }
  return plain;
}

Line line_of(std::string_view text) {
  Line line;
  line.indent = std::min(text.find_first_not_of(' '), text.size());
  if (text.substr(line.indent, 2) == "- ") {
    line.begins_item = true;
    line.indent = std::min(text.find_first_not_of(' ', line.indent + 1), text.size());
  }
  text.remove_prefix(line.indent);
  if (text.substr(0, 1) == ":") text.remove_prefix(1);
  const std::size_t colon = text.find(':');
  if (colon == std::string_view::npos) return line;
  line.key = unquoted(text.substr(0, colon));
  text.remove_prefix(colon + 1);
  text.remove_prefix(std::min(text.find_first_not_of(' '), text.size()));
  line.value = unquoted(text);
  return line;
}

class MetadataReader {
 public:
  void read(const Line& line) {
    if (line.indent == 0) {
      current_ = line.key.rfind("submission_", 0) == 0 ? &found_[line.key] : nullptr;
      section_.clear();
      return;
    }
    if (current_ == nullptr || line.key.empty()) return;
    if (section_.empty() || (line.indent <= section_indent_ && !line.begins_item)) {
      section_ = line.key;
      section_indent_ = line.indent;
      if (line.key == "created_at") current_->created_at = line.value;
      return;
    }
    if (section_ == "submitters") read_submitter(line);
  }

  std::map<std::string, ExportedSubmission> take() { return std::move(found_); }

 private:
  void read_submitter(const Line& line) {
    if (line.begins_item) current_->submitters.emplace_back();
    if (current_->submitters.empty()) return;
    Person& person = current_->submitters.back();
    if (line.key == "name") person.name = line.value;
    if (line.key == "sid") person.id = line.value;
    if (line.key == "email") person.email = line.value;
  }

  std::map<std::string, ExportedSubmission> found_;
  ExportedSubmission* current_ = nullptr;
  std::string section_;
  std::size_t section_indent_ = 0;
};

}  // namespace

std::map<std::string, ExportedSubmission> read_gradescope_metadata(std::string_view yaml) {
  MetadataReader reader;
  while (!yaml.empty()) {
    const std::string_view text = yaml.substr(0, yaml.find('\n'));
    yaml.remove_prefix(std::min(text.size() + 1, yaml.size()));
    const bool is_content = text.find_first_not_of(" \r") != std::string_view::npos &&
                            text.substr(0, 3) != "---" && text.substr(0, 1) != "#";
    if (is_content) reader.read(line_of(text));
  }
  return reader.take();
}

}  // namespace pset3::intake
