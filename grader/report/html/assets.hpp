#pragma once

#include <string_view>

namespace pset3::report::html {

/// A text that stands in pages, and its hash as a content-security policy writes it.
struct Asset {
  std::string_view text;
  std::string_view hash;
};

/// The bundled front end. All texts are empty in a program that was built without Node.
struct Assets {
  Asset report;      ///< draws the report of one submission
  Asset class_page;  ///< draws the dashboard of a class
  Asset voxels;      ///< what a report with voxels needs besides: a 3-D library
  Asset style;
};

const Assets& assets();

}  // namespace pset3::report::html
