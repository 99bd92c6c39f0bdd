#include <unistd.h>

#include <cstdlib>
#include <fstream>

#include "grader/box/cgroup.hpp"

namespace pset3::box {
namespace {

namespace fs = std::filesystem;

/// Our own group in a hierarchy, from lines like "4:memory:/a/b" and, for v2, "0::/a/b".
fs::path own_group(const fs::path& own, const std::string& controller) {
  std::ifstream stream(own);
  for (std::string line; std::getline(stream, line);) {
    const std::size_t first = line.find(':');
    const std::size_t second = line.find(':', first + 1);
    if (second == std::string::npos) continue;
    const std::string names = ',' + line.substr(first + 1, second - first - 1) + ',';
    if (names.find(',' + controller + ',') == std::string::npos) continue;
    return fs::path(line.substr(second + 1)).relative_path();
  }
  return {};
}

bool is_writable(const fs::path& folder) { return ::access(folder.c_str(), W_OK | X_OK) == 0; }

/// Below our own group, so that limits on us hold for boxes too; in a container that group may not
/// be in view, and the top is then ours.
std::optional<fs::path> v1_folder(const fs::path& mount, const fs::path& own,
                                  const std::string& controller) {
  const fs::path ours = mount / controller / own_group(own, controller);
  for (const fs::path& folder : {ours, mount / controller}) {
    if (fs::exists(folder / "cgroup.procs") && is_writable(folder)) return folder;
  }
  return std::nullopt;
}

std::optional<Hierarchy> find_v1(const fs::path& mount, const fs::path& own) {
  Hierarchy found{1, {}};
  for (const char* controller : {"memory", "pids"}) {
    const std::optional<fs::path> folder = v1_folder(mount, own, controller);
    if (!folder) return std::nullopt;
    found.folders.push_back(*folder);
  }
  if (const std::optional<fs::path> cpu = v1_folder(mount, own, "cpuacct")) {
    found.folders.push_back(*cpu);
  }
  return found;
}

bool hands_down(const fs::path& folder, const std::string& controller) {
  std::ifstream stream(folder / "cgroup.subtree_control");
  for (std::string name; stream >> name;) {
    if (name == controller) return true;
  }
  return false;
}

/// Whether groups in `folder` have both controllers, after asking for them.
bool has_controllers(const fs::path& folder) {
  for (const char* controller : {"memory", "pids"}) {
    if (!hands_down(folder, controller)) {
      std::ofstream(folder / "cgroup.subtree_control") << '+' << controller;
    }
    if (!hands_down(folder, controller)) return false;
  }
  return true;
}

std::optional<Hierarchy> find_v2(const fs::path& mount, const fs::path& own) {
  if (!fs::exists(mount / "cgroup.controllers")) return std::nullopt;
  std::vector<fs::path> candidates;
  if (const char* named = std::getenv("PSET3_CGROUP")) candidates.emplace_back(named);
  // A group with processes in it cannot hand controllers down, so ours is of no use; its parent is.
  const fs::path ours = own_group(own, "");
  if (!ours.empty()) candidates.push_back(mount / ours.parent_path());
  candidates.push_back(mount);
  for (const fs::path& folder : candidates) {
    if (fs::exists(folder / "cgroup.procs") && is_writable(folder) && has_controllers(folder)) {
      return Hierarchy{2, {folder}};
    }
  }
  return std::nullopt;
}

}  // namespace

std::optional<Hierarchy> find_hierarchy(std::string& why, const fs::path& mount,
                                        const fs::path& own) {
  if (std::optional<Hierarchy> found = find_v2(mount, own)) return found;
  if (std::optional<Hierarchy> found = find_v1(mount, own)) return found;
  if (!fs::exists(mount)) {
    why = mount.string() + " is not mounted";
  } else {
    why = "no cgroup below " + mount.string() +
          " can be written; run as root, or give a delegated cgroup v2 folder in PSET3_CGROUP "
          "(systemd-run --user --scope -p Delegate=yes)";
  }
  return std::nullopt;
}

}  // namespace pset3::box
