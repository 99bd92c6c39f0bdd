#pragma once

#include "grader/judge/checks.hpp"

namespace pset3::judge::p3 {

/// The judging functions of p3 by the names that its rubric uses.
Checks checks();

/// (a) ranges of pictures, their values, splits and loaders.
CaseFinding judge_ranges(const CaseView& view);
CaseFinding judge_refusals(const CaseView& view);
CaseFinding judge_item_values(const CaseView& view);
CaseFinding judge_split(const CaseView& view);
CaseFinding judge_loaders(const CaseView& view);
CaseFinding judge_data(const CaseView& view);

/// (b) the model: its pieces, sizes, values and gradients.
CaseFinding judge_pieces(const CaseView& view);
CaseFinding judge_depth_sizes(const CaseView& view);
CaseFinding judge_depths(const CaseView& view);
CaseFinding judge_model_gradients(const CaseView& view);
CaseFinding judge_model(const CaseView& view);

/// (c) depth_loss; (d) the net loss.
CaseFinding judge_depth_loss(const CaseView& view);
CaseFinding judge_depth_loss_gradient(const CaseView& view);
CaseFinding judge_loss_terms(const CaseView& view);
CaseFinding judge_net_loss(const CaseView& view);
CaseFinding judge_net_loss_gradient(const CaseView& view);
CaseFinding judge_losses(const CaseView& view);

/// (d) steps and evaluation on the harness's model, by the student's own net loss.
CaseFinding judge_training_steps(const CaseView& view);
CaseFinding judge_step_losses(const CaseView& view);
CaseFinding judge_step_mode(const CaseView& view);
CaseFinding judge_evaluation_loss(const CaseView& view);
CaseFinding judge_evaluation_pass(const CaseView& view);
CaseFinding judge_evaluation_mode(const CaseView& view);
CaseFinding judge_no_gradients(const CaseView& view);
CaseFinding judge_unknown_pixels(const CaseView& view);
CaseFinding judge_training(const CaseView& view);

/// (d) what was learnt; (e) pretraining.
double depth_skill(const CaseView& view);
double reconstruction_gain(const CaseView& view);
Sketch sketch_depth_skill(const CaseView& view);
Sketch sketch_reconstruction(const CaseView& view);
Sketch sketch_autoencoder(const CaseView& view);
Sketch sketch_pretraining_losses(const CaseView& view);
Sketch sketch_fairness(const CaseView& view);
CaseFinding judge_depth_skill(const CaseView& view);
CaseFinding judge_autoencoder(const CaseView& view);
CaseFinding judge_pretrained_encoder(const CaseView& view);
CaseFinding judge_reconstruction(const CaseView& view);
CaseFinding judge_pretraining_losses(const CaseView& view);
CaseFinding judge_comparison(const CaseView& view);
CaseFinding judge_fairness(const CaseView& view);

}  // namespace pset3::judge::p3
