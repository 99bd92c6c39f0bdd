#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>

#include "grader/parts/cases.hpp"

/// The generators of part p0. Array names and shapes: fixtures/p0_neural_nets/README.md. No size is
/// ever equal to another one that it could be mixed up with, so that a swap shows in the shape.
namespace pset3::cases::p0 {

/// "p0.perceptron_sample", for perceptron_update: a perceptron and a sample.
///
/// @param params dimensions: 2 to 50; situation: "says_0_should_say_1", "says_1_should_say_0",
///               "right_0", "right_1" or "on_the_line" (weights · x + bias is 0, the target 1).
/// Promise: all numbers are multiples of 1/8 below 4 in magnitude (the bias below 1000), so that
/// every sum is exact; no weight and no coordinate is 0; but for the line, |weights · x + bias| is
/// at least 1/2. Where it says the wrong thing, the weights' step alone makes it say the other.
CaseData perceptron_sample(const nlohmann::json& params, std::uint64_t seed);

/// "p0.perceptron_data", for train_perceptron.
///
/// @param params samples: 4 to 200; dimensions: 2 to 20; max_epochs: 1 to 100; kind: "separable" or
///               "not_separable".
/// Promise: multiples of 1/8, so that no rounding decides a sign. Separable: from zero it takes 3
/// to max_epochs − 1 epochs (as many as there are where max_epochs is below 4), with mistakes of
/// both kinds. Not separable: no epoch without a mistake. From 4 epochs on there is one, at least
/// two before the last, in which as many ones as zeros are missed.
CaseData perceptron_data(const nlohmann::json& params, std::uint64_t seed);

/// "p0.activation", for the seven functions of (b).
///
/// @param params function: "sigmoid", …, "relu_derivative", "softmax"; rows, columns: 1 to 50,
///               different; kind: "far_below", "far_above", "far_apart": the numbers of a row are
///               near each other, at −800 to −1000 or 800 to 1000, or rows take turns; "one_above":
///               one number of a row is 1000 to 1200, the others −1000 to −1200; "moderate":
///               0.01 to 6 in magnitude, of both signs; "wide": to 16; "zeros": so with some zeros
///               among them (for the ReLU); "extreme": ±12, ±25, ±40, ±100, ±710, ±745 and ±1000,
///               rows of nothing else for softmax.
CaseData activation(const nlohmann::json& params, std::uint64_t seed);

/// "p0.loss", for the losses of (c).
///
/// @param params loss: "squared_error", "binary_cross_entropy", "cross_entropy" or
///               "softmax_cross_entropy"; samples, outputs: 2 to 50, different;
///               kind: "moderate": probabilities of at least 0.01, one sample with soft targets;
///               "certain": probabilities of exactly 0 and 1 (logits of ±1000), the first sample's
///               wrong, the others' right or open; "confident": the right answers' probabilities
///               are 0.002 to 0.008, or their logits 37 and more below another class's, all
///               negative in the first sample and all positive in the second.
CaseData loss(const nlohmann::json& params, std::uint64_t seed);

/// "p0.layer", for fully_connected and fully_connected_backward.
///
/// @param params samples, inputs, outputs: 1 to 50, all different; direction: "forward" or
///               "backward".
CaseData layer(const nlohmann::json& params, std::uint64_t seed);

/// "p0.mlp", for mlp_forward, mlp_backward and sgd_step.
///
/// @param params samples: 2 to 20; layers: 1 to 3; activation: "sigmoid", "tanh" or "relu";
///               direction: "forward", "backward" or "step"; backward, with a ReLU and two layers
///               or more: units_below_0: "some" (default) or "all_of_one_layer", of the last hidden
///               one, where every gradient ends; for steps: logits: "moderate" (default) or
///               "confident", mostly wrong; samples_are: "small" (default) or "large", ten times as
///               large, with gradients above 1.
/// Promise: all sizes differ; what goes into an activation is at least 0.01 away from 0, a quarter
/// of it positive and a quarter negative.
CaseData mlp(const nlohmann::json& params, std::uint64_t seed);

/// "p0.spiral", for train_spiral: arms that wind around each other, and a network to begin with.
///
/// @param params arms: 2 or 3; samples: 20 to 200 an arm; width: 8 to 64 of both hidden layers, one
///               unit more in the second; activation: "tanh" or "relu"; steps: 1 to 2000.
/// Promise: of each point that is not a sample the nearest sample is on the same arm.
CaseData spiral(const nlohmann::json& params, std::uint64_t seed);

/// "p0.signals", for convolve_signals.
///
/// @param params rows, columns of f; kernel_rows, kernel_columns of g: 1 to 30, next to each other
///               different.
CaseData signals(const nlohmann::json& params, std::uint64_t seed);

/// "p0.signal_properties", for convolve_properties: the same with a second signal, a factor and a
/// shift of 1 to 3.
CaseData signal_properties(const nlohmann::json& params, std::uint64_t seed);

/// "p0.geometries", for conv_output_shape.
///
/// @param params count: 4 to 500; kind: "fit"; "misfit": a quarter each has a filter that is too
///               large (along one axis or both, by a whole stride or any number), a stride that
///               does not divide along the height, along the width, along both; "mixed": every
///               other one fits.
/// Promise: of volumes that fit the height is never the width; stride and padding vary from 1 to 4
/// and 0 to 3.
CaseData geometries(const nlohmann::json& params, std::uint64_t seed);

/// "p0.misfits", for what convolution_layer and the poolings refuse.
///
/// @param params count: 4 to 100; padding: "none" for poolings, or "any".
/// Promise: no geometry fits, in the ways of "misfit" above.
CaseData misfits(const nlohmann::json& params, std::uint64_t seed);

/// "p0.volume", for convolution_layer and its backward pass.
///
/// @param params filter: 1 to 7; in, filters: 1 to 16, different; stride: 1 to 4; padding: 0 to 3;
///               direction: "forward" or "backward", which has pixels of 0; earlier: "nothing"
///               (default) or "other_volumes", for which the function is called first. A backward
///               case with these, or with a padding of at least the filter's size, has a bias and
///               asks for the student's own forward pass.
/// Promise: it fits, height and width differ, and the output has at least 2 places along each axis.
CaseData volume(const nlohmann::json& params, std::uint64_t seed);

/// "p0.slides", for convolution_layer: the example of the section slides (CS231n's), whose second
/// filter and bias are the slides' own; the first filter is drawn from −1, 0 and 1, its bias 1.
///
/// @param params padding: "in_the_volume" (7x7, as printed) or "asked_for" (5x5 with padding 1).
CaseData slides(const nlohmann::json& params, std::uint64_t seed);

/// "p0.pooling", for max_pool, average_pool, l2_pool and max_pool_backward.
///
/// @param params function; size: 1 to 5; stride: 1 to 4; channels: 1 to 8; kind: "distinct": any
///               two values are at least 0.01 apart, those of the first channel all negative;
///               "ties": many equal values, for windows that do not overlap; earlier: as above.
CaseData pooling(const nlohmann::json& params, std::uint64_t seed);

/// "p0.flatten", for flatten. @param params height, width, channels: 1 to 30, all different.
CaseData flatten(const nlohmann::json& params, std::uint64_t seed);

Generators generators();

/// What `pset3 run p0` uses when nobody names other data.
DefaultData default_data();

}  // namespace pset3::cases::p0
