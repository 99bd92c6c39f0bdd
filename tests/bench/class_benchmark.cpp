/// What a class costs those who grade it: the time, the processors and the memory of `grade` at
/// some sizes of a generated class, and of `rejudge` at the last one.
///
///     class_benchmark PSET3 SIZES PARTS KINDS
///     class_benchmark build/dev/grader/app/pset3 20,100,200 p1 0
///     class_benchmark build/dev/grader/app/pset3 1000 p0,p1 4
///
/// KINDS is how many different files there are of each part; 0: everybody's files are their own.
/// Each size is the class of the size before and more: what that one has is in the store. The
/// solution is graded first, so that what all submissions share is not counted.
/// Exit status 1 when rejudging takes longer than 10 s a 1,000 submissions.

#include <fmt/format.h>

#include <iostream>
#include <sstream>

#include "grader/base/error.hpp"
#include "grader/base/files.hpp"
#include "grader/base/process.hpp"
#include "tests/bench/costs.hpp"
#include "tests/end_to_end/generated_class.hpp"

namespace {

namespace fs = std::filesystem;
using pset3::end_to_end::ClassPlan;
using pset3::end_to_end::Download;
using pset3::end_to_end::GeneratedStudent;

constexpr double kRejudgeGoalSeconds = 0.010;  ///< a submission

std::vector<std::string> split(const std::string& text) {
  std::vector<std::string> words;
  std::istringstream stream(text);
  for (std::string word; std::getline(stream, word, ',');) words.push_back(word);
  return words;
}

struct Cost {
  double seconds = 0.0, processor_seconds = 0.0, mib = 0.0;
};

Cost cost_of(const std::vector<std::string>& command) {
  const pset3::bench::PeakMemory memory;
  const double before = pset3::bench::processor_seconds();
  const auto begin = std::chrono::steady_clock::now();
  const pset3::ProcessResult result = pset3::run_process(command, PSET3_SOURCE_DIR);
  Cost cost;
  cost.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  cost.processor_seconds = pset3::bench::processor_seconds() - before;
  cost.mib = memory.mib();
  const bool has_refused = result.status == 2;  // those who handed in nothing at all
  if (result.status != 0 && !has_refused) throw pset3::GraderError(result.output);
  return cost;
}

void print(const std::string& what, std::size_t rows, const Cost& cost) {
  const auto number = static_cast<double>(rows);
  fmt::print(
      "{}: {:.1f} s, {:.1f} s of processors ({:.0f} and {:.0f} ms a submission), {:.0f} % of {} "
      "cores busy, at most {:.0f} MiB\n",
      what, cost.seconds, cost.processor_seconds, 1000.0 * cost.seconds / number,
      1000.0 * cost.processor_seconds / number,
      100.0 * cost.processor_seconds / cost.seconds / std::thread::hardware_concurrency(),
      std::thread::hardware_concurrency(), cost.mib);
  std::fflush(stdout);
}

/// A class in a folder, graded as it grows.
class Growing {
 public:
  Growing(std::string pset3, const ClassPlan& plan, const std::string& parts)
      : students_(pset3::end_to_end::generate_class(PSET3_SOURCE_DIR, plan)),
        grade_({std::move(pset3), "grade", path("class"), "--from", "moodle", "--parts", parts,
                "--out", path("grades"), "--store", path("store"), "--no-html"}) {
    std::vector<std::string> first = grade_;
    first[2] = (fs::path(PSET3_SOURCE_DIR) / "solution").string();
    first[4] = "folders";
    first[8] = path("first");
    print("the solution first", 1, cost_of(first));
  }

  void grade(std::size_t size) {
    const std::size_t before = size_;
    size_ = size;
    pset3::end_to_end::write_download(
        {students_.begin(), students_.begin() + static_cast<long>(size)}, Download::kMoodle,
        path("class"));
    print(fmt::format("from {} to {} submissions", before, size), size - before, cost_of(grade_));
  }

  /// @returns whether it is as fast as it should be
  bool rejudge() const {
    const Cost cost = cost_of({grade_[0], "rejudge", path("grades"), "--store", path("store")});
    print(fmt::format("rejudge of {}", size_), size_, cost);
    return cost.seconds <= kRejudgeGoalSeconds * static_cast<double>(size_);
  }

 private:
  std::string path(const std::string& name) const { return (folder_.path() / name).string(); }

  pset3::TemporaryFolder folder_{fs::temp_directory_path(), 0755};
  std::vector<GeneratedStudent> students_;
  std::vector<std::string> grade_;
  std::size_t size_ = 0;
};

}  // namespace

int main(int argc, char** argv) {
  try {
    if (argc != 5) throw pset3::InputError("usage: class_benchmark PSET3 SIZES PARTS KINDS");
    std::vector<std::size_t> sizes;
    for (const std::string& size : split(argv[2])) sizes.push_back(std::stoul(size));
    ClassPlan plan;
    plan.students = sizes.back();
    plan.parts = split(argv[3]);
    plan.kinds = std::stoul(argv[4]);
    Growing growing(fs::absolute(argv[1]), plan, argv[3]);
    for (const std::size_t size : sizes) growing.grade(size);
    return growing.rejudge() ? 0 : 1;
  } catch (const std::exception& error) {
    std::cerr << "class_benchmark: " << error.what() << "\n";
    return 2;
  }
}
