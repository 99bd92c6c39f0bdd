// An independent reader and writer of the format: a few lines of Python with NumPy.
#include <gtest/gtest.h>

#include <cmath>
#include <cstdint>
#include <cstdlib>

#include "grader/arrays/safetensors.hpp"
#include "grader/base/files.hpp"

namespace pset3::arrays {
namespace {

constexpr const char* kPython = R"(
import json, struct, sys
import numpy as np
TYPES = {"BOOL": np.bool_, "U8": np.uint8, "I32": "<i4", "I64": "<i8", "F32": "<f4", "F64": "<f8"}

def read(path):
    data = open(path, "rb").read()
    (n,) = struct.unpack("<Q", data[:8])
    header, payload = json.loads(data[8:8 + n]), data[8 + n:]
    return {k: np.frombuffer(payload[v["data_offsets"][0]:v["data_offsets"][1]],
                             TYPES[v["dtype"]]).reshape(v["shape"]) for k, v in header.items()}

def write(path, arrays):
    header, payload = {"__metadata__": {"by": "numpy"}}, b""
    for name, a in arrays.items():
        kind = next(k for k, t in TYPES.items() if np.dtype(t) == a.dtype)
        raw = a.tobytes()
        header[name] = {"dtype": kind, "shape": list(a.shape),
                        "data_offsets": [len(payload), len(payload) + len(raw)]}
        payload += raw
    text = json.dumps(header, indent=1).encode()
    open(path, "wb").write(struct.pack("<Q", len(text)) + text + payload)

EXPECTED = {"z mask": np.array([[True, False], [False, True]]),
            "image": np.arange(24, dtype=np.uint8).reshape(2, 4, 3),
            "index": np.array([-2**31, 2**31 - 1], "<i4"),
            "labels": np.array([[-2**63], [2**63 - 1]], "<i8"),
            "logits": np.array([1.5, -0.0, np.inf], "<f4"),
            "voxels": np.arange(12).reshape(4, 3) / 7.0,
            "none": np.zeros((0, 3)),
            "side": np.array(0.1)}
)";

int run_python(const std::filesystem::path& folder, const std::string& script) {
  write_file(folder / "script.py", kPython + script);
  return std::system(("cd " + folder.string() + " && /usr/bin/python3 script.py").c_str());
}

/// The same arrays as EXPECTED.
Arrays expected() {
  std::vector<std::uint8_t> pixels(24);
  for (std::size_t i = 0; i < pixels.size(); ++i) pixels[i] = static_cast<std::uint8_t>(i);
  std::vector<double> centres(12);
  for (std::size_t i = 0; i < centres.size(); ++i) centres[i] = static_cast<double>(i) / 7.0;
  const bool mask[] = {true, false, false, true};
  const std::int64_t labels[] = {INT64_MIN, INT64_MAX};
  return {{"z mask", Array::copy_of(mask, {2, 2})},
          {"image", Array::copy_of(pixels.data(), {2, 4, 3})},
          {"index", Array::of<std::int32_t>({INT32_MIN, INT32_MAX})},
          {"labels", Array::copy_of(labels, {2, 1})},
          {"logits", Array::of<float>({1.5F, -0.0F, static_cast<float>(HUGE_VAL)})},
          {"voxels", Array::copy_of(centres.data(), {4, 3})},
          {"none", Array(DType::kF64, {0, 3})},
          {"side", Array::scalar(0.1)}};
}

TEST(NumPy, WritesWhatWeRead) {
  const TemporaryFolder folder;
  ASSERT_EQ(run_python(folder.path(), "write('made', EXPECTED)"), 0);
  EXPECT_EQ(decode(read_file(folder.path() / "made")), expected());
}

TEST(NumPy, ReadsWhatWeWrite) {
  const TemporaryFolder folder;
  write_file(folder.path() / "made", encode(expected()));
  EXPECT_EQ(run_python(folder.path(), R"(
found = read("made")
assert sorted(found) == sorted(EXPECTED), sorted(found)
for name, a in EXPECTED.items():
    b = found[name]
    assert a.dtype == b.dtype and a.shape == b.shape and a.tobytes() == b.tobytes(), name
)"),
            0);
}

}  // namespace
}  // namespace pset3::arrays
