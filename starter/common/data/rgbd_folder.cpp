#include <system_error>

#include "starter/common/data/data_file.hpp"
#include "starter/common/data/rgbd_source.hpp"

namespace pset3 {
namespace {

namespace fs = std::filesystem;

class Folder : public RgbdDataset::Source {
 public:
  Folder(fs::path folder, const RgbdLimits& limits) : folder_(std::move(folder)), limits_(limits) {
    std::error_code error;
    auto entry = fs::recursive_directory_iterator(folder_, error);
    for (; !error && entry != fs::recursive_directory_iterator(); entry.increment(error)) {
      if (++entries_ > limits_.entries) refuse_number();
      if (!entry->is_regular_file(error)) continue;
      names_.push_back(entry->path().lexically_relative(folder_).generic_string());
    }
    if (!error) return;
    throw data_error({folder_, "", "a readable folder", error.message(), "Check its permissions."});
  }

  const fs::path& path() const override { return folder_; }
  const std::vector<std::string>& names() const override { return names_; }
  void keep(const std::set<std::string>& /*names*/) override {}  // they stay where they are

  std::vector<unsigned char> bytes(const std::string& name) const override {
    const fs::path file = folder_ / name;
    std::error_code ignored;  // what is wrong with it is told by whoever reads it
    const std::uintmax_t size = fs::file_size(file, ignored);
    if (!ignored && size > limits_.picture_bytes) {
      throw data_error({file, "", "at most " + std::to_string(limits_.picture_bytes) + " bytes",
                        std::to_string(size), "Check whether this is a picture."});
    }
    return read_data_file(file, "Get the data set again, or restore this file.");
  }

 private:
  [[noreturn]] void refuse_number() const {
    throw data_error({folder_, "",
                      "at most " + std::to_string(limits_.entries) + " files and folders", "more",
                      "Check the path after --data."});
  }

  fs::path folder_;
  RgbdLimits limits_;
  std::size_t entries_ = 0;
  std::vector<std::string> names_;
};

}  // namespace

std::unique_ptr<RgbdDataset::Source> open_rgbd_folder(const fs::path& folder,
                                                      const RgbdLimits& limits) {
  return std::make_unique<Folder>(folder, limits);
}

}  // namespace pset3
