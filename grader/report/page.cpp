#include "grader/report/page.hpp"

#include <fmt/color.h>
#include <locale.h>
#include <wchar.h>

#include <algorithm>
#include <cstring>
#include <memory>
#include <utility>

namespace pset3::report {
namespace {

constexpr int kNarrowest = 48;

/// The C library's tables of character widths, whatever locale the program runs in.
class Utf8Locale {
 public:
  Utf8Locale() : before_(uselocale(shared())) {}
  ~Utf8Locale() { uselocale(before_); }
  Utf8Locale(const Utf8Locale&) = delete;
  Utf8Locale& operator=(const Utf8Locale&) = delete;

 private:
  static locale_t shared() {
    static const locale_t kLocale = newlocale(LC_CTYPE_MASK, "C.UTF-8", locale_t{});
    return kLocale;
  }
  locale_t before_;
};

struct Glyph {
  std::string_view bytes;
  int columns = 1;
};

std::vector<Glyph> glyphs_of(std::string_view text) {
  const Utf8Locale locale;
  std::vector<Glyph> glyphs;
  std::mbstate_t state{};
  while (!text.empty()) {
    wchar_t value = 0;
    const std::size_t length = std::mbrtowc(&value, text.data(), text.size(), &state);
    const bool valid = length != 0 && length <= text.size();
    if (!valid) state = std::mbstate_t{};
    glyphs.push_back({text.substr(0, valid ? length : 1), valid ? std::max(0, wcwidth(value)) : 1});
    text.remove_prefix(glyphs.back().bytes.size());
  }
  return glyphs;
}

/// The longest start of `text` that fits into `columns`, and at least one glyph.
std::string_view head_of(std::string_view text, int columns) {
  std::size_t bytes = 0;
  int used = 0;
  for (const Glyph& glyph : glyphs_of(text)) {
    if (bytes > 0 && used + glyph.columns > columns) break;
    used += glyph.columns;
    bytes += glyph.bytes.size();
  }
  return text.substr(0, bytes);
}

void wrap_line(std::string_view line, int columns, std::vector<std::string>& lines) {
  std::size_t spaces = std::min(line.find_first_not_of(' '), line.size());
  spaces = std::min(spaces, static_cast<std::size_t>(columns / 2));
  const std::string indent(spaces, ' ');
  std::string current = indent;
  bool empty = true;
  while (!line.empty()) {
    line.remove_prefix(std::min(line.find_first_not_of(' '), line.size()));
    std::string_view word = line.substr(0, line.find(' '));
    if (word.empty()) break;
    if (!empty && columns_of(current) + 1 + columns_of(word) > columns) {
      lines.push_back(std::exchange(current, indent));
      empty = true;
    }
    if (empty) word = head_of(word, columns - static_cast<int>(spaces));
    current.append(empty ? "" : " ").append(word);
    empty = false;
    line.remove_prefix(word.size());
    // The rest of a word that was cut starts its own line.
    if (!line.empty() && line[0] != ' ') {
      lines.push_back(std::exchange(current, indent));
      empty = true;
    }
  }
  if (!empty || lines.empty()) lines.push_back(empty ? "" : current);
}

std::string in_ascii(std::string_view text) {
  static constexpr std::pair<std::string_view, char> kNear[] = {
      {"✓", '+'}, {"✗", 'x'}, {"½", '~'}, {"○", 'o'}, {"─", '-'}, {"—", '-'},  {"–", '-'},
      {"·", '.'}, {"…", '.'}, {"█", '#'}, {"“", '"'}, {"”", '"'}, {"‘", '\''}, {"’", '\''},
      {"×", 'x'}, {"≤", '<'}, {"≥", '>'}, {"→", '>'}, {"é", 'e'}};
  std::string ascii;
  for (const Glyph& glyph : glyphs_of(text)) {
    const auto* near = std::find_if(std::begin(kNear), std::end(kNear),
                                    [&](const auto& pair) { return pair.first == glyph.bytes; });
    if (glyph.bytes.size() == 1 && static_cast<unsigned char>(glyph.bytes[0]) < 0x80) {
      ascii += glyph.bytes;
    } else if (near != std::end(kNear)) {
      ascii += near->second;
    } else {
      ascii.append(static_cast<std::size_t>(glyph.columns), '?');
    }
  }
  return ascii;
}

fmt::text_style style_of(Ink ink) {
  switch (ink) {
    case Ink::kPlain:
      return {};
    case Ink::kBold:
      return fmt::emphasis::bold;
    case Ink::kGood:
      return fmt::fg(fmt::terminal_color::green);
    case Ink::kHalf:
      return fmt::fg(fmt::terminal_color::yellow);
    case Ink::kBad:
      return fmt::fg(fmt::terminal_color::red);
    case Ink::kFaint:
      return fmt::emphasis::faint;
    case Ink::kAdvice:
      return fmt::fg(fmt::terminal_color::cyan);
    case Ink::kOurFault:
      return fmt::fg(fmt::terminal_color::magenta);
  }
  return {};
}

std::string spaces(int count) {
  return std::string(static_cast<std::size_t>(std::max(0, count)), ' ');
}

}  // namespace

int columns_of(std::string_view text) {
  int columns = 0;
  for (const Glyph& glyph : glyphs_of(text)) columns += glyph.columns;
  return columns;
}

std::string shortened(std::string_view text, int columns) {
  if (columns_of(text) <= columns) return std::string(text);
  if (columns < 2) return std::string(static_cast<std::size_t>(std::max(0, columns)), '.');
  return std::string(head_of(text, columns - 1)) + "…";
}

std::vector<std::string> wrapped(std::string_view text, int columns) {
  columns = std::max(columns, 8);
  std::vector<std::string> lines;
  while (true) {
    const std::size_t end = text.find('\n');
    std::vector<std::string> here;
    wrap_line(text.substr(0, end), columns, here);
    lines.insert(lines.end(), here.begin(), here.end());
    if (end == std::string_view::npos) return lines;
    text.remove_prefix(end + 1);
  }
}

Page::Page(const TextStyle& style)
    : width_(std::max(style.width, kNarrowest)), colour_(style.colour), glyphs_(style.glyphs) {}

void Page::blank() { out_ += '\n'; }

void Page::rule() {
  std::string dashes;
  for (int i = 1; i < width_; ++i) dashes += "─";
  put({{" " + dashes, Ink::kFaint}});
}

void Page::line(const std::vector<Span>& spans_in) {
  std::vector<Span> kept;
  int left = width_;
  for (const Span& span : spans_in) {
    if (left <= 0) break;
    kept.push_back({shortened(span.text, left), span.ink});
    left -= columns_of(kept.back().text);
  }
  put(kept);
}

void Page::row(int indent, const Span& head, const Span& text, const Span& right) {
  const int start = indent + columns_of(head.text) + 1;
  const int right_columns = columns_of(right.text);
  const std::vector<std::string> lines = wrapped(text.text, width_ - start - right_columns - 2);
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (i > 0) {
      put({{spaces(start)}, {lines[i], text.ink}});
      continue;
    }
    const int gap = width_ - start - columns_of(lines[i]) - right_columns;
    put({{spaces(indent)}, head, {" "}, {lines[i], text.ink}, {spaces(gap)}, right});
  }
}

void Page::paragraph(int indent, const Span& label, int label_columns, const Span& text) {
  const std::vector<std::string> lines = wrapped(text.text, width_ - indent - label_columns);
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const std::string shown = i == 0 ? label.text : "";
    put({{spaces(indent)},
         {shown, label.ink},
         {spaces(label_columns - columns_of(shown))},
         {lines[i], text.ink}});
  }
}

void Page::put(const std::vector<Span>& spans_in) {
  std::string line;
  for (const Span& span : spans_in) {
    const std::string text = glyphs_ == Glyphs::kAscii ? in_ascii(span.text) : span.text;
    const bool inked = colour_ && span.ink != Ink::kPlain && !text.empty();
    line += inked ? fmt::format(style_of(span.ink), "{}", text) : text;
  }
  line.erase(line.find_last_not_of(' ') + 1);
  out_ += line + "\n";
}

}  // namespace pset3::report
