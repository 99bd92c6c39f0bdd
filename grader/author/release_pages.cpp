#include "grader/author/release_pages.hpp"

#include <nlohmann/json.hpp>
#include <regex>

#include "grader/base/error.hpp"
#include "grader/base/files.hpp"
#include "grader/base/process.hpp"

namespace pset3::author {
namespace {

namespace fs = std::filesystem;

bool has_pandoc(const fs::path& folder) {
  return run_process({"sh", "-c", "command -v pandoc"}, folder).status == 0;
}

/// A folder that goes away with its owner.
class Workshop {
 public:
  Workshop() {
    std::string name = (fs::temp_directory_path() / "pset3-pages-XXXXXX").string();
    if (mkdtemp(name.data()) == nullptr) {
      throw GraderError("no folder could be made for the handouts' pages: " + name);
    }
    folder_ = name;
  }
  ~Workshop() {
    std::error_code ignored;
    fs::remove_all(folder_, ignored);
  }
  Workshop(const Workshop&) = delete;
  Workshop& operator=(const Workshop&) = delete;
  const fs::path& folder() const { return folder_; }

 private:
  fs::path folder_;
};

}  // namespace

bool add_pages(ReleaseTree& tree, const fs::path& source) {
  const Workshop workshop;
  if (!has_pandoc(workshop.folder())) return false;
  ReleaseTree with_tools = tree;
  add_file(with_tools, source, "handouts/make_site.sh");
  add_folder(with_tools, source, "handouts/site", [](const fs::path&) { return true; });
  const fs::path copy = workshop.folder() / "release";
  write_tree(with_tools, copy);
  const fs::path pages = workshop.folder() / "pages";
  const ProcessResult made = run_process(
      {"sh", (copy / "handouts/make_site.sh").string(), pages.string()}, workshop.folder());
  if (made.status != 0) throw GraderError("handouts/make_site.sh failed:\n" + made.output);
  // The figures are in the release already.
  static const std::regex kFigure("(src|href)=\"figures/");
  for (const fs::directory_entry& entry : fs::directory_iterator(pages)) {
    if (!entry.is_regular_file()) continue;
    const std::string text = read_file(entry.path());
    tree["handouts/pages/" + entry.path().filename().string()].bytes =
        std::regex_replace(text, kFigure, "$1=\"../figures/");
  }
  return true;
}

void add_address(ReleaseTree& tree, const std::string& address) {
  const nlohmann::json site = {{"address", address}};
  tree["handouts/site.json"].bytes = site.dump() + "\n";
}

}  // namespace pset3::author
