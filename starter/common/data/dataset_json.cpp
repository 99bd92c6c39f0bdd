#include <algorithm>
#include <nlohmann/json.hpp>
#include <stdexcept>

#include "starter/common/data/dataset_formats.hpp"
#include "starter/common/data/image_file.hpp"
#include "starter/common/data/published_rotations.hpp"

namespace pset3 {
namespace {

using nlohmann::json;
namespace fs = std::filesystem;

const char* const kReadAboutFormat = "The format is described in starter/common/README.md.";

/// A value in cameras.json and the way to it, such as "views[3].P", for messages.
struct Node {
  const json& value;
  const fs::path& file;
  std::string place;

  DataError error(const std::string& expected, const std::string& found) const {
    return data_error({file, place, expected, found, kReadAboutFormat});
  }

  bool has(const std::string& key) const { return value.contains(key); }

  Node operator[](const std::string& key) const {
    Node child{has(key) ? value.at(key) : value, file, place.empty() ? key : place + "." + key};
    if (!has(key)) throw child.error("a value", "nothing");
    return child;
  }

  Node operator[](std::size_t index) const {
    return {value.at(index), file, place + "[" + std::to_string(index) + "]"};
  }

  const Node& must_be_list(std::size_t size) const {
    const std::string expected = "a list of " + std::to_string(size);
    if (!value.is_array()) throw error(expected, value.type_name());
    if (value.size() != size) throw error(expected, "a list of " + std::to_string(value.size()));
    return *this;
  }

  double number() const {
    // JSON cannot write NaN; most writers put null in its place.
    if (!value.is_number()) throw error("a finite number", value.dump());
    return value.get<double>();
  }

  std::string text() const {
    if (!value.is_string() || value.get<std::string>().empty()) throw error("text", value.dump());
    return value.get<std::string>();
  }
};

Eigen::MatrixXd matrix(const Node& node, Eigen::Index rows, Eigen::Index cols) {
  Eigen::MatrixXd result(rows, cols);
  node.must_be_list(static_cast<std::size_t>(rows));
  for (Eigen::Index i = 0; i < rows; ++i) {
    const Node row = node[static_cast<std::size_t>(i)];
    row.must_be_list(static_cast<std::size_t>(cols));
    for (Eigen::Index j = 0; j < cols; ++j)
      result(i, j) = row[static_cast<std::size_t>(j)].number();
  }
  check_matrix(result, rows, cols, node.file, node.place);
  return result;
}

Eigen::Vector3d vector3(const Node& node) {
  node.must_be_list(3);
  return {node[0].number(), node[1].number(), node[2].number()};
}

Camera camera_from_intrinsics(const Node& view, PublishedRotations& rotations) {
  const Eigen::Matrix3d K = matrix(view["K"], 3, 3);
  const Node rotation = view["R"];
  const Eigen::Matrix3d R = rotations.take(matrix(rotation, 3, 3), rotation.place);
  const Eigen::Vector3d position = vector3(view["position"]);
  try {
    return Camera::from_intrinsics(K, R, position);
  } catch (const std::invalid_argument& error) {
    throw view.error("a camera from K, R and position", std::string("none: ") + error.what());
  }
}

Camera parse_camera(const Node& view, PublishedRotations& rotations) {
  const bool has_pose = view.has("K") || view.has("R") || view.has("position");
  if (!view.has("P") && !has_pose) {
    throw view.error("either P, or K, R and position", "none of them");
  }
  if (!view.has("P")) return camera_from_intrinsics(view, rotations);
  Camera camera = camera_from_matrix(matrix(view["P"], 3, 4), view.file, view.place + ".P");
  if (has_pose) {
    const Eigen::Vector3d forward = camera_from_intrinsics(view, rotations).viewing_direction();
    if (camera.viewing_direction().dot(forward) < 0.0) camera.P = -camera.P;
  }
  return camera;
}

Camera load_view(const Node& view, const fs::path& folder, PublishedRotations& rotations) {
  if (!view.value.is_object()) throw view.error("an object", view.value.type_name());
  Camera camera = parse_camera(view, rotations);
  camera.image = read_photograph(folder / view["image"].text());
  if (view.has("silhouette")) {
    const fs::path file = folder / view["silhouette"].text();
    camera.silhouette = read_silhouette(file);
    check_silhouette_size(camera, file, "");
  }
  return camera;
}

void check_header(const Node& root) {
  if (!root.value.is_object()) throw root.error("an object", root.value.type_name());
  if (root["format"].value != "pset3-views") {
    throw root["format"].error("\"pset3-views\"", root["format"].value.dump());
  }
  if (root["version"].value != 1) {
    throw root["version"].error("version 1", root["version"].value.dump());
  }
  const Node views = root["views"];
  if (!views.value.is_array()) throw views.error("a list of views", views.value.type_name());
  if (views.value.empty()) throw views.error("at least one view", "an empty list");
}

/// The places of the views in the file, sorted by their names.
std::vector<std::size_t> order_of_names(const Node& views) {
  std::vector<std::pair<std::string, std::size_t>> named;
  for (std::size_t i = 0; i < views.value.size(); ++i) {
    if (!views[i].value.is_object()) throw views[i].error("an object", views[i].value.type_name());
    named.emplace_back(views[i]["name"].text(), i);
  }
  std::sort(named.begin(), named.end());
  std::vector<std::size_t> order;
  for (std::size_t k = 0; k < named.size(); ++k) {
    const auto& [name, index] = named[k];
    if (k > 0 && name == named[k - 1].first) {
      throw views[index]["name"].error("a name of its own", "\"" + name + "\" twice");
    }
    order.push_back(index);
  }
  return order;
}

void check_all_or_no_silhouettes(const Node& views) {
  for (std::size_t i = 1; i < views.value.size(); ++i) {
    if (views[i].has("silhouette") == views[0].has("silhouette")) continue;
    throw views[i].error(
        "a silhouette in every view or in none",
        "one in " + std::string(views[i].has("silhouette") ? "this" : "the first") +
            " view and none in " + (views[i].has("silhouette") ? "the first" : "this"));
  }
}

json parse(const fs::path& file) {
  const auto bytes = read_data_file(file, kReadAboutFormat);
  try {
    return json::parse(bytes);
  } catch (const json::parse_error& error) {
    throw data_error(
        {file, "byte " + std::to_string(error.byte), "JSON", error.what(), kReadAboutFormat});
  } catch (const json::exception& error) {  // such as a number that no double can hold
    throw data_error({file, "", "JSON", error.what(), kReadAboutFormat});
  }
}

}  // namespace

CalibratedViews load_json_views(const fs::path& folder) {
  const fs::path file = folder / "cameras.json";
  const json document = parse(file);
  const Node root{document, file, ""};
  check_header(root);
  const Node views = root["views"];
  const std::vector<std::size_t> order = order_of_names(views);
  check_all_or_no_silhouettes(views);
  PublishedRotations rotations(file);
  std::vector<Camera> cameras;
  cameras.reserve(order.size());
  for (const std::size_t index : order) {
    cameras.push_back(load_view(views[index], folder, rotations));
  }
  return {std::move(cameras), rotations.notes()};
}

}  // namespace pset3
