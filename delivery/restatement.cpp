#include "delivery/restatement.h"

#include <map>

namespace yekun {
namespace {

bool same_value(LedgerFigure const& a, LedgerFigure const& b) {
  return a.state == b.state && a.number == b.number && a.target == b.target;
}

Cause cause_of(LedgerFigure const& was, LedgerFigure const& now) {
  if (was.rule != now.rule) return Cause::rule_changed;
  if (was.state == now.state && was.number == now.number) return Cause::target_changed;
  if (now.rows > was.rows) return Cause::late_rows;
  return now.rows < was.rows ? Cause::removed_rows : Cause::corrected_rows;
}

}  // namespace

std::string_view to_text(Cause cause) {
  switch (cause) {
    case Cause::rule_changed:
      return "rule-changed";
    case Cause::target_changed:
      return "target-changed";
    case Cause::late_rows:
      return "late-rows";
    case Cause::removed_rows:
      return "removed-rows";
    case Cause::corrected_rows:
      return "corrected-rows";
    case Cause::not_shown:
      return "not-shown";
  }
  return {};
}

std::vector<Restatement> restatements(LedgerBuild const& submitted, LedgerBuild const& current) {
  std::map<std::string_view, LedgerFigure const*> now;
  for (auto const& figure : current.figures) now.emplace(figure.id, &figure);
  std::map<std::string_view, Restatement> found;
  for (auto const& was : submitted.figures) {
    auto const at = now.find(was.id);
    if (at == now.end())
      found.emplace(was.id, Restatement{was.id, was, was, Cause::not_shown});
    else if (!same_value(was, *at->second))
      found.emplace(was.id, Restatement{was.id, was, *at->second, cause_of(was, *at->second)});
  }
  std::vector<Restatement> out;
  out.reserve(found.size());
  for (auto& [id, one] : found) out.push_back(std::move(one));
  return out;
}

}  // namespace yekun
