#pragma once

#include <condition_variable>
#include <filesystem>
#include <map>
#include <mutex>
#include <string>
#include <thread>

#include "grader/box/path_names.hpp"

/// What an exercise leaves in its box, and where the user wants it.
namespace pset3::app {

/// What exercises that train leave after each epoch.
inline constexpr const char* kCheckpoint = ".safetensors";

/// Copies plain files; a link could point anywhere. Each is written beside and renamed.
/// @param names  of the paths in texts (.txt).
/// @param only   the extension of those that are meant; empty = all.
/// @throws InputError that names the folder when it cannot be read or written.
void collect_results(const std::filesystem::path& from, const std::filesystem::path& to,
                     const box::PathNames& names, const std::string& only = "");

/// Looks, before an exercise takes its time, whether its results can be left there. Makes nothing.
/// @throws InputError that says why not.
void check_results_folder(const std::filesystem::path& out);

/// As long as it lives, copies each checkpoint that appears or changes in the box's folder, so that
/// what is trained is there also when nobody is left to collect it (kill -9, a power cut).
class CheckpointKeeper {
 public:
  CheckpointKeeper(std::filesystem::path from, std::filesystem::path to);
  ~CheckpointKeeper();
  CheckpointKeeper(const CheckpointKeeper&) = delete;
  CheckpointKeeper& operator=(const CheckpointKeeper&) = delete;

 private:
  using Times = std::map<std::filesystem::path, std::filesystem::file_time_type>;

  Times times() const;
  void keep_what_is_new();
  void watch();

  std::filesystem::path from_, to_;
  Times kept_;
  bool has_told_ = false;
  std::mutex mutex_;
  std::condition_variable ends_;
  bool is_over_ = false;
  std::thread watcher_;
};

}  // namespace pset3::app
