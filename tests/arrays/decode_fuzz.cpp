// Feeds the reader with whatever libFuzzer thinks of. What it takes must also survive a round trip.
#include <cstdint>
#include <cstdlib>
#include <fstream>
#include <string>
#include <string_view>

#include "grader/arrays/safetensors.hpp"

namespace {

using pset3::arrays::Array;
using pset3::arrays::Arrays;
using pset3::arrays::DType;

Arrays typical() {
  return {{"voxels", Array(DType::kF64, {4, 3})},
          {"side", Array::scalar(0.5)},
          {"mask", Array(DType::kBool, {2, 2})},
          {"labels", Array(DType::kI64, {0})},
          {"image", Array(DType::kU8, {2, 2, 3})},
          {"logits", Array(DType::kF32, {1, 10})},
          {"index", Array(DType::kI32, {1, 1, 1, 1, 1, 1, 1, 1})}};
}

void write_seeds(const std::string& folder) {
  int number = 0;
  const auto write = [&](const Arrays& arrays) {
    std::ofstream(folder + "/seed" + std::to_string(number++), std::ios::binary)
        << pset3::arrays::encode(arrays);
  };
  write({});
  write(typical());
  for (const auto& [name, array] : typical()) write({{name, array}});
}

}  // namespace

extern "C" int LLVMFuzzerInitialize(int* /*count*/, char*** /*arguments*/) {
  if (const char* folder = std::getenv("PSET3_SEEDS")) write_seeds(folder);
  return 0;
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t count) {
  const std::string_view file(reinterpret_cast<const char*>(bytes), count);
  pset3::arrays::ArraySpecs specs;
  for (const auto& [name, array] : typical()) {
    specs[name] = pset3::arrays::exactly(array.dtype(), array.shape());
  }
  try {
    pset3::arrays::decode(file, specs);
  } catch (const pset3::arrays::FormatError&) {
  }
  try {
    const Arrays arrays = pset3::arrays::decode(file);
    if (!(pset3::arrays::decode(pset3::arrays::encode(arrays)) == arrays)) std::abort();
  } catch (const pset3::arrays::FormatError&) {
  }
  return 0;
}
