#include "grader/box/box.hpp"

#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <stdexcept>

#include "grader/base/error.hpp"
#include "grader/base/files.hpp"
#include "grader/box/cache.hpp"
#include "grader/box/cgroup.hpp"
#include "grader/box/channels.hpp"
#include "grader/box/command.hpp"
#include "grader/box/defences.hpp"
#include "grader/box/ending.hpp"
#include "grader/box/launch.hpp"
#include "grader/box/service_uid.hpp"

namespace pset3::box {
namespace {

using std::chrono::milliseconds;

// For the stub to kill, wait and report; and for SIGKILL to take effect on a busy machine.
constexpr milliseconds kGrace{500};
constexpr milliseconds kPatience{5000};

void check(const BoxSpec& spec) {
  const auto need = [](bool holds, const std::string& what) {
    if (!holds) throw std::invalid_argument("BoxSpec: " + what);
  };
  need(!spec.argv.empty() && spec.argv[0].starts_with('/'), "argv[0] must be an absolute path");
  need(spec.limits.wall.count() > 0 && spec.limits.cpu.count() > 0, "times must be above 0");
  need(spec.limits.memory_bytes > 0 && spec.limits.processes > 0,
       "memory and processes must be above 0");
  for (const auto* binds : {&spec.read_only, &spec.writable}) {
    for (const Bind& bind : *binds) {
      need(bind.inside.is_absolute(), "'inside' must be absolute: " + bind.inside.string());
    }
  }
}

void check_reachable(const BoxSpec& spec, std::optional<uid_t> uid) {
  const auto need = [&](const Bind& bind, bool owned) {
    const std::string why = unreachable(bind.host, uid, owned);
    if (!why.empty()) throw GraderError("cannot make a box: " + why);
  };
  for (const Bind& bind : spec.read_only) need(bind, false);
  for (const Bind& bind : spec.writable) need(bind, true);
}

void give_to(std::optional<uid_t> uid, const std::filesystem::path& folder) {
  struct stat status {};
  if (::lstat(folder.c_str(), &status) != 0 || !S_ISDIR(status.st_mode)) {
    throw GraderError("a box cannot write to " + folder.string() + ": not a folder");
  }
  if (uid && ::lchown(folder.c_str(), *uid, *uid) != 0) {
    throw GraderError("cannot give " + folder.string() +
                      " to the user of a box: " + std::strerror(errno));
  }
}

Hierarchy hierarchy() {
  std::string why;
  if (const std::optional<Hierarchy> found = find_hierarchy(why)) return *found;
  throw GraderError(why);
}

/// Below L2 nothing is mounted, and programs are given the paths of the machine.
PathNames path_names(const BoxSpec& spec, Level level) {
  PathNames names;
  for (const auto* binds : {&spec.read_only, &spec.writable}) {
    for (const Bind& bind : *binds) {
      if (bind.called.empty()) continue;
      names.add(level >= Level::kNamespaces ? bind.inside : bind.host, bind.called);
    }
  }
  return names;
}

Level level_of(const BoxSpec& spec) { return spec.level ? *spec.level : probe(); }

double ms_since(Box::Clock::time_point start) {
  return std::chrono::duration<double, std::milli>(Box::Clock::now() - start).count();
}

}  // namespace

PathNames path_names_of(const BoxSpec& spec) { return path_names(spec, level_of(spec)); }

struct Box::State {
  State(const BoxSpec& asked, Level at)
      : spec(asked),
        level(at),
        channels(has(Defence::kTextLimit) ? asked.limits.text_bytes : 1ull << 40, asked.relay_text,
                 path_names(asked, at)) {}
  ~State();

  void prepare();
  void start();
  void kill_hard();
  BoxExit end(bool at_once);

  BoxSpec spec;
  Level level;
  Channels channels;
  ServiceUid service;
  std::optional<TemporaryFolder> tmp;
  std::optional<Cgroup> group;
  Launched process;
  Clock::time_point began;
  Clock::time_point last;  ///< when the wall limit comes
  std::optional<BoxExit> exit;
};

Box::State::~State() {
  if (process.pid > 0 && !exit) end(true);
}

void Box::State::prepare() {
  if (has(Defence::kServiceUser)) service = ServiceUid::acquire();
  if (level < Level::kNamespaces && spec.limits.tmp_bytes > 0) {
    tmp.emplace(cache_folder());
    spec.writable.push_back({tmp->path(), "/tmp"});
    spec.environment.emplace_back("TMPDIR", "/tmp");
  }
  for (const Bind& bind : spec.writable) give_to(service.value(), bind.host);
  check_reachable(spec, service.value());
  if (level == Level::kCgroup) {
    const std::uint64_t memory = has(Defence::kMemoryLimit) ? spec.limits.memory_bytes : 1ull << 40;
    const int processes = has(Defence::kProcessLimit) ? spec.limits.processes : 10'000;
    group.emplace(hierarchy(), memory, processes + kOwnInCgroup);
  }
}

void Box::State::start() {
  const std::vector<Descriptor> theirs = channels.open();
  Launch plan;
  plan.argv = command_of(spec, level, stub_program());
  for (std::size_t i = 0; i < theirs.size(); ++i) plan.descriptors.at(i) = theirs[i].get();
  if (group) plan.groups = group->join_descriptors();
  plan.uid = service.value();
  plan.close_descriptors = has(Defence::kDescriptors);
  plan.keep_environment = !has(Defence::kEnvironment);
  began = Clock::now();
  last = began + (has(Defence::kWallClock) ? spec.limits.wall : std::chrono::hours(1));
  process = launch(plan);
  if (group) group->close_join_descriptors();
}

void Box::State::kill_hard() {
  if (group) group->kill_all();
  // Its own session: bubblewrap's monitor, or the stub; with it goes the process namespace.
  ::kill(-process.pid, SIGKILL);
  ::kill(process.pid, SIGKILL);
}

BoxExit Box::State::end(bool at_once) {
  if (exit) return *exit;
  Observed seen;
  seen.killed = at_once;
  channels.close_input();
  bool ended = !at_once && channels.wait_for_end(process.pidfd, last);
  seen.timed_out = !at_once && !ended;
  exit.emplace();
  exit->wall_ms = ms_since(began);
  if (!ended) {
    channels.cut_lifeline();
    ended = channels.wait_for_end(process.pidfd, Clock::now() + kGrace);
  }
  if (!ended) {
    kill_hard();
    ended = channels.wait_for_end(process.pidfd, Clock::now() + kPatience);
  }
  ::waitpid(process.pid, nullptr, ended ? 0 : WNOHANG);
  seen.stuck = !ended;
  seen.messages = channels.messages();
  if (group) {
    seen.oom_kills = group->oom_kills();
    seen.group_cpu_ms = group->cpu_ms();
    seen.group_peak_mib = group->peak_mib();
  }
  exit->out = std::move(channels.out);
  exit->err = std::move(channels.err);
  exit->level = level;
  decide(seen, spec.limits, *exit);
  return *exit;
}

Box::Box(const BoxSpec& spec) {
  check(spec);
  state_ = std::make_unique<State>(spec, level_of(spec));
  state_->prepare();
  state_->start();
}

Box::~Box() = default;

bool Box::send(std::string_view bytes, Clock::time_point deadline) {
  return !state_->exit && state_->channels.send(bytes, std::min(deadline, state_->last));
}

void Box::close_input() { state_->channels.close_input(); }

Box::Received Box::receive(std::size_t count, std::string& bytes, Clock::time_point deadline) {
  if (state_->exit) return Received::kEnd;
  switch (state_->channels.receive(count, bytes, std::min(deadline, state_->last))) {
    case Channels::Got::kAll:
      return Received::kAll;
    case Channels::Got::kEnd:
      return Received::kEnd;
    case Channels::Got::kDeadline:
      return Received::kDeadline;
  }
  return Received::kEnd;
}

BoxExit Box::finish() { return state_->end(false); }

BoxExit Box::finish(Clock::time_point deadline) {
  state_->last = std::min(state_->last, deadline);
  return state_->end(false);
}

BoxExit Box::kill() { return state_->end(true); }

BoxExit run(const BoxSpec& spec, std::string_view input) {
  try {
    Box box(spec);
    box.state_->channels.drop_results();
    box.send(input, Box::Clock::now() + spec.limits.wall);
    return box.finish();
  } catch (const GraderError& error) {
    BoxExit exit;
    exit.why = error.what();
    exit.level = spec.level.value_or(Level::kLimits);
    return exit;
  }
}

}  // namespace pset3::box
