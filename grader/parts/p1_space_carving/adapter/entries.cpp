// The functions of p1 behind the pipe. Array names and shapes: fixtures/p1_space_carving/README.md.

#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <cstring>
#include <opencv2/core.hpp>
#include <optional>
#include <stdexcept>
#include <string_view>

#include "grader/run/inside/entries.hpp"
#include "grader/run/inside/shared_bytes.hpp"
#include "starter/p1_space_carving/space_carving.hpp"

namespace pset3::run {
namespace {

using arrays::Array;
using arrays::Arrays;
using carving::Voxels;

Voxels voxels_of(const Array& array) {
  return Eigen::Map<const Voxels>(array.data<double>(), array.shape().at(0), 3);
}

Array array_of(const Voxels& voxels) { return Array::copy_of(voxels.data(), {voxels.rows(), 3}); }

carving::Limits limits_of(const Array& array) {
  return Eigen::Map<const carving::Limits>(array.data<double>());
}

/// View `index` of P (V, 3, 4) and silhouettes (V, H, W).
Camera camera_of(const Array& projections, const Array& silhouettes, std::int64_t index) {
  using RowMajor34 = Eigen::Matrix<double, 3, 4, Eigen::RowMajor>;
  Camera camera = Camera::from_projection(
      Eigen::Map<const RowMajor34>(projections.data<double>() + 12 * index));
  const auto height = static_cast<int>(silhouettes.shape().at(1));
  const auto width = static_cast<int>(silhouettes.shape().at(2));
  camera.silhouette = cv::Mat(height, width, CV_8UC1);
  const std::uint8_t* pixels = silhouettes.data<std::uint8_t>() + index * height * width;
  std::copy_n(pixels, height * width, camera.silhouette.ptr());
  return camera;
}

std::vector<Camera> cameras_of(const Arrays& inputs) {
  const Array& projections = arrays::get(inputs, "P");
  std::vector<Camera> cameras;
  for (std::int64_t i = 0; i < projections.shape().at(0); ++i) {
    cameras.push_back(camera_of(projections, arrays::get(inputs, "silhouettes"), i));
  }
  return cameras;
}

constexpr Eigen::Index kMostRowsBeyond = 200'000;

/// The second of two calls counts: what the function keeps of another box shows.
Arrays form_initial_voxels(const Arrays& inputs) {
  const auto limits = [&](const char* name) { return limits_of(arrays::get(inputs, name)); };
  const auto num_voxels = arrays::get(inputs, "num_voxels").item<std::int64_t>();
  carving::form_initial_voxels(2.0 * limits("zlim"), 2.0 * limits("xlim"), 2.0 * limits("ylim"),
                               static_cast<int>(num_voxels));
  const carving::VoxelGrid grid = carving::form_initial_voxels(
      limits("xlim"), limits("ylim"), limits("zlim"), static_cast<int>(num_voxels));
  // Many times too many rows say no more than their number.
  const Eigen::Index rows = grid.voxels.rows();
  const Voxels some = grid.voxels.topRows(std::min(rows, 4 * num_voxels + kMostRowsBeyond));
  return {{"voxels", array_of(some)},
          {"rows", Array::scalar(static_cast<std::int64_t>(rows))},
          {"voxel_size", Array::scalar(grid.voxel_size)}};
}

/// The same silhouette inside of a larger picture, with background around it: its rows do not lie
/// one behind the other in memory.
void cut_from_larger_picture(Camera& camera, int margin) {
  const cv::Mat alone = camera.silhouette;
  const cv::Rect place(margin, margin, alone.cols, alone.rows);
  cv::Mat picture(alone.rows + 2 * margin, alone.cols + 2 * margin, CV_8UC1, cv::Scalar(0));
  camera.silhouette = picture(place);
  alone.copyTo(camera.silhouette);
}

Arrays carve(const Arrays& inputs) {
  const Array& silhouette = arrays::get(inputs, "silhouette");
  Array stack(silhouette.dtype(), {1, silhouette.shape().at(0), silhouette.shape().at(1)});
  stack.bytes() = silhouette.bytes();
  Camera camera = camera_of(arrays::get(inputs, "P"), stack, 0);
  const auto margin = inputs.find("margin");
  if (margin != inputs.end()) {
    cut_from_larger_picture(camera, static_cast<int>(margin->second.item<std::int64_t>()));
  }
  const cv::Mat before = camera.silhouette.clone();
  const Voxels survivors = carving::carve(voxels_of(arrays::get(inputs, "voxels")), camera);
  const std::int64_t changed = cv::countNonZero(before != camera.silhouette);
  return {{"survivors", array_of(survivors)}, {"changed_pixels", Array::scalar(changed)}};
}

constexpr int kThrew = 2;
/// Far more than a right answer takes: invented voxels are for the judge to tell.
constexpr std::uint64_t kRoom = 256u << 20;

std::size_t bytes_of(const Voxels& voxels) {
  return static_cast<std::size_t>(voxels.size()) * sizeof(double);
}

[[noreturn]] void carve_and_exit(const Voxels& voxels, const Camera& camera, SharedBytes& result) {
  try {
    const Voxels survivors = carving::carve(voxels, camera);
    ::_exit(result.write(survivors.data(), bytes_of(survivors)) ? 0 : 1);
  } catch (...) {
    ::_exit(kThrew);
  }
}

Voxels voxels_in(std::string_view bytes) {
  constexpr std::size_t kRow = 3 * sizeof(double);
  Voxels voxels(static_cast<Eigen::Index>(bytes.size() / kRow), 3);
  std::memcpy(voxels.data(), bytes.data(), bytes_of(voxels));
  return voxels;
}

/// Carves in a process of its own.
/// @returns the exit status of waitpid, and in `kept` the voxels where it is 0.
int carve_in_child(const Voxels& voxels, const Camera& camera, Voxels& kept) {
  SharedBytes result(kRoom);
  const pid_t child = ::fork();
  if (child == 0) carve_and_exit(voxels, camera, result);
  int status = -1;
  if (child > 0) ::waitpid(child, &status, 0);
  if (status == 0) kept = voxels_in(result.read());
  return status;
}

/// Carves in a process of its own, so that a program that remembers something from one call to the
/// next (a static variable, say) starts anew.
Voxels carve_apart(const Voxels& voxels, const Camera& camera) {
  Voxels kept;
  const int status = carve_in_child(voxels, camera, kept);
  if (WIFSIGNALED(status)) ::raise(WTERMSIG(status));
  // What it threw is thrown here again, to be reported.
  if (WIFEXITED(status) && WEXITSTATUS(status) == kThrew) carving::carve(voxels, camera);
  if (status != 0) throw std::runtime_error("carve with one view ended the program");
  return kept;
}

/// The same where voxels lie outside the silhouette, and a program that does not look for that may
/// end, which costs elsewhere.
/// @returns no voxels then.
Voxels carve_apart_if_it_can(const Voxels& voxels, const Camera& camera) {
  Voxels kept(0, 3);
  carve_in_child(voxels, camera, kept);
  return kept;
}

constexpr int kSquarePx = 20;  // as in the judge

/// The camera with a silhouette of which every second square of a chessboard is the negative.
Camera changed_in_squares(const Camera& camera) {
  Camera changed = camera;
  changed.silhouette = camera.silhouette.clone();
  for (int row = 0; row < changed.silhouette.rows; ++row) {
    for (int column = 0; column < changed.silhouette.cols; ++column) {
      if ((column / kSquarePx + row / kSquarePx) % 2 == 0) continue;
      std::uint8_t& pixel = changed.silhouette.at<std::uint8_t>(row, column);
      pixel = pixel == 0 ? 1 : 0;
    }
  }
  return changed;
}

/// The camera with the top left quarter of its silhouette.
Camera with_smaller_silhouette(const Camera& camera) {
  Camera smaller = camera;
  const cv::Rect kept(0, 0, camera.silhouette.cols / 2, camera.silhouette.rows / 2);
  smaller.silhouette = camera.silhouette(kept).clone();
  return smaller;
}

/// Carves with all views in sequence, and with each view alone: the judge compares the two, so that
/// a wrong projection is not counted a second time. The middle view with a changed silhouette shows
/// whether silhouettes are looked at, since a program that does not look agrees with itself as
/// well. The first view is asked once more at the end, also with a smaller silhouette.
Arrays carve_all(const Arrays& inputs) {
  const Voxels voxels = voxels_of(arrays::get(inputs, "voxels"));
  const std::vector<Camera> cameras = cameras_of(inputs);
  std::vector<double> alone;
  std::vector<std::int64_t> alone_counts;
  for (const Camera& camera : cameras) {
    const Voxels single = carve_apart(voxels, camera);
    alone.insert(alone.end(), single.data(), single.data() + single.size());
    alone_counts.push_back(single.rows());
  }
  const Camera changed = changed_in_squares(cameras[cameras.size() / 2]);
  const Voxels with_changed = carve_apart(voxels, changed);
  const Camera smaller = with_smaller_silhouette(cameras.front());
  const Voxels smaller_alone = carve_apart_if_it_can(voxels, smaller);
  Voxels left = voxels;
  for (const Camera& camera : cameras) left = carving::carve(left, camera);
  // As many voxels as the first call had, in another order: nothing of the calls before may show.
  const Voxels again = carving::carve(voxels.colwise().reverse(), cameras.front());
  const Voxels with_smaller = carve_apart_if_it_can(voxels, smaller);
  const auto rows = static_cast<std::int64_t>(alone.size() / 3);
  return {{"survivors", array_of(left)},
          {"again", array_of(again)},
          {"smaller", array_of(with_smaller)},
          {"smaller_alone", array_of(smaller_alone)},
          {"changed", array_of(with_changed)},
          {"alone", Array::copy_of(alone.data(), {rows, 3})},
          {"alone_counts", Array::of(alone_counts)}};
}

Array array_of(const carving::VoxelBounds& bounds) {
  const std::vector<double> values = {bounds.xlim[0], bounds.xlim[1], bounds.ylim[0],
                                      bounds.ylim[1], bounds.zlim[0], bounds.zlim[1]};
  return Array::copy_of(values.data(), {3, 2});
}

constexpr int kNotWritten = 3;
constexpr int kWaitMs = 500;

/// @returns the exit status of a child, or nothing when it has not ended in time or not by itself.
int exit_status_of(pid_t child) {
  int status = 0;
  for (int waited_ms = 0; waited_ms < kWaitMs; waited_ms += 5) {
    const pid_t ended = ::waitpid(child, &status, WNOHANG);
    if (ended != 0) return ended == child && WIFEXITED(status) ? WEXITSTATUS(status) : 0;
    ::usleep(5000);
  }
  ::kill(child, SIGKILL);
  ::waitpid(child, &status, 0);
  return 0;
}

/// The better box is asked for even when the default one is judged: a stub returns the default box
/// too, and must not get points for what is given. Whatever else goes wrong there, a crash or an
/// endless loop of carve included, is judged elsewhere; so it is asked for in a process of its own.
void require_attempt(const std::vector<Camera>& cameras, int num_voxels) {
  const pid_t child = ::fork();
  if (child == 0) {
    try {
      carving::get_voxel_bounds(cameras, true, num_voxels);
    } catch (const NotImplemented& missing) {
      ::_exit(missing.function == "get_voxel_bounds" ? kNotWritten : 0);
    } catch (...) {
    }
    ::_exit(0);
  }
  if (child > 0 && exit_status_of(child) == kNotWritten) throw NotImplemented("get_voxel_bounds");
}

Voxels carve_with_all(Voxels voxels, const std::vector<Camera>& cameras) {
  for (const Camera& camera : cameras) voxels = carving::carve(voxels, camera);
  return voxels;
}

/// How get_voxel_bounds ended.
enum class Ending : std::int64_t { kReturned = 0, kRuntimeError = 1, kOtherException = 2 };

/// Asks for the better box.
/// @param bounds  is set where one is returned.
/// @throws NotImplemented as the function does.
Ending ask(const std::vector<Camera>& cameras, int num_voxels, carving::VoxelBounds& bounds) {
  try {
    bounds = carving::get_voxel_bounds(cameras, true, num_voxels);
    return Ending::kReturned;
  } catch (const NotImplemented&) {
    throw;
  } catch (const std::runtime_error&) {
    return Ending::kRuntimeError;
  } catch (const std::exception&) {
    return Ending::kOtherException;
  }
}

Array array_of(Ending ending) { return Array::scalar(static_cast<std::int64_t>(ending)); }

carving::VoxelGrid grid_in(const carving::VoxelBounds& box, int num_voxels) {
  return carving::form_initial_voxels(box.xlim, box.ylim, box.zlim, num_voxels);
}

/// The same scene elsewhere in the world.
std::vector<Camera> moved(std::vector<Camera> cameras, const carving::VoxelBounds& box) {
  const Eigen::Vector3d by =
      3.0 * Eigen::Vector3d(box.xlim[1] - box.xlim[0], box.ylim[1] - box.ylim[0],
                            box.zlim[1] - box.zlim[0]);
  for (Camera& camera : cameras) camera.P.col(3) -= camera.P.leftCols<3>() * by;
  return cameras;
}

/// Every k-th row, so that there are `most` of them or fewer.
Voxels some_of(const Voxels& voxels, Eigen::Index most) {
  const Eigen::Index step = voxels.rows() / most + 1;
  Voxels some((voxels.rows() + step - 1) / step, 3);
  for (Eigen::Index i = 0; i < some.rows(); ++i) some.row(i) = voxels.row(i * step);
  return some;
}

/// Two rows of the same extent, instead of very many.
Voxels extreme_rows(const Voxels& voxels) {
  Voxels rows(2, 3);
  rows << voxels.colwise().minCoeff(), voxels.colwise().maxCoeff();
  return rows;
}

Arrays only_default(const carving::VoxelBounds& box) {
  const Voxels none(0, 3);
  return {{"bounds", array_of(box)},
          {"default_bounds", array_of(box)},
          {"refused", array_of(Ending::kReturned)},
          {"grid", array_of(none)},
          {"with", array_of(none)},
          {"changed", array_of(none)},
          {"coarse", array_of(none)},
          {"coarse_size", Array::scalar(0.0)}};
}

/// The box, and the student's own quick carve of its default box for the judge to compare it with.
Arrays get_voxel_bounds(const Arrays& inputs) {
  const std::vector<Camera> cameras = cameras_of(inputs);
  const bool better = arrays::get(inputs, "better").item<bool>();
  const auto num_voxels = static_cast<int>(arrays::get(inputs, "num_voxels").item<std::int64_t>());
  const carving::VoxelBounds box = carving::get_voxel_bounds(cameras, false, num_voxels);
  require_attempt(cameras, num_voxels);
  if (!better) return only_default(box);
  // In processes of their own, and before carve is called here: it may remember things.
  const carving::VoxelGrid grid = grid_in(box, num_voxels);
  const Eigen::Index most = 8 * num_voxels;
  const Voxels sample = some_of(grid.voxels, most);
  const Camera& middle = cameras[cameras.size() / 2];
  const Voxels with = carve_apart(sample, middle);
  const Voxels changed = carve_apart(sample, changed_in_squares(middle));
  carving::VoxelBounds bounds;
  // What the function keeps of another scene shows in the answer to this one.
  ask(moved(cameras, box), num_voxels, bounds);
  const Ending ending = ask(cameras, num_voxels, bounds);
  const Voxels coarse = carve_with_all(grid.voxels, cameras);
  // An exception is an error where something is left; it is thrown again, to be reported.
  if (ending != Ending::kReturned && coarse.rows() > 0) {
    carving::get_voxel_bounds(cameras, true, num_voxels);
  }
  return {{"bounds", array_of(bounds)},
          {"default_bounds", array_of(box)},
          {"refused", array_of(ending)},
          {"grid", array_of(sample)},
          {"with", array_of(with)},
          {"changed", array_of(changed)},
          {"coarse", array_of(coarse.rows() > most ? extreme_rows(coarse) : coarse)},
          {"coarse_size", Array::scalar(grid.voxel_size)}};
}

/// The given box; none where it cannot be had, which another check is about.
std::optional<carving::VoxelBounds> default_box(const std::vector<Camera>& cameras,
                                                int num_voxels) {
  try {
    return carving::get_voxel_bounds(cameras, false, num_voxels);
  } catch (const std::runtime_error&) {
    return std::nullopt;
  }
}

bool has_object(const Camera& camera) { return cv::countNonZero(camera.silhouette) > 0; }

/// What a function returned where it should have thrown.
enum class Returned : std::int64_t { kNoBox = 0, kDefaultBox = 1, kOtherBox = 2 };

Returned returned(const carving::VoxelBounds& bounds, const carving::VoxelBounds& given) {
  for (const carving::Limits& limits : {bounds.xlim, bounds.ylim, bounds.zlim}) {
    if (!limits.allFinite() || limits[0] >= limits[1]) return Returned::kNoBox;
  }
  const bool is_default =
      bounds.xlim == given.xlim && bounds.ylim == given.ylim && bounds.zlim == given.zlim;
  return is_default ? Returned::kDefaultBox : Returned::kOtherBox;
}

/// The better box when one silhouette is empty, when the same one is the last, and when it is full.
Arrays get_voxel_bounds_of_nothing(const Arrays& inputs) {
  std::vector<Camera> cameras = cameras_of(inputs);
  const auto num_voxels = static_cast<int>(arrays::get(inputs, "num_voxels").item<std::int64_t>());
  carving::VoxelBounds bounds;
  const Ending refused = ask(cameras, num_voxels, bounds);
  const std::optional<carving::VoxelBounds> box = default_box(cameras, num_voxels);
  Voxels left(0, 3);
  if (box) left = carve_with_all(grid_in(*box, num_voxels).voxels, cameras);
  std::stable_partition(cameras.begin(), cameras.end(), has_object);
  const Ending refused_when_last = ask(cameras, num_voxels, bounds);
  const Returned what = returned(bounds, box.value_or(carving::VoxelBounds()));
  cameras.back().silhouette.setTo(1);
  const Ending refused_when_full = ask(cameras, num_voxels, bounds);
  return {{"refused", array_of(refused)},
          {"refused_when_last", array_of(refused_when_last)},
          {"returned_when_last", Array::scalar(static_cast<std::int64_t>(what))},
          {"refused_when_full", array_of(refused_when_full)},
          {"left", array_of(some_of(left, 8 * num_voxels))}};
}

}  // namespace

const std::vector<Entry>& entries() {
  static const std::vector<Entry> kEntries = {
      {"form_initial_voxels", form_initial_voxels},
      {"carve", carve},
      {"carve_all", carve_all},
      {"get_voxel_bounds", get_voxel_bounds},
      {"get_voxel_bounds_of_nothing", get_voxel_bounds_of_nothing}};
  return kEntries;
}

}  // namespace pset3::run
