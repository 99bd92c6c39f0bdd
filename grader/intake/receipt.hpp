#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace pset3::intake {

inline constexpr const char* kReceiptName = "receipt.json";
inline constexpr std::size_t kReceiptBytes = 64UL << 10;

/// Part folder -> file name -> bytes.
using PartFiles = std::map<std::string, std::map<std::string, std::string>>;

/// What `pset3 pack` puts beside the files that it packs: JSON with the SHA-256 of each of them.
/// The same text for the same files.
std::string receipt_for(const PartFiles& parts);

/// How files differ from a receipt that came with them: a sentence for each file that was changed,
/// added or taken away. A receipt is a student's claim, so nothing but these sentences follows from
/// it.
std::vector<std::string> differences_from_receipt(std::string_view receipt, const PartFiles& parts);

}  // namespace pset3::intake
