#include "grader/report/marks.hpp"

namespace pset3::report {

Span mark_of(judge::Verdict verdict) {
  switch (verdict) {
    case judge::Verdict::kPassed:
      return {"✓", Ink::kGood};
    case judge::Verdict::kPartial:
      return {"½", Ink::kHalf};
    case judge::Verdict::kNotAttempted:
      return {"○", Ink::kFaint};
    case judge::Verdict::kBlocked:
      return {"–", Ink::kFaint};
    case judge::Verdict::kGraderError:
      return {"!", Ink::kOurFault};
    default:
      return {"✗", Ink::kBad};
  }
}

}  // namespace pset3::report
