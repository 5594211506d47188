// What changed in figures that a donor already has.
#pragma once

#include <string>
#include <vector>

#include "delivery/ledger.h"

namespace yekun {

/// Why a submitted figure is another now. Judged in this order: the definition's hash differs; only the target differs;
/// more rows are used than then; fewer; as many, but others.
enum class Cause { rule_changed, target_changed, late_rows, removed_rows, corrected_rows, not_shown };
std::string_view to_text(Cause cause);  // "rule-changed", ...

struct Restatement {
  std::string figure;  // its id
  LedgerFigure was;
  LedgerFigure now;  // as `was` for figures that are not shown any more
  Cause cause = Cause::corrected_rows;
};

/// Every figure of `submitted` that is not the same in `current`, in the order of their ids. A figure that only
/// `current` has is not a restatement.
std::vector<Restatement> restatements(LedgerBuild const& submitted, LedgerBuild const& current);

}  // namespace yekun
