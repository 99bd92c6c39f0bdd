#include <gtest/gtest.h>

#include <cmath>

#include "grader/parts/p4_unsupervised_depth/judge/checks.hpp"

/// What p4's judge says of sampled pictures, views and gradients that are made by hand.
namespace pset3::judge::p4 {
namespace {

using arrays::Array;
using arrays::Arrays;
using Shape = std::vector<std::int64_t>;
using Values = std::vector<float>;

Verdict verdict(const std::string& name, const Arrays& inputs, const Arrays& outputs) {
  CheckSpec spec;
  spec.id = "p4.b.x";
  return p4::checks().at(name).judge({spec, inputs, outputs, outputs}).verdict;
}

constexpr std::int64_t kWidth = 10;
constexpr std::int64_t kHeight = 4;
const Shape kImage = {2, 3, kHeight, kWidth};
constexpr std::size_t kCount = 2UL * 3 * kHeight * kWidth;

/// A slope is the same between pixels as at them, so that no sampling is needed to know it there.
double slope(double plane, double y, double x) { return 0.1 * plane + 0.05 * y + 0.08 * x; }

template <typename Value>
Values of_each(const Shape& shape, const Value& value) {
  Values values;
  for (std::int64_t plane = 0; plane < shape[0] * shape[1]; ++plane) {
    for (std::int64_t y = 0; y < shape[2]; ++y) {
      for (std::int64_t x = 0; x < shape[3]; ++x) {
        values.push_back(static_cast<float>(value(plane, y, x)));
      }
    }
  }
  return values;
}

/// Of both signs, other ones for each image and row.
double disparity(std::int64_t image, std::int64_t y) {
  return (image == 0 ? 0.13 : -0.17) + 0.05 * static_cast<double>(y);
}

Arrays slopes() {
  const Shape one = {2, 1, kHeight, kWidth};
  const auto image = [](auto plane, auto y, auto x) {
    return slope(static_cast<double>(plane), static_cast<double>(y), static_cast<double>(x));
  };
  const auto shift = [](auto plane, auto y, auto) { return disparity(plane, y); };
  return {{"image", Array::copy_of(of_each(kImage, image).data(), kImage)},
          {"disparity", Array::copy_of(of_each(one, shift).data(), one)}};
}

/// @param pixels  what a disparity of 1 is. @param off  added to each place, in pixels.
Values moved(double pixels, double off = 0.0, double beyond = 0.0) {
  return of_each(kImage, [&](auto plane, auto y, auto x) {
    const double place = static_cast<double>(x) + pixels * disparity(plane / 3, y) + off;
    if (place < 0.0 || place > kWidth - 1.0) return beyond;
    return slope(static_cast<double>(plane), static_cast<double>(y), place);
  });
}

/// Places from centre to centre that are looked up from edge to edge.
Values on_two_grids(double scale) {
  const auto wider = [](double index, double count) { return index / (count - 1.0) * count - 0.5; };
  return of_each(kImage, [&](auto plane, auto y, auto x) {
    const double column =
        wider(static_cast<double>(x), kWidth) + scale * kWidth * disparity(plane / 3, y);
    return slope(static_cast<double>(plane), wider(static_cast<double>(y), kHeight), column);
  });
}

Arrays answer(const Values& values, const Shape& shape = kImage) {
  return {{"output", Array::of(values)}, {"output_shape", Array::of(shape)}};
}

Verdict verdict_of(const Values& values) { return verdict("p4.samples", slopes(), answer(values)); }

TEST(P4Samples, MayBeThoseOfEitherConvention) {
  EXPECT_EQ(verdict_of(moved(kWidth)), Verdict::kPassed);
  EXPECT_EQ(verdict_of(moved(kWidth - 1)), Verdict::kPassed);
}

TEST(P4Samples, MayBeAnythingBeyondThePicture) {
  EXPECT_EQ(verdict_of(moved(kWidth, 0.0, 99.0)), Verdict::kPassed);
  EXPECT_EQ(verdict_of(moved(kWidth - 1, 0.0, -99.0)), Verdict::kPassed);
}

TEST(P4Samples, AreNotOffByAHundredthOfAPixel) {
  for (const double off : {-1.0, -0.01, 0.01, 1.0}) {
    EXPECT_EQ(verdict_of(moved(kWidth, off)), Verdict::kFailed) << off;
    EXPECT_EQ(verdict_of(moved(kWidth - 1, off)), Verdict::kFailed) << off;
  }
  for (const double pixels : {-10.0, 0.0, 1.0, 5.0, 9.5, 20.0}) {
    EXPECT_EQ(verdict_of(moved(pixels)), Verdict::kFailed) << pixels;
  }
}

TEST(P4Samples, WithoutADisparityAreTheWholePicture) {
  Arrays still = slopes();
  for (float* value = still["disparity"].data<float>();
       value != still["disparity"].data<float>() + 2 * kHeight * kWidth; ++value) {
    *value = 0.0F;
  }
  const Values whole = of_each(kImage, [](auto plane, auto y, auto x) {
    return slope(static_cast<double>(plane), static_cast<double>(y), static_cast<double>(x));
  });
  EXPECT_EQ(verdict("p4.samples", still, answer(whole)), Verdict::kPassed);
  for (const std::size_t column : {0UL, 9UL}) {
    Values black = whole;
    for (std::size_t i = column; i < black.size(); i += kWidth) black[i] = 0.0F;
    EXPECT_EQ(verdict("p4.samples", still, answer(black)), Verdict::kFailed) << column;
  }
}

/// The sketch of a sampler that reads slopes as if a disparity of 1 were so many pixels.
Sketch sketch_of(double pixels) {
  CheckSpec spec;
  const Arrays inputs = slopes();
  const Arrays outputs = answer(moved(pixels));
  return p4::checks().at("p4.samples").sketch({spec, inputs, outputs, outputs});
}

TEST(P4Sketches, AreTheSameOnEitherGrid) {
  for (const double factor : {1.0, -1.0, 0.5, 2.0}) {
    EXPECT_EQ(sketch_of(factor * kWidth), sketch_of(factor * (kWidth - 1))) << factor;
  }
  EXPECT_NE(sketch_of(kWidth), sketch_of(-kWidth));
  EXPECT_NE(sketch_of(kWidth), sketch_of(0.5 * kWidth));
}

TEST(P4Samples, HaveTheImagesShape) {
  EXPECT_EQ(verdict("p4.samples", slopes(), answer(moved(kWidth), {2, 3, kWidth, kHeight})),
            Verdict::kFailed);
  EXPECT_EQ(verdict("p4.samples", slopes(), answer({1.0F, 2.0F})), Verdict::kFailed)
      << "what says to be of the right shape and is not";
}

TEST(P4SameDisparity, MayBeReadOnTwoGridsThatDoNotAgree) {
  // What shrinks a picture is a mistake that another check is about.
  const Values shrunk = on_two_grids(1.0);
  EXPECT_EQ(verdict("p4.samples", slopes(), answer(shrunk)), Verdict::kFailed);
  EXPECT_EQ(verdict("p4.same_disparity", slopes(), answer(shrunk)), Verdict::kPassed);
  EXPECT_EQ(verdict("p4.same_disparity", slopes(), answer(on_two_grids(0.5))), Verdict::kFailed);
  EXPECT_EQ(verdict("p4.same_disparity", slopes(), answer(moved(-kWidth))), Verdict::kFailed);
}

TEST(P4AnyDisparity, MayBeTakenAsInAKnownMistakeOfAnotherCheck) {
  for (const double scale : {1.0, -1.0, 0.5, 2.0}) {
    const auto any = [](const Values& values) {
      return verdict("p4.any_disparity", slopes(), answer(values));
    };
    EXPECT_EQ(any(moved(scale * kWidth)), Verdict::kPassed) << scale;
    EXPECT_EQ(any(on_two_grids(scale)), Verdict::kPassed) << scale;
    EXPECT_EQ(any(moved(scale * kWidth, 0.02)), Verdict::kFailed) << scale;
    EXPECT_EQ(any(moved(scale * kWidth * 0.8)), Verdict::kFailed) << scale;
  }
}

/// A row of four and the weight 2 on the second value, which lies a quarter of a pixel (of 16) or
/// 3/16 (of 16 − 4) further to the right.
const Arrays kRow = {{"image", Array::copy_of(Values{10, 20, 40, 80}.data(), {1, 1, 1, 4})},
                     {"disparity", Array::copy_of(Values(4, 1.0F / 16).data(), {1, 1, 1, 4})},
                     {"weights", Array::copy_of(Values{0, 2, 0, 0}.data(), {1, 1, 1, 4})}};

Verdict gradient(const std::string& of, const Values& values, std::int64_t finite_on_pixels = 1) {
  return verdict("p4." + of + "_gradient", kRow,
                 {{of + "_gradient", Array::of(values)},
                  {"finite_on_pixels", Array::scalar(finite_on_pixels)}});
}

TEST(P4ImageGradient, IsTheWeightSharedByTwoPixels) {
  EXPECT_EQ(gradient("image", {0, 1.5F, 0.5F, 0}), Verdict::kPassed);
  EXPECT_EQ(gradient("image", {0, 1.625F, 0.375F, 0}), Verdict::kPassed);
  EXPECT_EQ(gradient("image", {0, 2, 0, 0}), Verdict::kFailed);
  EXPECT_EQ(gradient("image", {0, 0.5F, 1.5F, 0}), Verdict::kFailed);
  EXPECT_EQ(gradient("image", {0.1F, 1.5F, 0.5F, 0}), Verdict::kFailed);
  EXPECT_EQ(gradient("image", {0, 0, 0, 0}), Verdict::kFailed);
}

TEST(P4DisparityGradient, IsTheSlopeBetweenTheTwoPixels) {
  // 2 · 4 pixels · (40 − 20), or with the three between centres.
  EXPECT_EQ(gradient("disparity", {0, 160, 0, 0}), Verdict::kPassed);
  EXPECT_EQ(gradient("disparity", {0, 120, 0, 0}), Verdict::kPassed);
  EXPECT_EQ(gradient("disparity", {0, 40, 0, 0}), Verdict::kFailed);
  EXPECT_EQ(gradient("disparity", {0, -160, 0, 0}), Verdict::kFailed);
  EXPECT_EQ(gradient("disparity", {0, 0, 0, 0}), Verdict::kFailed);
}

TEST(P4DisparityGradient, IsANumberAlsoWhereThePlacesArePixels) {
  EXPECT_EQ(gradient("disparity", {0, 160, 0, 0}, 0), Verdict::kFailed);
  EXPECT_EQ(gradient("image", {0, 1.5F, 0.5F, 0}, 0), Verdict::kPassed) << "costs once";
}

TEST(P4ArgumentsUnchanged, LooksAtAll) {
  const Arrays unchanged = {{"image_after", kRow.at("image")},
                            {"disparity_after", kRow.at("disparity")},
                            {"own_disparity_after", kRow.at("disparity")},
                            {"written_into", Array::of(std::vector<std::int64_t>{0, 0, 0})},
                            {"output", Array::of(Values{12.5F, 25, 50, 80})}};
  EXPECT_EQ(verdict("p4.arguments_unchanged", kRow, unchanged), Verdict::kPassed);
  for (const char* name : {"image_after", "disparity_after", "own_disparity_after"}) {
    Arrays outputs = unchanged;
    outputs[name].data<float>()[3] *= -1.0F;
    EXPECT_EQ(verdict("p4.arguments_unchanged", kRow, outputs), Verdict::kFailed) << name;
  }
  for (std::size_t i = 0; i < 3; ++i) {
    Arrays outputs = unchanged;
    outputs["written_into"].data<std::int64_t>()[i] = 1;
    EXPECT_EQ(verdict("p4.arguments_unchanged", kRow, outputs), Verdict::kFailed)
        << "written into and put back: " << i;
  }
}

TEST(P4ArgumentsUnchanged, GiveNothingToWhoSamplesNothing) {
  Arrays inputs = kRow;
  inputs["sign"] = Array::scalar(-1.0);
  for (const Values& output : {Values{10, 20, 40, 80}, Values(4), Values(4, 37.5F)}) {
    const Arrays outputs = {{"image_after", kRow.at("image")},
                            {"disparity_after", kRow.at("disparity")},
                            {"own_disparity_after", kRow.at("disparity")},
                            {"written_into", Array::of(std::vector<std::int64_t>{0, 0, 0})},
                            {"output", Array::of(output)}};
    EXPECT_EQ(verdict("p4.arguments_unchanged", inputs, outputs), Verdict::kBlocked);
  }
}

using Answers = std::vector<std::int64_t>;

Verdict refusals(const Answers& sampler, std::int64_t takes = 1) {
  const Arrays inputs = {
      {"image_shapes", Array::copy_of(Answers{2, 3, 4, 5, 2, 3, 4, 5}.data(), {2, 4})},
      {"disparity_shapes", Array::copy_of(Answers{1, 1, 4, 5, 2, 1, 4, 6}.data(), {2, 4})}};
  return verdict("p4.refusals", inputs,
                 {{"answers", Array::of(sampler)}, {"takes", Array::of(Answers{takes})}});
}

TEST(P4Refusals, NameBothShapes) {
  EXPECT_EQ(refusals({1, 1}), Verdict::kPassed);
  EXPECT_EQ(refusals({0, 1}), Verdict::kFailed) << "a picture";
  EXPECT_EQ(refusals({1, 2}), Verdict::kFailed) << "a message without shapes";
  EXPECT_EQ(refusals({1, 3}), Verdict::kFailed) << "another exception";
  EXPECT_EQ(refusals({1, 1}, 0), Verdict::kBlocked) << "who takes nothing that fits either";
}

TEST(P4Refusals, OfViewsAreThoseOfTheSampler) {
  const Arrays inputs = {{"image_shapes", Array::copy_of(Answers{2, 3, 4, 5}.data(), {1, 4})},
                         {"disparity_shapes", Array::copy_of(Answers{1, 1, 4, 5}.data(), {1, 4})}};
  const auto of = [&](std::int64_t sampler, std::int64_t left, std::int64_t right) {
    return verdict("p4.view_refusals", inputs,
                   {{"answers", Array::of(Answers{sampler})},
                    {"takes", Array::of(Answers{1, 1})},
                    {"left", Array::of(Answers{left})},
                    {"right", Array::of(Answers{right})}});
  };
  EXPECT_EQ(of(1, 1, 1), Verdict::kPassed);
  EXPECT_EQ(of(3, 3, 3), Verdict::kPassed) << "costs in (b)";
  EXPECT_EQ(of(3, 1, 1), Verdict::kPassed) << "better than the sampler";
  EXPECT_EQ(of(1, 0, 1), Verdict::kFailed);
  EXPECT_EQ(of(1, 1, 3), Verdict::kFailed);
}

Verdict left_view(const Values& left, const Values& plus, const Values& minus) {
  return verdict(
      "p4.left_by_own_sampler", slopes(),
      {{"left", Array::of(left)}, {"plus", Array::of(plus)}, {"minus", Array::of(minus)}});
}

TEST(P4Views, AreThoseOfTheStudentsOwnSampler) {
  const Values odd(kCount, 0.25F);
  const Values other(kCount, 0.75F);
  EXPECT_EQ(left_view(odd, other, odd), Verdict::kPassed);
  EXPECT_EQ(left_view(other, other, odd), Verdict::kFailed);
  EXPECT_EQ(left_view(moved(kWidth), moved(kWidth), moved(-kWidth)), Verdict::kFailed);
}

TEST(P4Views, MayBeRightWithASamplerThatIsNot) {
  EXPECT_EQ(left_view(moved(-kWidth), moved(-kWidth), moved(kWidth)), Verdict::kPassed);
}

TEST(P4Views, AreNotComparedWithAPictureOfAnotherSize) {
  const Values odd(kCount, 0.25F);
  EXPECT_EQ(left_view(odd, odd, Values(4 * odd.size(), 0.25F)), Verdict::kFailed);
  EXPECT_EQ(left_view(Values(3, 0.25F), odd, Values(kCount, 0.5F)), Verdict::kFailed);
}

TEST(P4Views, AreNotJudgedByASamplerThatTellsNothing) {
  const Values odd(kCount, 0.25F);
  EXPECT_EQ(left_view(odd, odd, odd), Verdict::kBlocked) << "the same for both signs";
  EXPECT_EQ(left_view({}, {}, {}), Verdict::kBlocked) << "a sampler that throws";
}

struct Gradients {
  Values image;
  Values disparity;
};

/// @param view, plus, minus  values of a view and of the student's own sampler.
Verdict view_gradients(const Values& view, const Gradients& got, const Values& plus,
                       const Values& minus, const Gradients& of_plus, double sign = 1.0) {
  Arrays inputs = kRow;
  inputs["sign"] = Array::scalar(sign);
  return verdict("p4.view_gradients", inputs,
                 {{"output", Array::of(view)},
                  {"plus", Array::of(plus)},
                  {"minus", Array::of(minus)},
                  {"image_gradient", Array::of(got.image)},
                  {"disparity_gradient", Array::of(got.disparity)},
                  {"plus_image_gradient", Array::of(of_plus.image)},
                  {"plus_disparity_gradient", Array::of(of_plus.disparity)},
                  {"minus_image_gradient", Array::of(Values(4))},
                  {"minus_disparity_gradient", Array::of(Values(4))}});
}

// A quarter of a pixel further to the right.
const Values kRightOne = {12.5F, 25, 50, 80};
const Gradients kRightGradients = {{0, 1.5F, 0.5F, 0}, {0, 160, 0, 0}};
const Values kSomething = {1, 2, 3, 4};
const Values kOther = {4, 3, 2, 1};

TEST(P4ViewGradients, HaveToArriveAtBoth) {
  const auto arrived = [](const Gradients& got) {
    return view_gradients(kSomething, got, kOther, kRightOne, kRightGradients);
  };
  EXPECT_EQ(arrived({{0, 1, 0, 0}, {0, -3, 0, 0}}), Verdict::kPassed) << "of a view that is wrong";
  EXPECT_EQ(arrived({{0, 1, 0, 0}, Values(4)}), Verdict::kFailed);
  EXPECT_EQ(arrived({Values(4), {0, -3, 0, 0}}), Verdict::kFailed);
}

TEST(P4ViewGradients, AreThoseOfTheOwnSamplerWhoseValuesTheViewHas) {
  const Gradients odd = {{0, 9, 0, 0}, {0, -7, 0, 0}};
  const auto of = [&](const Gradients& got) {
    return view_gradients(kSomething, got, kSomething, kOther, odd);
  };
  EXPECT_EQ(of(odd), Verdict::kPassed);
  EXPECT_EQ(of({odd.image, {0, 7, 0, 0}}), Verdict::kFailed);
  EXPECT_EQ(of({{0, 9, 1, 0}, odd.disparity}), Verdict::kFailed);
}

TEST(P4ViewGradients, AreNotMissedWhereTheOwnSamplerHasNone) {
  const auto of = [&](const Gradients& sampler) {
    return view_gradients(kSomething, sampler, kSomething, kOther, sampler);
  };
  EXPECT_EQ(of({{0, 9, 0, 0}, Values(4)}), Verdict::kPassed) << "what is cut off costs in (b)";
  EXPECT_EQ(of({Values(4), Values(4)}), Verdict::kBlocked) << "nothing is left to compare";
  EXPECT_EQ(view_gradients(kSomething, kRightGradients, kSomething, kSomething, kRightGradients),
            Verdict::kBlocked)
      << "a sampler that tells nothing";
}

TEST(P4ViewGradients, OfARightViewAreRight) {
  const auto of = [](const Gradients& got) {
    return view_gradients(kRightOne, got, kOther, kOther, kRightGradients);
  };
  EXPECT_EQ(of(kRightGradients), Verdict::kPassed);
  EXPECT_EQ(of({kRightGradients.image, {0, -160, 0, 0}}), Verdict::kFailed);
  EXPECT_EQ(of({{0, 2, 0, 0}, kRightGradients.disparity}), Verdict::kFailed);
}

/// A view of two pixels, white and black, of which the other camera sees the first.
Verdict scene(const Values& output) {
  const std::vector<std::uint8_t> colours = {255, 255, 255, 0, 0, 0};
  Array in_both(arrays::DType::kBool, {1, 2});
  in_both.data<bool>()[0] = true;
  const Arrays inputs = {
      {"image", Array::copy_of(Values{0.5F, 0, 0.5F, 0, 0.5F, 0}.data(), {1, 3, 1, 2})},
      {"view", Array::copy_of(colours.data(), {1, 2, 3})},
      {"in_both", in_both}};
  return verdict("p4.left_scene", inputs, answer(output, {1, 3, 1, 2}));
}

TEST(P4Scenes, AreTheViewWhereBothCamerasSeeTheSame) {
  EXPECT_EQ(scene({1, 0, 1, 0, 1, 0}), Verdict::kPassed);
  EXPECT_EQ(scene({0.85F, 1, 0.85F, 1, 0.85F, 1}), Verdict::kPassed) << "what one alone sees";
  EXPECT_EQ(scene({0.75F, 0, 0.75F, 0, 0.75F, 0}), Verdict::kFailed) << "half way";
  EXPECT_EQ(scene({0.5F, 0, 0.5F, 0, 0.5F, 0}), Verdict::kFailed) << "the other view";
  EXPECT_EQ(scene({1, 0}), Verdict::kFailed) << "fewer numbers than the shape says";
}

Sketch sketch(const std::string& name, const Arrays& outputs) {
  CheckSpec spec;
  return p4::checks().at(name).sketch({spec, slopes(), outputs, outputs});
}

TEST(P4Sketches, OfSamplesDoNotKnowTheBorder) {
  const auto of = [](const Values& values) { return sketch("p4.samples", answer(values)); };
  EXPECT_EQ(of(moved(-kWidth, 0.0, 0.0)), of(moved(-kWidth, 0.0, 99.0)));
  EXPECT_NE(of(moved(-kWidth)), of(moved(kWidth)));
  EXPECT_NE(of(moved(kWidth)), of(moved(kWidth / 2.0)));
  EXPECT_EQ(of({1.0F}), of({2.0F, 3.0F})) << "nothing to look at";
}

TEST(P4Sketches, OfGradientsAreTheSameOnEitherGrid) {
  const auto of = [](const Values& image, const Values& disparity) {
    CheckSpec spec;
    const Arrays outputs = {{"image_gradient", Array::of(image)},
                            {"disparity_gradient", Array::of(disparity)},
                            {"finite_on_pixels", Array::scalar<std::int64_t>(1)}};
    return p4::checks().at("p4.disparity_gradient").sketch({spec, kRow, outputs, outputs});
  };
  const Values edges = {0, 1.5F, 0.5F, 0};
  const Values centres = {0, 1.625F, 0.375F, 0};
  EXPECT_EQ(of(edges, {0, 160, 0, 0}), of(centres, {0, 120, 0, 0}));
  EXPECT_EQ(of(edges, {0, -160, 0, 0}), of(centres, {0, -120, 0, 0}));
  EXPECT_EQ(of(edges, Values(4)), of(centres, Values(4)));
  EXPECT_NE(of(edges, {0, 160, 0, 0}), of(edges, {0, -160, 0, 0}));
  EXPECT_NE(of(edges, {0, 160, 0, 0}), of(edges, {0, 80, 0, 0}));
}

TEST(P4Sketches, OfAPictureAtRestSeeABlackColumn) {
  Arrays still = slopes();
  still["disparity"] = Array::copy_of(Values(2 * kHeight * kWidth).data(), {2, 1, kHeight, kWidth});
  const auto of = [&](const Values& values) {
    CheckSpec spec;
    const Arrays outputs = answer(values);
    return p4::checks().at("p4.samples").sketch({spec, still, outputs, outputs});
  };
  const Values whole = of_each(kImage, [](auto plane, auto y, auto x) {
    return 1.0 + slope(static_cast<double>(plane), static_cast<double>(y), static_cast<double>(x));
  });
  Values black = whole;
  for (std::size_t i = 0; i < black.size(); i += kWidth) black[i] = 0.0F;
  EXPECT_NE(of(whole), of(black));
}

TEST(P4Sketches, OfViewsSeeTheSignThroughAnySampler) {
  const auto of = [](const Values& left, const Values& right, const Values& plus,
                     const Values& minus) {
    return sketch("p4.left_by_own_sampler", {{"left", Array::of(left)},
                                             {"right", Array::of(right)},
                                             {"plus", Array::of(plus)},
                                             {"minus", Array::of(minus)}});
  };
  const Values a = moved(kWidth);
  const Values b = moved(-kWidth);
  const Values c = moved(kWidth - 1, 0.0, 1.0);
  const Values d = moved(1 - kWidth, 0.0, 1.0);
  EXPECT_EQ(of(a, b, a, b), of(c, d, c, d)) << "both with the other sign";
  EXPECT_NE(of(a, b, a, b), of(a, a, a, b)) << "the left one alone";
  EXPECT_NE(of(a, b, a, b), of(b, a, b, a)) << "with a sampler that is turned itself";
}

}  // namespace
}  // namespace pset3::judge::p4
