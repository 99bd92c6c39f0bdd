#include <fmt/format.h>

#include <array>
#include <opencv2/imgproc.hpp>

#include "starter/common/drawing/picture.hpp"
#include "starter/p0_neural_nets/exercise/pictures.hpp"
#include "starter/p0_neural_nets/shapes.hpp"

namespace pset3::neural_nets {
namespace {

constexpr int kCell = 44;
constexpr Index kSide = 7;
constexpr Index kFilter = 3;
constexpr Index kChannels = 3;
constexpr Index kStride = 2;
/// The output that is worked out: its window is shown.
constexpr Index kRow = 1;
constexpr Index kColumn = 0;

const cv::Scalar kPaper(255, 255, 255);
const cv::Scalar kPaddingColour(232, 232, 232);
const cv::Scalar kWindowColour(190, 224, 255);
const cv::Scalar kFilterColour(238, 220, 205);
const cv::Scalar kInk(60, 50, 45);

/// The volume, whose border of zeros is the padding.
Volume lecture_volume() {
  const std::array<const char*, 3> channels = {"0000000012001002201000221210001102002102100000000",
                                               "0000000002001001102200011020012020000201000000000",
                                               "0000000022100002100100022210012102002111100000000"};
  Volume volume(kSide, kSide, kChannels);
  for (Index i = 0; i < kSide * kSide; ++i) {
    for (Index c = 0; c < kChannels; ++c) {
      volume(i / kSide, i % kSide, c) = channels[static_cast<std::size_t>(c)][i] - '0';
    }
  }
  return volume;
}

Filters lecture_filter() {
  Filters filter(kFilter, kFilter, kChannels, 1);
  const std::array<std::array<int, 9>, 3> channels = {
      {{0, 0, 1, 1, 1, 0, 0, 0, 0}, {1, 0, 0, 1, -1, 1, -1, 0, 0}, {-1, 1, 0, 0, -1, 1, 1, 0, -1}}};
  for (Index i = 0; i < kFilter * kFilter; ++i) {
    for (Index c = 0; c < kChannels; ++c) {
      filter(i / kFilter, i % kFilter, c, 0) =
          channels[static_cast<std::size_t>(c)][static_cast<std::size_t>(i)];
    }
  }
  return filter;
}

std::string number(double value) {
  return fmt::format("{}{:g}", value < 0.0 ? "−" : "", std::abs(value));
}

void draw_text(cv::Mat& page, const std::string& text, cv::Point at, int size_px, bool bold = false,
               drawing::Align align = drawing::Align::kCentre) {
  drawing::draw_text(page, text, at, {size_px, kInk, bold, align});
}

void draw_cell(cv::Mat& page, cv::Point corner, const std::string& text, const cv::Scalar& colour) {
  const cv::Rect cell(corner, cv::Size(kCell + 1, kCell + 1));
  cv::rectangle(page, cell, colour, cv::FILLED);
  cv::rectangle(page, cell, cv::Scalar::all(150));
  draw_text(page, text, corner + cv::Point(kCell / 2, kCell / 2 + 8), 22);
}

bool is_in_window(Index row, Index column) {
  return row >= kRow * kStride && row < kRow * kStride + kFilter && column >= kColumn * kStride &&
         column < kColumn * kStride + kFilter;
}

bool is_padding(Index row, Index column) {
  return row == 0 || column == 0 || row == kSide - 1 || column == kSide - 1;
}

cv::Point cell_at(cv::Point corner, Index row, Index column) {
  return corner + cv::Point(static_cast<int>(column), static_cast<int>(row)) * kCell;
}

void draw_slice(cv::Mat& page, cv::Point corner, const Volume& volume, Index channel) {
  for (Index row = 0; row < kSide; ++row) {
    for (Index column = 0; column < kSide; ++column) {
      const cv::Scalar& colour = is_in_window(row, column) ? kWindowColour
                                 : is_padding(row, column) ? kPaddingColour
                                                           : kPaper;
      draw_cell(page, cell_at(corner, row, column), number(volume(row, column, channel)), colour);
    }
  }
  const cv::Point first = cell_at(corner, kRow * kStride, kColumn * kStride);
  cv::rectangle(page, cv::Rect(first, cv::Size(3 * kCell + 1, 3 * kCell + 1)),
                cv::Scalar(0, 94, 213), 3);
}

/// @returns the channel's share of the output that is worked out.
double draw_filter_slice(cv::Mat& page, cv::Point corner, const Volume& volume,
                         const Filters& filter, Index channel) {
  double sum = 0.0;
  for (Index i = 0; i < kFilter; ++i) {
    for (Index j = 0; j < kFilter; ++j) {
      draw_cell(page, cell_at(corner, i, j), number(filter(i, j, channel, 0)), kFilterColour);
      sum += volume(kRow * kStride + i, kColumn * kStride + j, channel) * filter(i, j, channel, 0);
    }
  }
  draw_text(page, "products add up to " + number(sum),
            corner + cv::Point(3 * kCell / 2, 3 * kCell + 34), 20);
  return sum;
}

void draw_output(cv::Mat& page, cv::Point corner, const Volume& output) {
  for (Index row = 0; row < 3; ++row) {
    for (Index column = 0; column < 3; ++column) {
      const bool is_worked_out = row == kRow && column == kColumn;
      draw_cell(page, cell_at(corner, row, column), number(output(row, column, 0)),
                is_worked_out ? kWindowColour : kPaper);
    }
  }
  cv::rectangle(page, cv::Rect(cell_at(corner, kRow, kColumn), cv::Size(kCell + 1, kCell + 1)),
                cv::Scalar(0, 94, 213), 3);
}

/// The channels beside each other, each above its slice of the filter, and the output on the right.
cv::Mat picture_of(const Volume& volume, const Filters& filter, const Volume& output) {
  constexpr int kVolumeTop = 116;
  constexpr int kFilterTop = kVolumeTop + 7 * kCell + 84;
  constexpr int kLeft = 36;
  constexpr int kPitch = 7 * kCell + 48;  // from one channel to the next
  constexpr int kOutputLeft = kLeft + 3 * kPitch + 56;
  constexpr int kOutputTop = kVolumeTop + 2 * kCell;
  cv::Mat page(kFilterTop + 3 * kCell + 64, kOutputLeft + 3 * kCell + 72, CV_8UC3, kPaper);
  const int middle = kLeft + kPitch + 7 * kCell / 2;
  draw_text(page, "volume 7×7×3, of which the grey border is padding", {middle, 48}, 26, true);
  draw_text(page, "filter 3×3×3, stride 2, bias 0", {middle, kFilterTop - 28}, 26, true);
  std::string sums;
  for (Index channel = 0; channel < kChannels; ++channel) {
    const int left = kLeft + static_cast<int>(channel) * kPitch;
    draw_text(page, fmt::format("channel {}", channel), {left + 7 * kCell / 2, kVolumeTop - 16},
              22);
    draw_slice(page, {left, kVolumeTop}, volume, channel);
    const double sum =
        draw_filter_slice(page, {left + 2 * kCell, kFilterTop}, volume, filter, channel);
    sums += (channel == 0 ? "" : " + ") + number(sum);
  }
  const int output_middle = kOutputLeft + 3 * kCell / 2;
  draw_text(page, "output 3×3×1", {output_middle, kOutputTop - 24}, 26, true);
  draw_output(page, {kOutputLeft, kOutputTop}, output);
  draw_text(page, sums + " + 0 = " + number(output(kRow, kColumn, 0)),
            {output_middle, kOutputTop + 3 * kCell + 38}, 22);
  return page;
}

}  // namespace

void draw_worked_example(const std::filesystem::path& path) {
  const Volume volume = lecture_volume();
  const Filters filter = lecture_filter();
  const Volume output = ask("convolution_layer", [&] {
    return convolution_layer(volume, filter, RowVector::Zero(1), {kStride, 0});
  });
  if (output.dimension(0) != 3 || output.dimension(1) != 3 || output.dimension(2) != 1) {
    throw Unanswered("convolution_layer returned " + shape_of(output) +
                     " for the lecture's example; expected [3, 3, 1]");
  }
  const cv::Mat page = picture_of(volume, filter, output);
  drawing::save_picture(path, page);
}

}  // namespace pset3::neural_nets
