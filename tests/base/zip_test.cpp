#include "grader/base/zip.hpp"

#include <gtest/gtest.h>

namespace pset3 {
namespace {

std::string archive_of(const std::string& text, ZipWriter::Packing packing) {
  ZipWriter zip(packing);
  zip.add("a/one.txt", text);
  zip.add("run", "#!/bin/sh\n", 0755);
  return zip.finish();
}

TEST(Zip, IsTheSameForTheSameFiles) {
  const std::string text(5000, 'x');
  const std::string first = archive_of(text, ZipWriter::Packing::kDeflated);
  EXPECT_EQ(first, archive_of(text, ZipWriter::Packing::kDeflated));
  EXPECT_NE(first, archive_of(text + "y", ZipWriter::Packing::kDeflated));
  EXPECT_EQ(first.substr(0, 4), "PK\x03\x04");
}

TEST(Zip, StoresBytesAsTheyAreOrPacksThem) {
  const std::string text(5000, 'x');
  EXPECT_NE(archive_of(text, ZipWriter::Packing::kStored).find(text), std::string::npos);
  EXPECT_LT(archive_of(text, ZipWriter::Packing::kDeflated).size(), 1000u);
}

}  // namespace
}  // namespace pset3
