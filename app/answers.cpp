#include "app/answers.h"

#include <fmt/format.h>

#include <map>

#include "core/period.h"

namespace yekun {
namespace {

using RuleAndColumn = std::pair<std::string, std::string>;

Diagnostic describe(Finding const& first, std::uint64_t count, bool strict) {
  Diagnostic out;
  bool const fatal = strict && first.severity == Severity::error;
  out.severity = fatal ? Severity::error : (first.severity == Severity::note ? Severity::note : Severity::warning);
  out.fault = Fault::data;
  out.code = first.rule;
  out.place.file = first.file;
  out.place.row = first.row;
  out.place.field = first.column;
  out.message = first.text.empty() ? first.reason : fmt::format("'{}': {}", first.text, first.reason);
  if (count > 1) out.message += fmt::format(" ({} such findings in '{}')", count, first.dataset);
  return out;
}

void describe(DatasetFacts const& facts, bool strict, Diagnostics& out) {
  std::map<RuleAndColumn, Finding const*> first;
  for (auto const& finding : facts.summary.findings.listed)
    first.emplace(RuleAndColumn{finding.rule, finding.column}, &finding);
  for (auto const& [key, count] : facts.summary.findings.counts) {
    auto const found = first.find(key);
    Finding none;
    none.dataset = facts.dataset;
    none.rule = key.first;
    none.column = key.second;
    none.reason = fmt::format("findings of rule '{}' in '{}'", key.first, facts.dataset);
    out.push_back(describe(found != first.end() ? *found->second : none, count, strict));
  }
}

}  // namespace

std::vector<std::string> split_list(std::string const& text) {
  std::vector<std::string> out;
  std::size_t first = 0;
  while (first <= text.size() && !text.empty()) {
    auto const comma = std::min(text.find(',', first), text.size());
    auto part = text.substr(first, comma - first);
    while (part.starts_with(' ')) part.erase(0, 1);
    while (part.ends_with(' ')) part.pop_back();
    if (!part.empty()) out.push_back(part);
    first = comma + 1;
  }
  return out;
}

Diagnostic usage_problem(std::string code, std::string message, std::string hint) {
  Diagnostic out;
  out.fault = Fault::usage;
  out.code = std::move(code);
  out.message = std::move(message);
  out.hint = std::move(hint);
  return out;
}

Result<std::optional<Period>> period_option(std::string const& text, Programme const& programme, Date as_of) {
  if (text.empty()) return std::optional<Period>{};
  auto const period = parse_period(text, PeriodContext{programme.fiscal, as_of});
  if (!period) return failure(usage_problem("bad-period", period.error()));
  return std::optional<Period>{*period};
}

Diagnostics describe_findings(std::vector<DatasetFacts> const& datasets, bool strict) {
  Diagnostics out;
  for (auto const& facts : datasets) describe(facts, strict, out);
  return out;
}

}  // namespace yekun
