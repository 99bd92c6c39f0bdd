#include <fstream>
#include <string>

#include <fmt/format.h>

#include "grader/base/error.hpp"
#include "grader/box/box.hpp"

namespace pset3::box {
namespace {

struct Probing {
  Level best = Level::kLimits;
  std::vector<std::string> why_not_better;
};

bool file_says(const char* path, const std::string& value) {
  std::string word;
  return std::ifstream(path) >> word && word == value;
}

/// What usually keeps namespaces from being made, and who can change it.
std::string namespace_hint() {
  if (file_says("/proc/sys/kernel/apparmor_restrict_unprivileged_userns", "1")) {
    return "; AppArmor forbids user namespaces, as on Ubuntu 24.04; to allow them: "
           "sudo sysctl -w kernel.apparmor_restrict_unprivileged_userns=0";
  }
  if (file_says("/proc/sys/kernel/unprivileged_userns_clone", "0")) {
    return "; to allow user namespaces: sudo sysctl -w kernel.unprivileged_userns_clone=1";
  }
  if (file_says("/proc/sys/user/max_user_namespaces", "0")) {
    return "; to allow user namespaces: sudo sysctl -w user.max_user_namespaces=10000";
  }
  return "; in a container, start it with --security-opt seccomp=unconfined "
         "--security-opt apparmor=unconfined or --privileged";
}

BoxExit try_level(Level level) {
  BoxSpec spec;
  spec.argv = {"/usr/bin/true"};
  spec.level = level;
  return run(spec);
}

Probing probe_levels() {
  Probing found;
  for (const Level level : {Level::kCgroup, Level::kNamespaces, Level::kLandlock, Level::kLimits}) {
    const BoxExit exit = try_level(level);
    if (exit.ending == Ending::kExited && exit.code == 0) {
      found.best = level;
      return found;
    }
    const std::string why =
        exit.why.empty() ? fmt::format("the trial program ended with {}", exit.code) : exit.why;
    found.why_not_better.push_back(
        fmt::format("{} does not work: {}{}", name_of(level), why,
                    level == Level::kNamespaces && why.find("not installed") == std::string::npos
                        ? namespace_hint()
                        : ""));
  }
  std::string all = "no box can be made on this machine";
  for (const std::string& why : found.why_not_better) all += "\n  " + why;
  throw GraderError(all);
}

const Probing& probing() {
  static const Probing found = probe_levels();
  return found;
}

}  // namespace

std::string_view name_of(Level level) {
  switch (level) {
    case Level::kLimits:
      return "L0 limits only";
    case Level::kLandlock:
      return "L1 Landlock + seccomp + limits";
    case Level::kNamespaces:
      return "L2 namespaces without cgroup";
    case Level::kCgroup:
      return "L3 cgroup + namespaces";
  }
  return "unknown level";
}

Level probe() { return probing().best; }

std::vector<std::string> why_not_better() { return probing().why_not_better; }

}  // namespace pset3::box
