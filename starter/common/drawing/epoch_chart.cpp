#include "starter/common/drawing/epoch_chart.hpp"

namespace pset3::drawing {

Series series_of_epochs(const std::string& label, const std::vector<double>& values) {
  Series series;
  series.label = label;
  series.y = values;
  for (std::size_t i = 0; i < values.size(); ++i) series.x.push_back(static_cast<double>(i + 1));
  return series;
}

Chart chart_of_epochs(const std::string& what, std::size_t epochs) {
  Chart chart;
  chart.x_label = "epoch";
  chart.y_label = what;
  chart.y_lower = 0.0;
  chart.markers = true;
  constexpr std::size_t kMostTicks = 12;
  const std::size_t step = (epochs + kMostTicks - 1) / kMostTicks;
  for (std::size_t epoch = step; epoch <= epochs; epoch += step) {
    chart.x_ticks.push_back(static_cast<double>(epoch));
  }
  return chart;
}

}  // namespace pset3::drawing
