#include "grader/pipeline/store_care.hpp"

#include <fmt/format.h>

#include <charconv>

#include "grader/app/context.hpp"
#include "grader/base/error.hpp"
#include "grader/base/text.hpp"
#include "grader/box/box.hpp"

namespace pset3::app {
namespace {

namespace fs = std::filesystem;

std::string size_text(std::uintmax_t bytes) {
  const double mib = static_cast<double>(bytes) / (1 << 20);
  return mib < 1024 ? fmt::format("{:.1f} MiB", mib) : fmt::format("{:.1f} GiB", mib / 1024);
}

/// "30d" with the units d and h, "2G" with K, M and G: a whole number and its unit.
std::uintmax_t amount_of(const std::string& text, const std::map<char, std::uintmax_t>& units,
                         const char* expected) {
  std::uintmax_t number = 0;
  const char* const end = text.data() + text.size();
  const auto [rest, error] = std::from_chars(text.data(), end, number);
  const bool has_unit = error == std::errc() && rest + 1 == end && units.count(*rest) != 0;
  if (!has_unit || number > 1'000'000) {
    throw InputError(fmt::format("expected {}; found \"{}\"", expected, text));
  }
  return number * units.at(*rest);
}

int list(const fs::path& root) {
  fmt::print(" {}\n", root.string());
  std::uintmax_t bytes = 0;
  for (const pipeline::StageSize& stage : pipeline::sizes_of_store(root)) {
    bytes += stage.bytes;
    fmt::print(" {:<9} {:>8} results  {:>10}  least recently used {} days ago\n", stage.stage,
               stage.results, size_text(stage.bytes), stage.oldest.count() / 24);
  }
  fmt::print(" all of it {:>28}\n", size_text(bytes));
  return kDone;
}

int verify(const fs::path& root) {
  const pipeline::Verified verified = pipeline::verify_store(root);
  for (const fs::path& folder : verified.broken) {
    fmt::print(" damaged and removed, will be made again: {}\n", folder.string());
  }
  fmt::print(" {} whole, {} damaged", counted(verified.whole, "result"), verified.broken.size());
  if (verified.without_sums > 0) {
    fmt::print(", {} by an older pset3 without checksums", verified.without_sums);
  }
  fmt::print("\n");
  return verified.broken.empty() ? kDone : kCheckFailed;
}

int clean(const fs::path& root, const std::string& older_than, const std::string& larger_than) {
  if (older_than.empty() && larger_than.empty()) {
    throw InputError("say what to remove: --older-than 30d, --larger-than 2G or both");
  }
  pipeline::CleanOptions options;
  if (!older_than.empty()) {
    options.older_than = std::chrono::hours(amount_of(
        older_than, {{'d', 24}, {'h', 1}}, "days or hours after --older-than, as 30d or 12h"));
  }
  if (!larger_than.empty()) {
    options.larger_than_bytes =
        amount_of(larger_than, {{'K', 1 << 10}, {'M', 1 << 20}, {'G', 1 << 30}},
                  "a size after --larger-than, as 500M or 2G");
  }
  const pipeline::Cleaned cleaned = pipeline::clean_store(root, options);
  fmt::print(" removed {}, {}\n", counted(cleaned.results, "result"), size_text(cleaned.bytes));
  return kDone;
}

}  // namespace

void add_store(CLI::App& app, Context& context, Action& chosen) {
  CLI::App* verb = app.add_subcommand("store", "List, verify or clean what is kept between runs");
  verb->require_subcommand(1);
  CLI::App* lists = verb->add_subcommand("list", "How much there is of each stage");
  lists->callback([&] { chosen = [&context] { return list(context.store_place()); }; });
  CLI::App* verifies = verb->add_subcommand("verify", "Read everything and compare its checksums");
  verifies->callback([&] { chosen = [&context] { return verify(context.store_place()); }; });
  CLI::App* cleans = verb->add_subcommand("clean", "Remove results that are old, or too many");
  auto older = std::make_shared<std::string>();
  auto larger = std::make_shared<std::string>();
  cleans->add_option("--older-than", *older, "what was not used for so long: 30d, 12h")
      ->type_name("TIME");
  cleans
      ->add_option("--larger-than", *larger,
                   "the least recently used, until the rest takes no more than this: 500M, 2G")
      ->type_name("SIZE");
  cleans->callback([&context, &chosen, older, larger] {
    chosen = [&context, older, larger] { return clean(context.store_place(), *older, *larger); };
  });
  for (CLI::App* one : {lists, verifies, cleans}) add_store_option(*one, context);
  verb->footer(
      "What is removed is made again when it is needed; `rejudge` can no longer use it. A store "
      "that "
      "is in use\nis not cleaned.\n"
      "Exit status: 0 done, 1 verify found damage (and removed it), 2 wrong usage or store in "
      "use.\n"
      "Examples:\n"
      "  ./pset3 store list\n"
      "  ./pset3 store verify --store /shared/store\n"
      "  ./pset3 store clean --older-than 60d --larger-than 20G");
}

}  // namespace pset3::app
