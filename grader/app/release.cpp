#include <fmt/format.h>

#include <set>

#include "grader/app/context.hpp"
#include "grader/author/release_gradescope.hpp"
#include "grader/author/release_pages.hpp"
#include "grader/author/release_student.hpp"
#include "grader/base/error.hpp"
#include "grader/base/files.hpp"
#include "grader/base/text.hpp"

namespace pset3::app {
namespace {

namespace fs = std::filesystem;

struct ReleaseOptions {
  std::string out;
  std::string secret_file;
  std::string run = "1";
  std::vector<std::string> parts;
  std::string handouts;  ///< address of the published handouts
  bool no_pages = false;
};

fs::path beside(const fs::path& folder, const std::string& extension) {
  return folder.parent_path() / (folder.filename().string() + extension);
}

int release_student(Context& context, const ReleaseOptions& options) {
  fs::path folder = fs::path(options.out).lexically_normal();
  if (!folder.has_filename()) folder = folder.parent_path();
  const pipeline::Course& course = context.course();
  author::ReleaseTree tree =
      author::student_release(course, {options.parts.begin(), options.parts.end()});
  const bool has_address = !options.handouts.empty() || !course.handouts_address.empty();
  if (has_address) {
    author::add_address(tree, options.handouts.empty()
                                  ? course.handouts_address
                                  : pipeline::address_of_site(options.handouts));
  } else if (!options.no_pages && !author::add_pages(tree, course.home.source)) {
    fmt::print(
        "The handouts are in it as Markdown alone. Install pandoc and type this again to have them "
        "as pages too.\n");
  }
  author::write_tree(tree, folder);
  const fs::path archive = beside(folder, ".zip");
  const std::string bytes = author::zip_of(tree, fs::absolute(folder).filename().string(),
                                           author::release_time(course.home.source));
  write_file(archive, bytes);
  fmt::print("wrote {} ({}) and {} ({:.1f} MB)\n", folder.string(), counted(tree.size(), "file"),
             archive.string(), static_cast<double>(bytes.size()) / 1e6);
  return kDone;
}

int release_gradescope(Context& context, const ReleaseOptions& options) {
  const pipeline::Course& course = context.course();
  const pipeline::Draw draw = read_draw(options.secret_file, options.run);
  const author::ReleaseTree tree =
      author::gradescope_release(course, {options.parts.begin(), options.parts.end()}, draw);
  const std::string bytes = author::zip_of(tree, "", author::release_time(course.home.source));
  write_file(options.out, bytes);
  fs::permissions(options.out, fs::perms::owner_read | fs::perms::owner_write);
  fmt::print(
      "wrote {} ({:.1f} MB). The solution and the course secret are in it: for staff alone\n",
      options.out, static_cast<double>(bytes.size()) / 1e6);
  return kDone;
}

void add_parts_option(CLI::App& verb, ReleaseOptions& options) {
  verb.add_option("--parts", options.parts, "only these parts: p1,p2")
      ->delimiter(',')
      ->allow_extra_args(false)
      ->type_name("PART,…");
}

void add_release_gradescope(CLI::App& release, Context& context, Action& chosen) {
  auto options = std::make_shared<ReleaseOptions>();
  CLI::App* verb =
      release.add_subcommand("gradescope", "Gradescope's autograder: what that platform is given");
  verb->add_option("--out", options->out, "archive to write")
      ->type_name("FILE")
      ->default_val("autograder.zip");
  add_parts_option(*verb, *options);
  verb->add_option("--secret", options->secret_file,
                   "file with the course secret that hidden cases are drawn from")
      ->type_name("FILE");
  verb->add_option("--run", options->run, "name of this run: another name draws other hidden cases")
      ->check(CLI::Validator(
          [](const std::string& name) {
            const bool plain = !name.empty() &&
                               name.find_first_not_of(
                                   "abcdefghijklmnopqrstuvwxyz"
                                   "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.-") == std::string::npos;
            return plain ? std::string() : "expected letters, digits, _ . and - alone";
          },
          "NAME"))
      ->capture_default_str();
  verb->footer(
      "It holds setup.sh, run_autograder, the grader with the solution, and the course secret.\n"
      "It needs Debian 12 or 13; the Dockerfile in it makes an image.\n"
      "Examples:\n"
      "  ./pset3 author release gradescope --out autograder.zip\n"
      "  ./pset3 author release gradescope --parts p1 --out p1.zip");
  verb->callback([&context, &chosen, options] {
    chosen = [&context, options] { return release_gradescope(context, *options); };
  });
}

}  // namespace

void add_release(CLI::App& author, Context& context, Action& chosen) {
  CLI::App* release = author.add_subcommand("release", "Make what is given away");
  release->require_subcommand(1);
  auto options = std::make_shared<ReleaseOptions>();
  CLI::App* student = release->add_subcommand(
      "student", "What students get: starter, handouts, grader, public checks, no answers");
  student->add_option("--out", options->out, "folder to write; the archive lies beside it")
      ->type_name("DIR")
      ->required();
  add_parts_option(*student, *options);
  student
      ->add_option("--handouts", options->handouts,
                   "where the handouts are published: reports link to them there")
      ->type_name("URL");
  student->add_flag("--no-pages", options->no_pages, "the handouts as Markdown alone");
  student->footer(
      "The stubs are made from solution/. Hidden checks are left out; reports tell their number "
      "and "
      "points.\n"
      "Reports link to the handouts: to --handouts, or else to pages that pandoc makes for the "
      "release.\n"
      "The same commit gives the same bytes, with the same pandoc.\n"
      "Examples:\n"
      "  ./pset3 author release student --out release/pset3\n"
      "  ./pset3 author release student --out release/pset3 --parts p1,p2\n"
      "  ./pset3 author release student --out release/pset3 --handouts https://example.org/cv/");
  student->callback([&context, &chosen, options] {
    chosen = [&context, options] { return release_student(context, *options); };
  });
  add_release_gradescope(*release, context, chosen);
}

}  // namespace pset3::app
