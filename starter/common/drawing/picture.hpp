#pragma once

#include <filesystem>
#include <opencv2/core.hpp>
#include <string>
#include <vector>

namespace pset3::drawing {

enum class Align { kLeft, kCentre };

struct TextStyle {
  int size_px = 22;                  ///< height of the line
  cv::Scalar colour = {60, 50, 45};  ///< blue, green, red
  bool bold = false;
  Align align = Align::kLeft;
};

/// Writes one line of text (UTF-8) into a picture, smoothly, in DejaVu Sans.
///
/// @param at  (column, row) of the line's left end or centre, on the baseline.
/// @returns the width of the text in pixels.
/// @throws DataError when the font is not installed.
int draw_text(cv::Mat& picture, const std::string& text, cv::Point at, const TextStyle& style = {});

/// A picture with the line that stands under it.
struct Panel {
  cv::Mat image;  ///< CV_8UC3 or CV_8UC1
  std::string caption;
};

struct SheetOptions {
  int columns = 4;      ///< panels in a row
  int gap_px = 16;      ///< around every panel
  int text_px = 22;     ///< size of captions
  std::string title{};  ///< above everything; empty = none
};

/// Lays pictures out in rows, on white, each with its caption. Rows are as high, and columns as
/// wide, as their largest panel.
/// @throws std::invalid_argument when there is no panel, a panel has no image, or columns < 1.
cv::Mat sheet(const std::vector<Panel>& panels, const SheetOptions& options = {});

/// Writes a picture in the format that the name ends in.
/// @throws DataError when the file cannot be written.
void save_picture(const std::filesystem::path& path, const cv::Mat& picture);

}  // namespace pset3::drawing
