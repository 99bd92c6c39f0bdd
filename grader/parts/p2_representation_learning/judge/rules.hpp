#pragma once

#include <cstddef>
#include <vector>

#include "grader/parts/p2_representation_learning/judge/call_log.hpp"

/// Right and wrong ways to step and to keep the books.
namespace pset3::judge::p2 {

/// How a program may move its weights.
struct StepRule {
  double keeps_gradients = 0.0;  ///< what share of the old gradient stays
  double momentum = 0.0;
  double rate = 0.0;
  bool nesterov = false;
  bool sums = false;             ///< of a batch, in place of the mean
  bool of_softmax = false;       ///< cross entropy of probabilities
  bool forgets_last = false;     ///< the last step is not taken
  bool anew = false;             ///< an optimiser an epoch
  bool fills_velocity = false;   ///< epoch 0 takes steps of length 0
  bool fills_gradients = false;  ///< epoch 0 leaves its gradients to the first step
  bool keeps_velocity = false;   ///< the first step goes on with the velocity of an earlier call
};

/// @returns the number of the first rule that explains all steps from a call on; −1 when none does.
int explaining_rule(const CaseView& view, const CallLog& log, const std::vector<CallRange>& epochs,
                    std::size_t begin);

/// What a program may report of the calls of an epoch, right or wrong: the same formulas in the
/// same order for each epoch.
std::vector<double> loss_formulas(const CallLog& log, const CallRange& calls);
std::vector<double> accuracy_formulas(const CallLog& log, const CallRange& calls);

}  // namespace pset3::judge::p2
