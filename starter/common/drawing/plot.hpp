#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace pset3::drawing {

/// A curve. A value that is not finite leaves a gap.
struct Series {
  std::string label{};  ///< in the legend; empty = not in it
  std::vector<double> x;
  std::vector<double> y;  ///< as many as x
};

struct Chart {
  std::string title{};
  std::string x_label{};
  std::string y_label{};
  std::vector<Series> series;
  /// Limits of the y axis; either may be absent and is then chosen to fit.
  std::optional<double> y_lower = std::nullopt;
  std::optional<double> y_upper = std::nullopt;
  /// Where the x axis has its ticks; empty = chosen to fit.
  std::vector<double> x_ticks{};
  bool markers = false;  ///< a dot on every point, for curves of few points
  bool log_x = false;
  bool log_y = false;

  /// @throws std::invalid_argument when there is no series, or x and y of one differ in length.
  void check() const;
};

/// Draws a chart as a PNG through the program gnuplot.
///
/// @throws std::invalid_argument when the chart is wrong; std::runtime_error when gnuplot is
/// missing or refuses; DataError when the file cannot be written.
void save_chart(const std::filesystem::path& path, const Chart& chart);

/// The same with several charts beside each other.
void save_charts(const std::filesystem::path& path, const std::vector<Chart>& charts);

}  // namespace pset3::drawing
