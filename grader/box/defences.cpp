#include "grader/box/defences.hpp"

#include <array>
#include <atomic>
#include <cstdint>

namespace pset3::box {
namespace {

constexpr std::size_t kDefences = static_cast<std::size_t>(Defence::kCount);
static_assert(kDefences <= 64, "one bit each");
std::atomic<std::uint64_t> dropped{0};

constexpr std::array<std::string_view, kDefences> kNames = {"seccomp",
                                                            "descriptors",
                                                            "network_namespace",
                                                            "pid_namespace",
                                                            "ipc_namespace",
                                                            "host_name",
                                                            "cgroup_namespace",
                                                            "no_new_namespaces",
                                                            "remount",
                                                            "read_only_binds",
                                                            "tmp_size",
                                                            "environment",
                                                            "hidden_stub",
                                                            "service_user",
                                                            "landlock",
                                                            "memory_limit",
                                                            "process_limit",
                                                            "wall_clock",
                                                            "text_limit",
                                                            "cpu_limit",
                                                            "file_limit",
                                                            "core_limit",
                                                            "stack_limit",
                                                            "locked_limit",
                                                            "queue_limit",
                                                            "open_files_limit",
                                                            "kernel_calls",
                                                            "priority_calls",
                                                            "io_uring_calls",
                                                            "lasting_calls",
                                                            "uncharged_calls",
                                                            "inter_process_calls",
                                                            "socket_families",
                                                            "namespace_flags",
                                                            "terminal_calls",
                                                            "limit_calls",
                                                            "other_architectures"};

std::uint64_t bit(Defence defence) { return std::uint64_t{1} << static_cast<unsigned>(defence); }

}  // namespace

std::string_view name_of(Defence defence) { return kNames.at(static_cast<std::size_t>(defence)); }

namespace for_tests {

Without::Without(const std::vector<Defence>& defences) {
  std::uint64_t all = 0;
  for (const Defence defence : defences) all |= bit(defence);
  dropped = all;
}
Without::~Without() { dropped = 0; }

}  // namespace for_tests

bool has(Defence defence) { return (dropped & bit(defence)) == 0; }

}  // namespace pset3::box
