#include "grader/report/html/class_html.hpp"

#include "grader/report/html/web_page.hpp"

namespace pset3::report::html {

std::string class_html(const nlohmann::json& class_json, const nlohmann::json& links) {
  return web_page("Class", {{"class", class_json}, {"links", links}}, {assets().class_page});
}

}  // namespace pset3::report::html
