#include "delivery/ledger_figures.h"

#include <fmt/format.h>

#include <map>

#include "output/digest.h"

namespace yekun {
namespace {

void describe(LineagePtr const& lineage, std::string& out) {
  if (!lineage) return;
  fmt::format_to(std::back_inserter(out), "{}\x1f{}\x1f{}\x1f{}", static_cast<int>(lineage->kind), lineage->measure,
                 lineage->predicate, lineage->name);
  if (lineage->kind == Lineage::Kind::constant && lineage->value.is_value()) out += to_text(lineage->value.number);
  out += '(';
  for (auto const& part : lineage->parts) describe(part, out);
  out += ')';
}

std::string state_of(Value const& value) {
  switch (value.state) {
    case State::value:
      return "value";
    case State::missing:
      return "missing";
    case State::not_applicable:
      return "not-applicable";
    case State::suppressed:
      return "suppressed";
  }
  return {};
}

std::string number_of(Value const& value) {
  if (!value.is_value()) return {};
  return value.low ? to_text(*value.low) + ".." + to_text(value.number) : to_text(value.number);
}

}  // namespace

std::vector<LedgerFigure> ledger_figures(AnswerSet const& answers) {
  std::map<std::string, LedgerFigure> found;
  for (auto const& answer : answers.answers)
    for (auto const& row : answer.rows)
      for (auto const& figure : row.figures) {
        auto const [at, fresh] = found.try_emplace(figure.id);
        auto& one = at->second;
        if (figure.target && one.target.empty()) one.target = number_of(*figure.target);
        if (!fresh) continue;
        one.id = figure.id;
        one.state = state_of(figure.value);
        one.number = number_of(figure.value);
        std::string rule;
        describe(figure.lineage, rule);
        one.rule = sha256_hex(rule).substr(0, 16);
        one.rows = figure.rows_used;
      }
  std::vector<LedgerFigure> out;
  out.reserve(found.size());
  for (auto& [id, figure] : found) out.push_back(std::move(figure));
  return out;
}

}  // namespace yekun
