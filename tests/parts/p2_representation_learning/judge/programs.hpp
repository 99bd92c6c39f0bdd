#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "grader/arrays/array.hpp"
#include "grader/judge/checks.hpp"
#include "grader/judge/verdict.hpp"

namespace pset3::judge::p2::testing {

using arrays::Array;
using arrays::Arrays;

/// What train() and test() are given: a linear model, examples (x, label) and options.
struct Lesson {
  int examples = 26;
  int batch_size = 8;
  int epochs = 3;
  int classes = 3;
  int features = 2;
  double learning_rate = 0.1;
  double momentum = 0.8;

  Arrays inputs() const;
  float example(int i, int feature) const;
  std::int64_t label(int i) const { return (i * i + i / 3) % classes; }
  float weight(int k, int feature) const;
  float bias(int k) const { return 0.1F * static_cast<float>(k); }
  float shift(int k) const { return k == 1 ? 1.5F : 0.0F; }
};

/// The ways in which hand-made programs differ.
struct Habits {
  bool momentum = true;
  bool clears_gradients = true;
  bool learns_in_epoch_0 = false;
  bool has_epoch_0 = true;
  bool shuffles = true;
  bool training_mode = true;
  bool drops_last = false;
  bool averages_images = false;  ///< no mistake
  bool trains_frozen = false;
  bool adds_losses_up = false;
  bool divides_by_batches = false;
  bool tells = true;
  bool leaves_gradients_off = false;
  double keeps_velocity = 0.0;  ///< of each weight, from an earlier call
};

/// The record of a program that trains in double, with gradients by differences of its own loss.
Arrays train(const Lesson& lesson, const Habits& habits = {});
/// The record of a program that tests.
Arrays test(const Lesson& lesson, const Habits& habits = {});

CaseFinding judge_p2(const std::string& name, const Arrays& inputs, const Arrays& outputs,
                     double threshold = 0.5);

}  // namespace pset3::judge::p2::testing
