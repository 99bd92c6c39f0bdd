#include "grader/app/context.hpp"

#include <fmt/format.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <random>

#include "grader/base/error.hpp"
#include "grader/base/files.hpp"
#include "grader/box/box.hpp"

namespace pset3::app {
namespace {

namespace fs = std::filesystem;

std::string random_secret() {
  std::random_device device;
  std::string text;
  for (int i = 0; i < 8; ++i) text += fmt::format("{:08x}", device());
  return text;
}

}  // namespace

const pipeline::Course& Context::course() {
  if (!course_) {
    course_ = pipeline::load_course(registry_.home, registry_.parts);
    if (!handouts_address.empty()) {
      course_->handouts_address = pipeline::address_of_site(handouts_address);
    }
  }
  return *course_;
}

void Context::use_rubrics(const std::vector<fs::path>& files) {
  course();
  for (const fs::path& file : files) pipeline::replace_rubric(*course_, file);
}

fs::path Context::store_place() const {
  return store_folder.empty() ? box::cache_folder() / "store" : fs::path(store_folder);
}

const pipeline::Store& Context::store() {
  if (!store_) {
    box::clean_up();
    store_.emplace(store_place());
    if (!box::reachable(store_->root())) {
      throw InputError("the user that submissions run as cannot reach the store " +
                       store_->root().string() +
                       ": let others pass (chmod o+x) through the folders " +
                       "above it and read it, or choose another with --store");
    }
  }
  return *store_;
}

void add_store_option(CLI::App& verb, Context& context) {
  verb.add_option("--store", context.store_folder, "folder for what is kept between runs")
      ->type_name("DIR");
}

void add_handouts_option(CLI::App& verb, Context& context) {
  verb.add_option("--handouts", context.handouts_address,
                  "where the handouts are published: pages link to them there (default: the "
                  "address in handouts/site.json, else the files beside)")
      ->type_name("URL");
}

pipeline::Draw read_draw(const std::string& file, const std::string& run) {
  if (!file.empty()) return {read_file(file), run};
  const fs::path own = box::cache_folder() / "course_secret";
  if (!fs::exists(own)) {
    const mode_t before = ::umask(0077);
    write_file(own, random_secret());
    ::umask(before);
    fs::permissions(own, fs::perms::owner_read | fs::perms::owner_write);
  }
  return {read_file(own), run};
}

report::TextStyle terminal_style() {
  report::TextStyle style;
  if (::isatty(STDOUT_FILENO) == 0) return style;
  style.colour = std::getenv("NO_COLOR") == nullptr;
  winsize size{};
  if (::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0) {
    style.width = std::clamp<int>(size.ws_col, 60, 110);
  }
  return style;
}

void show_progress(const std::string& text) {
  if (::isatty(STDERR_FILENO) == 0) return;
  fmt::print(stderr, "\r\x1b[2K{}", text);
  std::fflush(stderr);
}

std::string short_name(const fs::path& submission) {
  fs::path path = submission.lexically_normal();
  if (!path.has_filename()) path = path.parent_path();
  const bool plain = path.is_relative() && path != "." && *path.begin() != "..";
  if (plain) return path.string();
  path = fs::absolute(path).lexically_normal();
  return (path.has_filename() ? path : path.parent_path()).filename().string();
}

fs::path default_submission(const pipeline::Course& course) {
  for (const fs::path& base : {fs::path("starter"), fs::path(".")}) {
    for (const judge::Rubric& rubric : course.parts) {
      if (fs::is_directory(base / rubric.folder)) return base;
    }
  }
  return course.home.source / "starter";
}

void make_folder(const fs::path& folder) {
  std::error_code error;
  fs::create_directories(folder, error);
  if (error) throw GraderError("cannot make " + folder.string() + ": " + error.message());
}

}  // namespace pset3::app
