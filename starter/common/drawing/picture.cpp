#include "starter/common/drawing/picture.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>
#include <stdexcept>

#include "starter/common/errors.hpp"

namespace pset3::drawing {
namespace {

struct Layout {
  std::vector<int> column_widths;
  std::vector<int> row_heights;
};

Layout measure(const std::vector<Panel>& panels, std::size_t columns) {
  Layout layout;
  layout.column_widths.assign(std::min(columns, panels.size()), 0);
  layout.row_heights.assign((panels.size() + columns - 1) / columns, 0);
  for (std::size_t i = 0; i < panels.size(); ++i) {
    int& width = layout.column_widths[i % columns];
    int& height = layout.row_heights[i / columns];
    width = std::max(width, panels[i].image.cols);
    height = std::max(height, panels[i].image.rows);
  }
  return layout;
}

cv::Mat in_colour(const cv::Mat& image) {
  if (image.type() == CV_8UC3) {
    return image;
  }
  cv::Mat coloured;
  cv::cvtColor(image, coloured, cv::COLOR_GRAY2BGR);
  return coloured;
}

void check(const std::vector<Panel>& panels, const SheetOptions& options) {
  const bool has_images = std::all_of(panels.begin(), panels.end(), [](const Panel& panel) {
    return !panel.image.empty() && (panel.image.type() == CV_8UC3 || panel.image.type() == CV_8UC1);
  });
  if (panels.empty() || !has_images || options.columns < 1) {
    throw std::invalid_argument(
        "a sheet needs at least one column and one panel, and 8-bit pictures in all panels");
  }
}

int sum(const std::vector<int>& lengths, int extra) {
  int total = 0;
  for (const int length : lengths) {
    total += length + extra;
  }
  return total;
}

}  // namespace

cv::Mat sheet(const std::vector<Panel>& panels, const SheetOptions& options) {
  check(panels, options);
  const Layout layout = measure(panels, static_cast<std::size_t>(options.columns));
  const int gap = options.gap_px;
  const int caption_height = options.text_px * 3 / 2;
  const int title_height = options.title.empty() ? 0 : options.text_px * 5 / 2;
  cv::Mat page(gap + title_height + sum(layout.row_heights, gap + caption_height),
               gap + sum(layout.column_widths, gap), CV_8UC3, cv::Scalar::all(255));
  TextStyle style;
  style.align = Align::kCentre;
  style.size_px = options.text_px * 4 / 3;
  style.bold = true;
  draw_text(page, options.title, {page.cols / 2, gap + options.text_px * 5 / 4}, style);

  style.size_px = options.text_px;
  style.bold = false;
  std::size_t next = 0;
  int y = gap + title_height;
  for (const int height : layout.row_heights) {
    int x = gap;
    for (std::size_t c = 0; c < layout.column_widths.size() && next < panels.size(); ++c, ++next) {
      const cv::Mat image = in_colour(panels[next].image);
      const int width = layout.column_widths[c];
      image.copyTo(page(cv::Rect(x + (width - image.cols) / 2, y + (height - image.rows) / 2,
                                 image.cols, image.rows)));
      draw_text(page, panels[next].caption, {x + width / 2, y + height + options.text_px * 5 / 4},
                style);
      x += width + gap;
    }
    y += height + caption_height + gap;
  }
  return page;
}

void save_picture(const std::filesystem::path& path, const cv::Mat& picture) {
  bool written = false;
  std::string reason = "does the folder exist, and is there room?";
  try {
    written = cv::imwrite(path.string(), picture);
  } catch (const cv::Exception& error) {
    reason = error.err;
  }
  if (!written) {
    throw DataError(fmt::format("{}: cannot write the picture; {}", path.string(), reason));
  }
}

}  // namespace pset3::drawing
