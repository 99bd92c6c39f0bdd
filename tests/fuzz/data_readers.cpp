#include <cstdlib>

#include "starter/common/data/dataset_formats.hpp"
#include "starter/common/data/idx_file.hpp"
#include "starter/common/data/mat_file.hpp"
#include "tests/fuzz/readers.hpp"

namespace pset3::fuzz {
namespace {

/// A variable that claims a million elements is read as far as the first few.
constexpr std::size_t kMost = 8;

void read_value(const MatValue& value) {
  try {
    const Eigen::MatrixXd matrix = value.matrix();
    if (!(matrix.size() >= 0)) std::abort();
  } catch (const DataError&) {
  }
  try {
    if (value.colour_image().channels() != 3) std::abort();
  } catch (const DataError&) {
  }
}

void read_variable(const std::filesystem::path& file, const std::string& name) {
  const MatValue variable = MatValue::read(file, name, "");
  read_value(variable);
  for (std::size_t i = 0; i < std::min(variable.size(), kMost); ++i) {
    try {
      read_value(variable.cell(i));
    } catch (const DataError&) {
    }
    for (const char* field : {"image", "P", "T"}) {
      if (!variable.has_field(field)) continue;
      try {
        read_value(variable.field(field, i));
      } catch (const DataError&) {
      }
    }
  }
}

}  // namespace

void read_idx(std::string_view bytes) {
  const std::filesystem::path file = as_file(bytes, "idx");
  for (const auto shortage : {IdxShortage::kRefuse, IdxShortage::kTakeWhatIsThere}) {
    try {
      const IdxImages images = read_idx_images(file, shortage);
      if (images.pixels.size() != images.count * images.height * images.width) std::abort();
    } catch (const DataError&) {
    }
    try {
      read_idx_labels(file, shortage);
    } catch (const DataError&) {
    }
  }
}

void read_mat(std::string_view bytes) {
  const std::filesystem::path file = as_file(bytes, "frames.mat");
  for (const char* name : {"frames", "P"}) {
    try {
      read_variable(file, name);
    } catch (const DataError&) {
    }
  }
  try {
    load_frames_views(file.parent_path());
  } catch (const DataError&) {
  }
}

void read_views(std::string_view bytes) {
  // The image that the seeds name.
  static const std::filesystem::path image = as_file("P6 2 2 255\n0123456789ab", "a.ppm");
  try {
    const CalibratedViews views = load_json_views(as_file(bytes, "cameras.json").parent_path());
    for (const Camera& camera : views.cameras) {
      if (!camera.P.allFinite() || camera.image.empty()) std::abort();
    }
  } catch (const DataError&) {
  }
}

}  // namespace pset3::fuzz
