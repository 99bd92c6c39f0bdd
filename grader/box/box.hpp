#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "grader/box/path_names.hpp"

namespace pset3::box {

/// How well a box holds. Chosen by probing, printed in every report.
enum class Level {
  kLimits = 0,      ///< L0: resource limits only
  kLandlock = 1,    ///< L1: Landlock, seccomp and limits
  kNamespaces = 2,  ///< L2: namespaces, seccomp and limits
  kCgroup = 3,      ///< L3: the same in a cgroup of its own
};
std::string_view name_of(Level level);  ///< "L3 cgroup + namespaces", …

/// The best level that works on this machine, found once by starting boxes.
Level probe();
/// One line for each level that does not work here: which, why, and what would help.
std::vector<std::string> why_not_better();

struct Bind {
  std::filesystem::path host;
  std::filesystem::path inside;  ///< absolute
  std::string called = {};       ///< by the user, in relayed text; empty = as the program sees it
};

struct Limits {
  std::chrono::milliseconds wall{10'000};  ///< kept by the parent
  std::chrono::milliseconds cpu{20'000};
  std::uint64_t memory_bytes = 2ull << 30;
  std::uint64_t file_bytes = 64ull << 20;  ///< of one file that it writes
  std::uint64_t tmp_bytes = 0;  ///< size of a private /tmp; 0 = nothing can be written anywhere
  int processes = 64;
  std::uint64_t text_bytes =
      64ull << 10;  ///< of stdout and of stderr that are kept; more is read and dropped
};

/// What to run and what it may see. Nothing else of the machine is there: /usr (read only), /proc,
/// a minimal /dev, no network, no environment but `environment`, no descriptors but 0 to 3.
///
/// At L1 and L0 there are no mounts, so that `inside` paths do not exist: where `argv`, the values
/// of `environment` and `working_folder` have one at the start of a word, after one of "=:," or
/// after an option's letter ("-I/src"), they are given the `host` path. A private folder stands in
/// for /tmp in the same way and through TMPDIR; its size is not limited.
///
/// Folders on the way to a `host` path must let others through (mode o+x) when pset3 runs as root,
/// since boxes run as a user that owns nothing; `cache_folder()` is made for it. A `writable`
/// folder becomes that user's.
struct BoxSpec {
  std::vector<std::string> argv;  ///< argv[0] is a path inside
  std::vector<Bind> read_only;
  std::vector<Bind> writable;  ///< folders of the caller's own that outputs may be written to
  std::vector<std::pair<std::string, std::string>> environment;
  std::filesystem::path working_folder = "/";
  Limits limits;
  bool relay_text = false;  ///< for people who run their own code: also copies stdout and stderr to
                            ///< ours as they come, with the paths that `Bind::called` names
  std::optional<Level> level;  ///< for tests; default: probe()
};

/// @returns the paths that a program in such a box sees, and what `Bind::called` calls them.
PathNames path_names_of(const BoxSpec& spec);

enum class Ending { kExited, kSignalled, kTimeout, kOutOfMemory, kBoxFailed };

/// How the program in a box ended, as the parent and the stub saw it.
struct BoxExit {
  Ending ending = Ending::kBoxFailed;
  int code = 0;  ///< exit status or signal number; also after kTimeout and kOutOfMemory
  double wall_ms = 0.0;
  double cpu_ms = 0.0;    ///< of all processes inside
  double peak_mib = 0.0;  ///< largest resident set of any one process, shared libraries included
  std::string out;        ///< what it printed, capped
  std::string err;
  std::string why;  ///< of kBoxFailed
  Level level = Level::kLimits;
};

/// A running box: its stdin and descriptor 3 are pipes to us. Used once, killed with the object.
/// The thread that made it has to live until it is finished, since a box dies with its parent.
class Box {
 public:
  /// @throws GraderError when no box can be made at the asked level, or a bind cannot be reached by
  /// the user of boxes; std::invalid_argument when the spec makes no sense.
  explicit Box(const BoxSpec& spec);
  ~Box();
  Box(const Box&) = delete;
  Box& operator=(const Box&) = delete;

  using Clock = std::chrono::steady_clock;

  /// Writes to the program's stdin, reading what it prints meanwhile. @returns false when the
  /// program is gone or the deadline has come.
  bool send(std::string_view bytes, Clock::time_point deadline);
  void close_input();

  enum class Received { kAll, kEnd, kDeadline };
  /// Reads exactly `count` bytes that the program wrote to its descriptor 3, appended to `bytes`.
  Received receive(std::size_t count, std::string& bytes, Clock::time_point deadline);

  /// Waits for the end, at most until the wall limit; everything inside is killed then.
  BoxExit finish();
  /// The same with an earlier deadline.
  BoxExit finish(Clock::time_point deadline);
  /// Kills everything inside at once, unless it has ended by itself; says which.
  BoxExit kill();

 private:
  friend BoxExit run(const BoxSpec& spec, std::string_view input);
  struct State;
  std::unique_ptr<State> state_;
};

/// Starts a box, gives it `input` as stdin and waits for its end. What it wrote to descriptor 3 is
/// dropped. What is wrong with the box itself comes back as kBoxFailed, and never as an exception.
BoxExit run(const BoxSpec& spec, std::string_view input = {});

/// The folder where boxes find what they bind: readable by the service uid, on the same disk as the
/// store. /var/cache/pset3 for root, $XDG_CACHE_HOME/pset3 for others, $PSET3_CACHE over both.
std::filesystem::path cache_folder();

/// Whether the user that boxes run as can read `path`, so that it can be bound.
bool reachable(const std::filesystem::path& path);

/// Removes what runs that were killed left behind: folders in the cache, empty control groups.
void clean_up();

}  // namespace pset3::box
