#pragma once

#include "grader/judge/checks.hpp"

/// What known mistakes in train() and test() are recognised by: which wrong rule explains the
/// record, whatever order the program drew.
namespace pset3::judge::p2 {

Sketch sketch_order(const CaseView& view);
Sketch sketch_steps(const CaseView& view);
Sketch sketch_train_loss(const CaseView& view);
Sketch sketch_train_accuracy(const CaseView& view);
Sketch sketch_test_loss(const CaseView& view);
Sketch sketch_test_accuracy(const CaseView& view);

}  // namespace pset3::judge::p2
