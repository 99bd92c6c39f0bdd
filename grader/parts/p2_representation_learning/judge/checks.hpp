#pragma once

#include <string>
#include <vector>

#include "grader/judge/checks.hpp"

namespace pset3::judge::p2 {

/// The judging functions of p2 by the names that its rubric uses.
Checks checks();

/// A sketch and, behind it, the numbers of those flags among the outputs that are false, from 1 on.
/// Where all are true it stays as it is.
Sketch marked(Sketch sketch, const CaseView& view, const std::vector<std::string>& flags);

/// (a) the dataset: its size, which images, their values, their labels; rotations.
CaseFinding judge_sizes(const CaseView& view);
CaseFinding judge_first_images(const CaseView& view);
CaseFinding judge_image_values(const CaseView& view);
CaseFinding judge_class_labels(const CaseView& view);
CaseFinding judge_rotation_labels(const CaseView& view);
CaseFinding judge_turned_images(const CaseView& view);
CaseFinding judge_refusals(const CaseView& view);
CaseFinding judge_dataset(const CaseView& view);
Sketch sketch_rotation_labels(const CaseView& view);
Sketch sketch_turned_images(const CaseView& view);
Sketch sketch_dataset(const CaseView& view);

/// (b) the networks: layers, forward passes, the whole, what is trained.
CaseFinding judge_layers(const CaseView& view);
CaseFinding judge_forward(const CaseView& view);
CaseFinding judge_whole(const CaseView& view);
CaseFinding judge_parameters_to_train(const CaseView& view);
CaseFinding judge_network(const CaseView& view);
Sketch sketch_forward(const CaseView& view);
Sketch sketch_parameters_to_train(const CaseView& view);

/// (c) train, from the record of what the harness's model met.
CaseFinding judge_epoch_zero(const CaseView& view);
CaseFinding judge_steps(const CaseView& view);
CaseFinding judge_order(const CaseView& view);
CaseFinding judge_training_mode(const CaseView& view);
CaseFinding judge_frozen(const CaseView& view);
CaseFinding judge_train_loss(const CaseView& view);
CaseFinding judge_train_accuracy(const CaseView& view);
CaseFinding judge_told(const CaseView& view);
CaseFinding judge_train(const CaseView& view);

/// (d) test, likewise.
CaseFinding judge_test_pass(const CaseView& view);
CaseFinding judge_test_mode(const CaseView& view);
CaseFinding judge_test_loss(const CaseView& view);
CaseFinding judge_test_accuracy(const CaseView& view);
CaseFinding judge_test(const CaseView& view);

/// (e) what was learnt.
double class_accuracy(const CaseView& view);
double rotation_accuracy(const CaseView& view);
double fine_tuning_gain(const CaseView& view);
Sketch sketch_class_accuracy(const CaseView& view);
Sketch sketch_rotation_accuracy(const CaseView& view);
Sketch sketch_fine_tuning_gain(const CaseView& view);
CaseFinding judge_class_accuracy(const CaseView& view);
CaseFinding judge_rotation_accuracy(const CaseView& view);
CaseFinding judge_fine_tuning_gain(const CaseView& view);

}  // namespace pset3::judge::p2
