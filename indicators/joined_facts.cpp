#include "indicators/joined_facts.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "indicators/row_scan.h"

namespace yekun {

void FactsJoiner::add(RowFacts facts, std::uint64_t order) {
  out_.first_day = std::min(out_.first_day, facts.first_day);
  out_.last_day = std::max(out_.last_day, facts.last_day);
  out_.undated += facts.undated;
  out_.unmatched.resize(std::max(out_.unmatched.size(), facts.unmatched.size()));
  for (std::size_t i = 0; i < facts.unmatched.size(); ++i) {
    out_.unmatched[i].rows += facts.unmatched[i].rows;
    for (auto& [at, key] : facts.unmatched[i].examples)
      out_.unmatched[i].examples.emplace_back(at + order, std::move(key));
  }
  ScanSummary& summary = out_.summary;
  summary.rows += facts.summary.rows;
  for (auto& file : facts.summary.files) summary.files.push_back(std::move(file));
  auto& listed = facts.summary.findings.listed;
  auto const rows = listed.begin() + static_cast<std::ptrdiff_t>(facts.summary.notes);
  notes_.insert(notes_.end(), std::make_move_iterator(listed.begin()), std::make_move_iterator(rows));
  if (of_rows_.size() < Findings::kListed)
    of_rows_.insert(of_rows_.end(), std::make_move_iterator(rows), std::make_move_iterator(listed.end()));
  listed.clear();
  summary.findings.add(facts.summary.findings);
}

RowFacts FactsJoiner::take() {
  for (Unmatched& one : out_.unmatched) keep_first_examples(one);
  auto& listed = out_.summary.findings.listed;
  for (auto* const list : {&notes_, &of_rows_})
    for (Finding& one : *list)
      if (listed.size() < Findings::kListed) listed.push_back(std::move(one));
  out_.summary.notes = std::min(notes_.size(), listed.size());
  return std::move(out_);
}

}  // namespace yekun
