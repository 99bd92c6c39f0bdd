#include "grader/report/html/web_page.hpp"

#include <fmt/format.h>

#include "grader/base/error.hpp"

namespace pset3::report::html {
namespace {

std::string escaped(const std::string& text) {
  std::string safe;
  for (const char c : text) {
    switch (c) {
      case '<':
        safe += "&lt;";
        break;
      case '>':
        safe += "&gt;";
        break;
      case '&':
        safe += "&amp;";
        break;
      case '"':
        safe += "&quot;";
        break;
      default:
        safe += c;
    }
  }
  return safe;
}

/// JSON in which nothing can end or change the script element that holds it.
std::string inert(const nlohmann::json& data) {
  const std::string text = data.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
  std::string safe;
  safe.reserve(text.size());
  for (const char c : text) {
    if (c == '<') {
      safe += "\\u003c";
    } else {
      safe += c;
    }
  }
  return safe;
}

std::string policy(const std::vector<Asset>& scripts) {
  std::string hashes;
  for (const Asset& script : scripts) hashes += fmt::format(" '{}'", script.hash);
  return fmt::format(
      "default-src 'none'; script-src{}; style-src '{}'; base-uri 'none'; form-action 'none'",
      hashes, assets().style.hash);
}

}  // namespace

bool can_write_pages() { return !assets().report.text.empty(); }

void require_pages() {
  if (can_write_pages()) return;
  throw InputError(
      "this pset3 was built without HTML reports, since Node.js or npm was missing or npm's "
      "registry "
      "could not be reached. Install the packages nodejs and npm, remove the folder build/, and "
      "type "
      "the same command again with a network connection");
}

std::string web_page(const std::string& title, const nlohmann::json& data,
                     const std::vector<Asset>& scripts) {
  require_pages();
  std::string page = fmt::format(
      "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
      "<meta http-equiv=\"Content-Security-Policy\" content=\"{}\">\n"
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
      "<meta name=\"color-scheme\" content=\"light dark\">\n"
      "<meta name=\"referrer\" content=\"no-referrer\">\n"
      "<title>{}</title>\n<style>{}</style>\n</head>\n<body>\n<div id=\"app\">\n"
      "<noscript>This page needs JavaScript. The text report beside it (report.txt) says the same."
      "</noscript>\n</div>\n",
      policy(scripts), escaped(title), assets().style.text);
  page += "<script type=\"application/json\" id=\"data\">" + inert(data) + "</script>\n";
  for (const Asset& script : scripts) {
    page.append("<script>").append(script.text).append("</script>\n");
  }
  return page + "</body>\n</html>\n";
}

}  // namespace pset3::report::html
