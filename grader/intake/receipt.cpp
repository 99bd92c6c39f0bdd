#include "grader/intake/receipt.hpp"

#include <nlohmann/json.hpp>

#include "grader/base/hash.hpp"
#include "grader/intake/place.hpp"

namespace pset3::intake {
namespace {

using nlohmann::json;

constexpr std::size_t kMostSentences = 20;

/// Part folder -> file name -> SHA-256.
using Hashes = std::map<std::string, std::map<std::string, std::string>>;

Hashes hashes_in(std::string_view receipt) {
  return json::parse(receipt).at("files").get<Hashes>();
}

}  // namespace

std::string receipt_for(const PartFiles& parts) {
  json files = json::object();
  for (const auto& [part, contents] : parts) {
    for (const auto& [name, bytes] : contents) files[part][name] = sha256_of(bytes);
  }
  const json receipt = {{"schema", "pset3-receipt"}, {"version", 1}, {"files", files}};
  return receipt.dump(2) + "\n";
}

std::vector<std::string> differences_from_receipt(std::string_view receipt,
                                                  const PartFiles& parts) {
  Hashes packed;
  try {
    packed = hashes_in(receipt);
  } catch (const json::exception&) {
    return {std::string(kReceiptName) +
            " is not as `pset3 pack` writes it, so nothing can be "
            "compared with it"};
  }
  std::vector<std::string> sentences;
  const auto say = [&](const std::string& path, const char* what) {
    if (sentences.size() < kMostSentences) sentences.push_back(shown(path) + what);
  };
  for (const auto& [part, files] : packed) {
    const auto here = parts.find(part);
    for (const auto& [name, hash] : files) {
      const bool is_there = here != parts.end() && here->second.count(name) != 0;
      if (!is_there) {
        say(part + "/" + name, " is in the receipt of `pset3 pack`, and was not handed in");
      } else if (sha256_of(here->second.at(name)) != hash) {
        say(part + "/" + name, " was changed after `pset3 pack` had made the receipt");
      }
    }
  }
  for (const auto& [part, files] : parts) {
    for (const auto& [name, bytes] : files) {
      const auto known = packed.find(part);
      if (known != packed.end() && known->second.count(name) != 0) continue;
      say(part + "/" + name, " was added after `pset3 pack` had made the receipt");
    }
  }
  return sentences;
}

}  // namespace pset3::intake
