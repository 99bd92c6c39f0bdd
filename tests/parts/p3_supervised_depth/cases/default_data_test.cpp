#include <gtest/gtest.h>

#include "grader/base/files.hpp"
#include "grader/parts/p3_supervised_depth/cases/generators.hpp"

namespace pset3::cases::p3 {
namespace {

TEST(DefaultData, IsTheBlockWorld) {
  struct Enough {};
  const TemporaryFolder folder;
  // All of it takes seconds; its size is told with the first views.
  const auto stop = [](int done, int total) {
    EXPECT_EQ(total, 1000);
    EXPECT_GT(done, 0);
    throw Enough();
  };
  EXPECT_THROW(default_data()(folder.path(), stop), Enough);
  EXPECT_TRUE(std::filesystem::is_empty(folder.path()));
}

}  // namespace
}  // namespace pset3::cases::p3
