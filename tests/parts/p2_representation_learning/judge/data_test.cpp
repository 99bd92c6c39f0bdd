#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>

#include "grader/parts/p2_representation_learning/judge/images.hpp"
#include "tests/parts/p2_representation_learning/judge/programs.hpp"

namespace pset3::judge::p2::testing {
namespace {

constexpr std::size_t kFilePixels = kFileSide * kFileSide;

/// An image as it is read, without any symmetry.
std::vector<std::uint8_t> file_image(int number) {
  std::vector<std::uint8_t> pixels;
  for (int y = 0; y < 28; ++y) {
    for (int x = 0; x < 28; ++x) {
      const double wave = std::sin(0.4 * x + number) + std::cos(0.3 * y + 0.02 * x * y);
      pixels.push_back(static_cast<std::uint8_t>(120 + 50 * wave));
    }
  }
  return pixels;
}

struct Dataset {
  int images = 6;
  double pct = 1.0;
  int rounds = 1;
  bool rotated = false;

  std::int64_t label(int i) const { return (3 * i + 1) % 10; }
  Arrays inputs() const {
    std::vector<std::uint8_t> pixels;
    std::vector<std::int64_t> labels;
    for (int i = 0; i < images; ++i) {
      const std::vector<std::uint8_t> image = file_image(i);
      pixels.insert(pixels.end(), image.begin(), image.end());
      labels.push_back(label(i));
    }
    return {{"images", Array::copy_of(pixels.data(), {images, 28, 28})},
            {"labels", Array::of(labels)},
            {"pct", Array::scalar(pct)},
            {"rotated", Array::scalar<std::int64_t>(rotated ? 1 : 0)},
            {"rounds", Array::scalar<std::int64_t>(rounds)}};
  }
};

Arrays items(const std::vector<Image>& images, const std::vector<std::int64_t>& targets,
             std::int64_t type = 4) {
  std::vector<float> values;
  for (const Image& image : images) values.insert(values.end(), image.begin(), image.end());
  const auto count = static_cast<std::int64_t>(images.size());
  return {{"items", Array::copy_of(values.data(), {count, 1, 32, 32})},
          {"targets", Array::of(targets)},
          {"target_type", Array::scalar(type)},
          {"images_kept", Array::scalar(true)},
          {"labels_kept", Array::scalar(true)},
          {"images_written", Array::scalar(false)},
          {"labels_written", Array::scalar(false)}};
}

Image right_image(int number) {
  Image image = resized(file_image(number).data());
  for (double& value : image) value = (value - 0.2859) / 0.3530;
  return image;
}

/// @param beyond  the value where a turned image has nothing to say.
Image turned_on(double beyond, const Image& image, double degrees) {
  TurnedImage result = turned(image, degrees);
  for (std::size_t p = 0; p < result.values.size(); ++p) {
    if (result.outside[p]) result.values[p] = beyond;
  }
  return result.values;
}

constexpr double kBlack = -0.2859 / 0.3530;

/// Items of a rotating dataset whose image is turned by `angle(label)` degrees.
template <typename Angle>
Arrays turned_items(const Dataset& dataset, const Angle& angle) {
  std::vector<Image> images;
  std::vector<std::int64_t> targets;
  for (int round = 0; round < dataset.rounds; ++round) {
    for (int i = 0; i < dataset.images; ++i) {
      targets.push_back((3 * i + 5 * round) % 8);
      images.push_back(turned_on(kBlack, right_image(i), angle(targets.back())));
    }
  }
  return items(images, targets);
}

TEST(Resized, FollowsARampByTheMiddlesOfPixels) {
  std::vector<std::uint8_t> ramp;
  for (int y = 0; y < 28; ++y) {
    for (int x = 0; x < 28; ++x) ramp.push_back(static_cast<std::uint8_t>(9 * x));
  }
  const Image image = resized(ramp.data());
  for (int x = 0; x < 32; ++x) {
    const double place = std::clamp((x + 0.5) * 28.0 / 32.0 - 0.5, 0.0, 27.0);
    EXPECT_NEAR(image[static_cast<std::size_t>(5 * 32 + x)], 9.0 * place / 255.0, 1e-12);
  }
}

TEST(Turned, MovesARampAsTrigonometrySays) {
  // Bilinear interpolation reproduces a function that is linear in x and y.
  Image ramp(kImagePixels);
  for (std::size_t i = 0; i < kImagePixels; ++i) {
    ramp[i] = 0.02 * static_cast<double>(i % 32) - 0.05 * static_cast<double>(i / 32);
  }
  const double angle = 30.0;
  const TurnedImage result = turned(ramp, angle);
  const double cosine = std::cos(angle * std::acos(-1.0) / 180.0);
  const double sine = std::sin(angle * std::acos(-1.0) / 180.0);
  for (std::size_t i = 0; i < kImagePixels; ++i) {
    if (!result.inside[i]) continue;
    const double right = static_cast<double>(i % 32) - 15.5;
    const double up = 15.5 - static_cast<double>(i / 32);
    // Turned back, clockwise: the place that came to lie here.
    const double source_right = cosine * right + sine * up;
    const double source_up = -sine * right + cosine * up;
    EXPECT_NEAR(result.values[i], 0.02 * (source_right + 15.5) - 0.05 * (15.5 - source_up), 1e-12);
  }
  EXPECT_FALSE(result.inside[0]);
  EXPECT_TRUE(result.inside[16 * 32 + 16]);
}

TEST(Turned, BringsTheRightBorderToTheTop) {
  Image image(kImagePixels, 0.0);
  for (std::size_t row = 0; row < 32; ++row) image[row * 32 + 30] = 1.0;
  const TurnedImage result = turned(image, 90.0);
  EXPECT_NEAR(result.values[1 * 32 + 10], 1.0, 1e-12);
  EXPECT_NEAR(result.values[10 * 32 + 30], 0.0, 1e-12);
}

Arrays sizes_of(const std::vector<std::int64_t>& sizes) { return {{"sizes", Array::of(sizes)}}; }

TEST(Sizes, AcceptEitherSideOfAProductThatIsWholeOnPaper) {
  Dataset dataset;
  dataset.images = 100;
  Arrays inputs = dataset.inputs();
  inputs["pct"] = Array::of(std::vector<double>{0.29, 0.5, 1.0, 0.0, 0.377});
  const auto verdict = [&](const std::vector<std::int64_t>& sizes) {
    return judge_p2("p2.sizes", inputs, sizes_of(sizes)).verdict;
  };
  EXPECT_EQ(verdict({28, 50, 100, 0, 37}), Verdict::kPassed);
  EXPECT_EQ(verdict({29, 50, 100, 0, 37}), Verdict::kPassed);
  EXPECT_EQ(verdict({29, 50, 100, 0, 38}), Verdict::kFailed);
  EXPECT_EQ(verdict({29, 50, 99, 0, 37}), Verdict::kFailed);
  EXPECT_EQ(verdict({30, 50, 100, 0, 37}), Verdict::kFailed);
}

TEST(ImageValues, AreComparedToATenThousandth) {
  const Dataset dataset;
  std::vector<Image> images;
  std::vector<std::int64_t> labels;
  for (int i = 0; i < dataset.images; ++i) {
    images.push_back(right_image(i));
    labels.push_back(dataset.label(i));
  }
  const Arrays inputs = dataset.inputs();
  EXPECT_EQ(judge_p2("p2.image_values", inputs, items(images, labels)).verdict, Verdict::kPassed);
  EXPECT_EQ(judge_p2("p2.dataset", inputs, items(images, labels)).verdict, Verdict::kPassed);
  images[2][77] += 2e-5;
  EXPECT_EQ(judge_p2("p2.image_values", inputs, items(images, labels)).verdict, Verdict::kPassed);
  images[2][77] += 1e-3;
  const CaseFinding finding = judge_p2("p2.image_values", inputs, items(images, labels));
  EXPECT_EQ(finding.verdict, Verdict::kFailed);
  EXPECT_NE(finding.detail.find("image 2, row 2, column 13"), std::string::npos);
  EXPECT_EQ(judge_p2("p2.class_labels", inputs, items(images, labels)).verdict, Verdict::kPassed);
}

TEST(ClassLabels, AreJudgedByTypeAndValue) {
  const Dataset dataset;
  const std::vector<Image> images(6, right_image(0));
  std::vector<std::int64_t> labels;
  for (int i = 0; i < 6; ++i) labels.push_back(dataset.label(i));
  const Arrays inputs = dataset.inputs();
  EXPECT_EQ(judge_p2("p2.class_labels", inputs, items(images, labels)).verdict, Verdict::kPassed);
  const CaseFinding typed = judge_p2("p2.class_labels", inputs, items(images, labels, 6));
  EXPECT_EQ(typed.verdict, Verdict::kFailed);
  EXPECT_EQ(typed.got, "labels of type float");
  std::swap(labels[0], labels[1]);
  EXPECT_EQ(judge_p2("p2.class_labels", inputs, items(images, labels)).got,
            "2 of 6 labels are wrong");
}

TEST(FirstImages, AreToldFromTheLastByTheirLabels) {
  Dataset dataset;
  dataset.pct = 0.5;
  const Arrays inputs = dataset.inputs();
  const std::vector<Image> images(3, right_image(0));
  EXPECT_EQ(judge_p2("p2.first_images", inputs, items(images, {1, 4, 7})).verdict,
            Verdict::kPassed);
  EXPECT_EQ(judge_p2("p2.first_images", inputs, items(images, {0, 3, 6})).verdict,
            Verdict::kFailed);
  EXPECT_EQ(judge_p2("p2.first_images", inputs, items({}, {})).verdict, Verdict::kBlocked);
}

TEST(TurnedImages, MayTurnInEitherSenseButNotInBoth) {
  Dataset dataset;
  dataset.rotated = true;
  dataset.rounds = 2;
  const Arrays inputs = dataset.inputs();
  const auto left = [](std::int64_t label) { return 45.0 * static_cast<double>(label); };
  const auto right = [](std::int64_t label) { return -45.0 * static_cast<double>(label); };
  const auto both = [](std::int64_t label) {
    return (label == 3 ? -45.0 : 45.0) * static_cast<double>(label);
  };
  EXPECT_EQ(judge_p2("p2.turned_images", inputs, turned_items(dataset, left)).got,
            "all counter-clockwise");
  EXPECT_EQ(judge_p2("p2.turned_images", inputs, turned_items(dataset, right)).got,
            "all clockwise");
  EXPECT_EQ(judge_p2("p2.turned_images", inputs, turned_items(dataset, both)).verdict,
            Verdict::kFailed);
}

TEST(TurnedImages, SayByHowManyDegreesAnImageIsTurned) {
  Dataset dataset;
  dataset.rotated = true;
  const auto off = [](std::int64_t label) {
    return label == 3 ? 30.0 : 45.0 * static_cast<double>(label);
  };
  const CaseFinding finding =
      judge_p2("p2.turned_images", dataset.inputs(), turned_items(dataset, off));
  EXPECT_EQ(finding.got, "1 of 6 images do not fit their labels");
  EXPECT_EQ(finding.detail,
            "item 1 has label 3, so 135 degrees, but is turned by 30 degrees counter-clockwise");
}

TEST(TurnedImages, DoNotPayForNormalisation) {
  Dataset dataset;
  dataset.rotated = true;
  const auto left = [](std::int64_t label) { return 45.0 * static_cast<double>(label); };
  Arrays outputs = turned_items(dataset, left);
  Array& values = outputs["items"];
  for (std::size_t i = 0; i < values.element_count(); ++i) values.data<float>()[i] *= 0.353F;
  EXPECT_EQ(judge_p2("p2.turned_images", dataset.inputs(), outputs).verdict, Verdict::kPassed);
  values.data<float>()[1024] = 5.0F;  // a corner of the second image, which is turned by 135
  EXPECT_EQ(judge_p2("p2.turned_images", dataset.inputs(), outputs).got,
            "corners of item 1 that are not black");
}

TEST(TurnedImages, AreBlackWhereTheyHaveNothingToSay) {
  // Who normalises first turns 0 into the corners, which is grey then.
  const std::vector<Image> images = {turned_on(0.0, right_image(1), 45.0)};
  Dataset dataset;
  dataset.rotated = true;
  dataset.images = 1;
  EXPECT_EQ(judge_p2("p2.turned_images", dataset.inputs(), items(images, {1})).verdict,
            Verdict::kFailed);
}

TEST(TurnedImages, TurnedBeforeTheyAreResizedAreOthers) {
  const std::vector<std::uint8_t> pixels = file_image(1);
  const TurnedImage early = turned_before_resized(pixels.data(), 45.0);
  const TurnedImage right = turned(resized(pixels.data()), 45.0);
  double largest = 0.0;
  for (std::size_t p = 0; p < right.values.size(); ++p) {
    if (!early.inside[p] || !right.inside[p]) continue;
    largest = std::max(largest, std::abs(early.values[p] - right.values[p]));
  }
  EXPECT_GT(largest, 0.02);
  const TurnedImage still = turned_before_resized(pixels.data(), 0.0);
  const Image large = resized(pixels.data());
  for (std::size_t p = 0; p < large.size(); ++p) {
    if (still.inside[p]) EXPECT_NEAR(still.values[p], large[p], 1e-12);
  }
}

TEST(TurnedImages, AreBlockedByLabelsThatAreNoRotations) {
  Dataset dataset;
  dataset.rotated = true;
  const Arrays outputs = items(std::vector<Image>(6, right_image(0)), {0, 45, 90, 0, 0, 0});
  const CaseFinding finding = judge_p2("p2.turned_images", dataset.inputs(), outputs);
  EXPECT_EQ(finding.verdict, Verdict::kBlocked);
  EXPECT_EQ(finding.blocked_by, "p2.a.rotation_labels");
  EXPECT_EQ(judge_p2("p2.dataset", dataset.inputs(), outputs).verdict, Verdict::kFailed)
      << "which asks for labels too";
}

Arrays labels_only(const std::vector<std::int64_t>& labels) {
  return {{"targets", Array::of(labels)},
          {"target_type", Array::scalar<std::int64_t>(4)},
          {"images_written", Array::scalar(false)},
          {"labels_written", Array::scalar(false)}};
}

CaseFinding judge_labels(const std::vector<std::int64_t>& labels) {
  const Arrays inputs = {{"images", Array(arrays::DType::kU8, {1600, 28, 28})}};
  return judge_p2("p2.rotation_labels", inputs, labels_only(labels));
}

TEST(RotationLabels, PassWhenTheyAreDrawnEvenly) {
  std::mt19937 generator(1);
  std::uniform_int_distribution<std::int64_t> draw(0, 7);
  for (int run = 0; run < 200; ++run) {
    std::vector<std::int64_t> labels(1600);
    for (std::int64_t& label : labels) label = draw(generator);
    EXPECT_EQ(judge_labels(labels).verdict, Verdict::kPassed);
  }
}

TEST(RotationLabels, FailWhenOneIsMissingRareOrForeign) {
  std::vector<std::int64_t> seven;
  std::vector<std::int64_t> halves;  // a rounded number from 0 to 7: the ends are half as likely
  for (std::int64_t i = 0; i < 1600; ++i) {
    seven.push_back(i % 7);
    halves.push_back((i % 14 + 1) / 2);
  }
  std::vector<std::int64_t> nine(1600, 0);
  nine[5] = 8;
  for (const auto& labels : {seven, halves, nine}) {
    EXPECT_EQ(judge_labels(labels).verdict, Verdict::kFailed);
  }
}

TEST(Sources, StayAsTheyAre) {
  const Dataset dataset;
  const Arrays right = items({right_image(0)}, {dataset.label(0)});
  Arrays images_written = right;
  images_written["images_written"] = Array::scalar(true);
  EXPECT_EQ(judge_p2("p2.image_values", dataset.inputs(), images_written).got,
            "your dataset writes into the images that it was made from");
  EXPECT_EQ(judge_p2("p2.class_labels", dataset.inputs(), images_written).verdict,
            judge_p2("p2.class_labels", dataset.inputs(), right).verdict)
      << "which look at labels alone";
  Arrays labels_written = right;
  labels_written["labels_written"] = Array::scalar(true);
  EXPECT_EQ(judge_p2("p2.class_labels", dataset.inputs(), labels_written).verdict,
            Verdict::kFailed);
  std::vector<std::int64_t> even;
  for (std::int64_t i = 0; i < 1600; ++i) even.push_back(i % 8);
  Arrays rotations = labels_only(even);
  rotations["labels_written"] = Array::scalar(true);
  const Arrays inputs = {{"images", Array(arrays::DType::kU8, {1600, 28, 28})}};
  EXPECT_EQ(judge_p2("p2.rotation_labels", inputs, rotations).got,
            "your dataset writes into the labels that it was made from");
}

TEST(Examples, StayAsTheyWereReturned) {
  Dataset dataset;
  const auto got = [&](const std::string& check, const Arrays& right, const std::string& flag) {
    Arrays outputs = right;
    outputs[flag] = Array::scalar(false);
    return judge_p2(check, dataset.inputs(), outputs).got;
  };
  const std::string images = "get() writes into images that it has returned before";
  const std::string labels = "get() writes into labels that it has returned before";
  const Arrays upright = items({right_image(0)}, {dataset.label(0)});
  EXPECT_EQ(got("p2.image_values", upright, "images_kept"), images);
  EXPECT_EQ(got("p2.image_values", upright, "labels_kept"), "the same");
  EXPECT_EQ(got("p2.class_labels", upright, "labels_kept"), labels);
  EXPECT_EQ(got("p2.class_labels", upright, "images_kept"), "the same");
  dataset.rotated = true;
  const Arrays turned =
      turned_items(dataset, [](std::int64_t label) { return 45.0 * static_cast<double>(label); });
  EXPECT_EQ(got("p2.turned_images", turned, "images_kept"), images);
  EXPECT_EQ(got("p2.turned_images", turned, "labels_kept"), labels);
}

TEST(RotationLabels, OfFewerItemsThanThereAreImagesSayNothing) {
  EXPECT_EQ(judge_labels({0}).verdict, Verdict::kBlocked) << "one label is as even as one can be";
  EXPECT_EQ(judge_labels({}).blocked_by, "p2.a.size");
}

TEST(Refusals, AreOutOfRangeAtBothEnds) {
  const auto of = [](const std::vector<std::int64_t>& answers) {
    return judge_p2("p2.refusals", {}, {{"answers", Array::of(answers)}});
  };
  EXPECT_EQ(of({1, 1, 1, 1, 1, 1}).verdict, Verdict::kPassed);
  EXPECT_EQ(of({0, 1, 1, 1, 1, 1}).got, "get(-1) returned an example");
  EXPECT_EQ(of({1, 1, 1, 1, 2, 1}).got, "get(size()) threw another exception");
}

}  // namespace
}  // namespace pset3::judge::p2::testing
