#include "starter/common/drawing/plot.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <stdexcept>

#include "starter/common/drawing/gnuplot.hpp"

namespace pset3::drawing {
namespace {

constexpr int kChartWidth = 1080;
constexpr int kChartHeight = 760;

// Okabe and Ito's colours, which colour-blind readers can tell apart; the darkest ones first.
constexpr std::array<const char*, 7> kColours = {"#0072B2", "#D55E00", "#009E73", "#CC79A7",
                                                 "#56B4E9", "#E69F00", "#555555"};

// Inside single quotes gnuplot expands nothing. A quote becomes the typographic one, because
// gnuplot reads a doubled quote right after an opening one as the end of an empty string.
std::string quoted(const std::string& text) {
  std::string result = "'";
  for (const char c : text) {
    const bool is_control = static_cast<unsigned char>(c) < 0x20 || c == 0x7F;
    result += is_control ? " " : c == '\'' ? "\u2019" : std::string(1, c);
  }
  return result + "'";
}

std::string number(double value) {
  return std::isfinite(value) ? fmt::format("{:.9g}", value) : "NaN";
}

std::string limit(const std::optional<double>& value) { return value ? number(*value) : "*"; }

std::string data_block(const std::string& name, const Series& series) {
  std::string block = fmt::format("${} << END_OF_DATA\n", name);
  for (std::size_t i = 0; i < series.x.size(); ++i) {
    block += fmt::format("{} {}\n", number(series.x[i]), number(series.y[i]));
  }
  return block + "END_OF_DATA\n";
}

// The data's extent and a little room on both sides.
std::pair<double, double> x_range(const Chart& chart) {
  double left = std::numeric_limits<double>::infinity();
  double right = -left;
  for (const Series& series : chart.series) {
    for (const double x : series.x) {
      if (std::isfinite(x) && (x > 0.0 || !chart.log_x)) {
        left = std::min(left, x);
        right = std::max(right, x);
      }
    }
  }
  if (!(left <= right)) {
    return {1.0, 10.0};  // nothing to be seen, but the axes
  }
  if (chart.log_x) {
    const double room = std::max(0.03 * std::log(right / left), 0.05);
    return {left * std::exp(-room), right * std::exp(room)};
  }
  const double room = right > left ? 0.03 * (right - left) : 0.5;
  return {left - room, right + room};
}

std::string axes(const Chart& chart) {
  std::string script =
      fmt::format("set title {} noenhanced\nset xlabel {} noenhanced\nset ylabel {} noenhanced\n",
                  quoted(chart.title), quoted(chart.x_label), quoted(chart.y_label));
  script += chart.log_x ? "set logscale x\n" : "unset logscale x\n";
  script += chart.log_y ? "set logscale y\n" : "unset logscale y\n";
  const auto [left, right] = x_range(chart);
  script += fmt::format("set xrange [{}:{}]\n", number(left), number(right));
  script += fmt::format("set yrange [{}:{}]\n", limit(chart.y_lower), limit(chart.y_upper));
  std::string ticks;
  for (const double tick : chart.x_ticks) {
    ticks += (ticks.empty() ? "" : ", ") + number(tick);
  }
  return script + (ticks.empty() ? "set xtics auto\n" : fmt::format("set xtics ({})\n", ticks));
}

std::string curves(const Chart& chart, const std::string& prefix) {
  std::string script = "plot ";
  for (std::size_t i = 0; i < chart.series.size(); ++i) {
    const std::string& label = chart.series[i].label;
    script += fmt::format("{}${}{} using 1:2 with {} lw 2.2 lc rgb '{}' {}", i == 0 ? "" : ", ",
                          prefix, i, chart.markers ? "linespoints pt 7 ps 1.1" : "lines",
                          kColours[i % kColours.size()],
                          label.empty() ? "notitle" : "title " + quoted(label) + " noenhanced");
  }
  return script + "\n";
}

/// Long labels stand in two columns, and the margin has room for two rows of them.
std::size_t further_legend_rows(const std::vector<Chart>& charts) {
  std::size_t most = 0;
  for (const Chart& chart : charts) {
    most = std::max(most, chart.series.size());
  }
  return most > 4 ? (most + 1) / 2 - 2 : 0;
}

constexpr const char* kStyle =
    "set encoding utf8\n"
    "set border 3 lw 1 lc rgb '#666666'\n"
    "set tics nomirror out scale 0.6 textcolor rgb '#333333'\n"
    "set grid xtics ytics lw 1 lc rgb '#E4E4E4' lt 1\n"
    "set title offset 0,1.4\n"
    "set key at graph 0.5, graph 1.01 center bottom horizontal Left reverse samplen 2.4 width 2\n";

}  // namespace

void Chart::check() const {
  if (series.empty()) {
    throw std::invalid_argument("a chart needs at least one series");
  }
  for (const Series& one : series) {
    if (one.x.size() != one.y.size() || one.x.empty()) {
      throw std::invalid_argument(
          fmt::format("series \"{}\" has {} x and {} y; both must be as many, "
                      "and at least 1",
                      one.label, one.x.size(), one.y.size()));
    }
  }
}

void save_charts(const std::filesystem::path& path, const std::vector<Chart>& charts) {
  if (charts.empty()) {
    throw std::invalid_argument("no chart to save");
  }
  std::string script = fmt::format(
      "set terminal pngcairo size {},{} font 'DejaVu Sans,17' linewidth 1.6 background "
      "rgb 'white'\n",
      kChartWidth * charts.size(), kChartHeight);
  script += kStyle;
  // Room for the legend, and for titles where there are any.
  const bool has_titles = std::any_of(charts.begin(), charts.end(),
                                      [](const Chart& chart) { return !chart.title.empty(); });
  script += fmt::format("set tmargin {}\n", (has_titles ? 5U : 3U) + further_legend_rows(charts));
  for (std::size_t c = 0; c < charts.size(); ++c) {
    charts[c].check();
    for (std::size_t s = 0; s < charts[c].series.size(); ++s) {
      script += data_block(fmt::format("chart{}_{}", c, s), charts[c].series[s]);
    }
  }
  script += fmt::format("set multiplot layout 1,{}\n", charts.size());
  for (std::size_t c = 0; c < charts.size(); ++c) {
    script += axes(charts[c]) + curves(charts[c], fmt::format("chart{}_", c));
  }
  run_gnuplot(script + "unset multiplot\n", path);
}

void save_chart(const std::filesystem::path& path, const Chart& chart) {
  save_charts(path, {chart});
}

}  // namespace pset3::drawing
