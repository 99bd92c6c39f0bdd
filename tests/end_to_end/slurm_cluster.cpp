#include "tests/end_to_end/slurm_cluster.hpp"

#include <fmt/format.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <cstdlib>
#include <random>

#include "grader/base/error.hpp"
#include "grader/base/files.hpp"
#include "grader/base/process.hpp"

namespace pset3::end_to_end {
namespace {

namespace fs = std::filesystem;

/// Ports of loopback that nobody has, all different.
std::vector<int> free_ports(int count) {
  std::vector<int> sockets;
  std::vector<int> ports;
  for (int i = 0; i < count; ++i) {
    const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    if (socket < 0 || ::bind(socket, reinterpret_cast<sockaddr*>(&address), size) != 0 ||
        ::getsockname(socket, reinterpret_cast<sockaddr*>(&address), &size) != 0) {
      throw GraderError("no free port");
    }
    sockets.push_back(socket);
    ports.push_back(ntohs(address.sin_port));
  }
  for (const int socket : sockets) ::close(socket);
  return ports;
}

std::string host_name() {
  std::array<char, 256> name{};
  ::gethostname(name.data(), name.size() - 1);
  const std::string full = name.data();
  return full.substr(0, full.find('.'));
}

std::string configuration(const fs::path& folder, const std::string& settings) {
  const std::vector<int> ports = free_ports(3);
  const std::string host = host_name();
  std::string text = fmt::format(
      "ClusterName=test\nSlurmctldHost={0}(127.0.0.1)\nSlurmctldPort={1}\n"
      "AuthType=auth/munge\nAuthInfo=socket={2}/munge/socket\nCryptoType=crypto/munge\n"
      "SlurmUser=root\nSlurmdUser=root\nStateSaveLocation={2}/state\nSlurmdSpoolDir={2}/spool-%n\n"
      "SlurmctldPidFile={2}/controller.pid\nSlurmdPidFile={2}/node-%n.pid\n"
      "ProctrackType=proctrack/linuxproc\nTaskPlugin=task/none\nMpiDefault=none\n"
      "SelectType=select/cons_tres\nSelectTypeParameters=CR_CPU\n"
      "SchedulerParameters=batch_sched_delay=0,sched_interval=1,bf_interval=1\n"
      "ReturnToService=2\nSlurmdTimeout=5\nKillWait=1\n",
      host, ports[0], folder.string());
  for (int node = 1; node <= 2; ++node) {
    text += fmt::format(
        "NodeName=n{} NodeHostname={} NodeAddr=127.0.0.1 Port={} CPUs=2 RealMemory=8000\n", node,
        host, ports[static_cast<std::size_t>(node)]);
  }
  return text + "PartitionName=all Nodes=n1,n2 Default=YES MaxTime=INFINITE State=UP\n" + settings;
}

void write_key(const fs::path& file) {
  std::random_device random;
  std::string key(1024, '\0');
  for (char& byte : key) byte = static_cast<char>(random());
  write_file(file, key);
  fs::permissions(file, fs::perms::owner_read);
}

/// Whether a process was started with this in its environment.
bool has_in_environment(const fs::path& process, const std::string& entry) {
  try {
    return read_file(process / "environ").find(entry) != std::string::npos;
  } catch (const InputError&) {
    return false;  // has ended meanwhile
  }
}

}  // namespace

SlurmCluster::SlurmCluster(const fs::path& folder, Process::Environment environment,
                           const std::string& settings)
    : folder_(folder), environment_(std::move(environment)) {
  const fs::path munge = folder_ / "munge";
  for (const fs::path& made : {munge, folder_ / "state"}) fs::create_directories(made);
  fs::permissions(munge, fs::perms::owner_all);
  write_key(munge / "key");
  write_file(folder_ / "slurm.conf", configuration(folder_, settings));
  environment_["SLURM_CONF"] = (folder_ / "slurm.conf").string();
  const auto start = [&](const std::vector<std::string>& argv) {
    return std::make_unique<Process>(argv, environment_, folder_);
  };
  daemons_.push_back(start(
      {"munged", "--foreground", "--force", "--key-file=" + (munge / "key").string(),
       "--socket=" + (munge / "socket").string(), "--pid-file=" + (munge / "pid").string(),
       "--log-file=" + (munge / "log").string(), "--seed-file=" + (munge / "seed").string()}));
  wait_until([&] { return fs::exists(munge / "socket"); });
  daemons_.push_back(start({"slurmctld", "-D"}));
  for (int node = 1; node <= 2; ++node) {
    nodes_[node] = start({"slurmd", "-D", "-N", fmt::format("n{}", node)});
  }
}

SlurmCluster::~SlurmCluster() {
  run({"scancel", "--user=root"});
  for (const auto& [number, node] : nodes_) node->signal(SIGTERM);
  for (const auto& [number, node] : nodes_) node->wait();
  for (auto daemon = daemons_.rbegin(); daemon != daemons_.rend(); ++daemon) {
    (*daemon)->signal(SIGTERM);
    (*daemon)->wait();
  }
}

bool SlurmCluster::is_installed() {
  for (const char* program : {"slurmctld", "slurmd", "sbatch", "munged"}) {
    if (run_process({"sh", "-c", std::string("command -v ") + program}, "/").status != 0) {
      return false;
    }
  }
  return ::geteuid() == 0;
}

bool SlurmCluster::is_up() const {
  return wait_until(
      [&] {
        return run({"sinfo", "-h", "-o", "%D %t"}) == "2 idle\n";
      },
      std::chrono::seconds(60));
}

void SlurmCluster::kill_node(int number) {
  nodes_.at(number)->signal(SIGKILL);
  const std::string entry = fmt::format("SLURMD_NODENAME=n{}", number);
  for (const fs::directory_entry& process : fs::directory_iterator("/proc")) {
    const std::string name = process.path().filename().string();
    if (name.find_first_not_of("0123456789") != std::string::npos) continue;
    if (has_in_environment(process.path(), entry)) ::kill(std::stoi(name), SIGKILL);
  }
}

std::string SlurmCluster::run(const std::vector<std::string>& argv) const {
  Process process(argv, environment_, folder_);
  process.wait();
  return process.out();
}

}  // namespace pset3::end_to_end
