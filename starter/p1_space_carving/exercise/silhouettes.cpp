#include <fmt/format.h>

#include <algorithm>
#include <opencv2/imgproc.hpp>

#include "starter/common/drawing/picture.hpp"
#include "starter/p1_space_carving/exercise/pictures.hpp"

namespace pset3::carving {
namespace {

using drawing::Panel;

constexpr std::size_t kViewsShown = 3;
constexpr int kPanelWidth = 480;

const cv::Vec3b kAgreed(235, 235, 235);
const cv::Vec3b kMissed(178, 114, 0);   // blue: of the object, but not estimated
const cv::Vec3b kInvented(0, 94, 213);  // orange: estimated, but not of the object
const cv::Vec3b kNeither(45, 40, 38);

cv::Mat scaled(const cv::Mat& picture) {
  cv::Mat small;
  const double factor = std::min(1.0, static_cast<double>(kPanelWidth) / picture.cols);
  cv::resize(picture, small, {}, factor, factor, cv::INTER_AREA);
  return small;
}

cv::Mat in_two_colours(const cv::Mat& silhouette) {
  cv::Mat picture(silhouette.size(), CV_8UC3, cv::Scalar(kNeither));
  picture.setTo(cv::Scalar(kAgreed), silhouette != 0);
  return picture;
}

cv::Mat in_four_colours(const cv::Mat& truth, const cv::Mat& estimate) {
  cv::Mat picture = in_two_colours(estimate);
  picture.setTo(cv::Scalar(kMissed), (truth != 0) & (estimate == 0));
  picture.setTo(cv::Scalar(kInvented), (truth == 0) & (estimate != 0));
  return picture;
}

}  // namespace

bool draw_silhouettes(const ExerciseViews& views, const std::filesystem::path& path) {
  if (views.cameras.front().image.empty()) {
    return false;
  }
  std::vector<Panel> panels;
  for (const std::size_t view : evenly_spaced(views.cameras.size(), kViewsShown)) {
    const cv::Mat& photograph = views.cameras[view].image;
    const cv::Mat& truth = views.true_silhouettes[view];
    const cv::Mat estimate = estimate_silhouette(photograph);
    panels.push_back({scaled(photograph), fmt::format("view {}", view + 1)});
    if (views.has_true_silhouettes) {
      panels.push_back({scaled(in_two_colours(truth)), "true silhouette"});
      panels.push_back(
          {scaled(in_four_colours(truth, estimate)),
           fmt::format("estimated: IoU {:.3f}", intersection_over_union(truth, estimate))});
    } else {
      panels.push_back({scaled(in_two_colours(estimate)), "estimated silhouette"});
    }
  }
  drawing::SheetOptions options;
  options.columns = views.has_true_silhouettes ? 3 : 2;
  if (views.has_true_silhouettes) {
    options.title = "Orange: estimated, but background.  Blue: object, but missed.";
  }
  drawing::save_picture(path, drawing::sheet(panels, options));
  return true;
}

}  // namespace pset3::carving
