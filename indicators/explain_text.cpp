#include <fmt/format.h>

#include <iterator>

#include "core/json_tree.h"
#include "indicators/explain.h"

namespace yekun {

namespace {

std::string shown(Value const& value) {
  switch (value.state) {
    case State::value:
      return value.low ? fmt::format("{} to {}", to_text(*value.low), to_text(value.number)) : to_text(value.number);
    case State::missing:
      return "missing";
    case State::not_applicable:
      return "not applicable";
    case State::suppressed:
      return "suppressed";
  }
  return {};
}

std::string shown(Period const& period) {
  if (period.label == "all") return "all rows";
  if (period.label.starts_with("..")) return "all days up to " + to_iso(period.end - 1);
  return fmt::format("{} ({} to {})", period.label, to_iso(period.first), to_iso(period.end - 1));
}

struct Line {
  std::string_view key;
  std::string_view words;
  std::uint64_t count;
};

std::vector<Line> lines_of(RowAccount const& rows) {
  return {{"total", "rows in the dataset", rows.total},
          {"undated", "without a date", rows.undated},
          {"outside", "outside the period", rows.outside},
          {"other_group", "in the period, elsewhere", rows.other_group},
          {"overtaken", "reports of other dates", rows.overtaken},
          {"not_where", "do not meet the condition", rows.not_where},
          {"without_value", "without a value", rows.without_value},
          {"used", "used", rows.used}};
}

void add_part(std::string& out, ExplainedPart const& part) {
  auto at = std::back_inserter(out);
  fmt::format_to(at, "\n{} = {} in {}\n  {}\n", part.indicator, shown(part.value), shown(part.period), part.rule);
  for (Line const& line : lines_of(part.rows))
    if (line.count > 0 || line.key == "total" || line.key == "used")
      fmt::format_to(at, "  {:>12}  {}\n", line.count, line.words);
  for (Finding const& finding : part.findings)
    fmt::format_to(at, "  finding in {}, row {}{}: {}{}\n", finding.file, finding.row,
                   finding.column.empty() ? "" : fmt::format(", column '{}'", finding.column), finding.rule,
                   finding.reason.empty() ? "" : ": " + finding.reason);
  if (part.shown.empty()) return;
  fmt::format_to(at, "  first rows used: file, {}\n", fmt::join(part.columns, ", "));
  for (ExplainedRow const& row : part.shown) fmt::format_to(at, "    {}: {}\n", row.file, fmt::join(row.values, " | "));
}

std::string quoted(std::vector<std::string> const& texts) {
  std::string out = "[";
  for (std::size_t i = 0; i < texts.size(); ++i) out += (i == 0 ? "" : ",") + quote_json(texts[i]);
  return out + ']';
}

std::string json_value(Value const& value) {
  if (!value.is_value()) return quote_json(shown(value));
  return to_text(value.number);
}

std::string part_json(ExplainedPart const& part) {
  std::string out = fmt::format(
      "{{\"indicator\":{},\"dataset\":{},\"measure\":{},\"condition\":{},\"rule\":{},\"period\":{},\"value\":{},"
      "\"rows\":{{",
      quote_json(part.indicator), quote_json(part.dataset), quote_json(part.measure), quote_json(part.condition),
      quote_json(part.rule), quote_json(part.period.label), json_value(part.value));
  bool first = true;
  for (Line const& line : lines_of(part.rows)) {
    fmt::format_to(std::back_inserter(out), "{}{}:{}", first ? "" : ",", quote_json(line.key), line.count);
    first = false;
  }
  out += "},\"columns\":" + quoted(part.columns) + ",\"shown\":[";
  for (std::size_t i = 0; i < part.shown.size(); ++i)
    out += fmt::format("{}{{\"file\":{},\"values\":{}}}", i == 0 ? "" : ",", quote_json(part.shown[i].file),
                       quoted(part.shown[i].values));
  out += "],\"findings\":[";
  for (std::size_t i = 0; i < part.findings.size(); ++i) {
    Finding const& finding = part.findings[i];
    out += fmt::format("{}{{\"file\":{},\"row\":{},\"column\":{},\"rule\":{},\"text\":{},\"reason\":{}}}",
                       i == 0 ? "" : ",", quote_json(finding.file), finding.row, quote_json(finding.column),
                       quote_json(finding.rule), quote_json(finding.text), quote_json(finding.reason));
  }
  return out + "]}";
}

std::string dataset_json(DatasetFacts const& facts) {
  std::string out =
      fmt::format("{{\"dataset\":{},\"undated\":{},\"unmatched_lookups\":{},\"findings\":{},\"files\":[",
                  quote_json(facts.dataset), facts.rows_undated, facts.unmatched_lookups, facts.summary.findings.total);
  for (std::size_t i = 0; i < facts.summary.files.size(); ++i) {
    FileFacts const& file = facts.summary.files[i];
    out += fmt::format("{}{{\"name\":{},\"rows\":{},\"skipped\":{},\"sha256\":{}}}", i == 0 ? "" : ",",
                       quote_json(file.name), file.rows, file.skipped, quote_json(file.sha256));
  }
  return out + "]}";
}

/// ", not met" where an achievement is no number, or says more than its number.
std::string verdict_of(Figure const& figure) {
  for (std::string const& note : figure.notes) {
    if (note == "verdict.met") return ", met";
    if (note == "verdict.not_met") return ", not met";
    if (note == "verdict.moving_away") return ", moving away";
    if (note == "verdict.new") return ", new";
  }
  return {};
}

std::string aims_json(std::vector<ExplainedAim> const& aims) {
  std::string out;
  for (ExplainedAim const& aim : aims)
    out += fmt::format("{}{{\"what\":{},\"indicator\":{},\"period\":{},\"value\":{}}}", out.empty() ? "" : ",",
                       quote_json(aim.what), quote_json(aim.indicator), quote_json(aim.period), json_value(aim.value));
  return "[" + out + "]";
}

}  // namespace

std::string to_text(Explanation const& explanation) {
  Figure const& figure = explanation.figure;
  std::string out = fmt::format("{}\n  value: {}{}{}\n  rule: {}\n", figure.id, shown(figure.value),
                                figure.value.is_value() && figure.value.partial ? " (partial)" : "", verdict_of(figure),
                                explanation.rule);
  for (ExplainedAim const& aim : explanation.aims)
    out += fmt::format("  {} of {}: {}{}\n", aim.what, aim.indicator, shown(aim.value),
                       aim.period.empty() ? "" : " for " + aim.period);
  if (figure.units_expected > 0)
    out += fmt::format("  reported: {} of {} units\n", figure.units_reported, figure.units_expected);
  if (figure.carried_days > 0)
    out += fmt::format("  carried: the oldest report is from {}, {} {} before the period\n",
                       to_iso(figure.period.first - figure.carried_days), figure.carried_days,
                       figure.carried_days == 1 ? "day" : "days");
  for (ExplainedPart const& part : explanation.parts) add_part(out, part);
  auto at = std::back_inserter(out);
  for (DatasetFacts const& facts : explanation.datasets) {
    fmt::format_to(at, "\nfiles of '{}'\n", facts.dataset);
    for (FileFacts const& file : facts.summary.files)
      fmt::format_to(at, "  {}: {} rows{}, sha-256 {}\n", file.name, file.rows,
                     file.skipped > 0 ? fmt::format(", {} skipped", file.skipped) : "", file.sha256);
  }
  return out;
}

std::string to_json(Explanation const& explanation) {
  Figure const& figure = explanation.figure;
  std::string out = fmt::format("{{\"id\":{},\"value\":{},\"rule\":{},\"aims\":{},\"parts\":[", quote_json(figure.id),
                                json_value(figure.value), quote_json(explanation.rule), aims_json(explanation.aims));
  for (std::size_t i = 0; i < explanation.parts.size(); ++i)
    out += (i == 0 ? "" : ",") + part_json(explanation.parts[i]);
  out += "],\"datasets\":[";
  for (std::size_t i = 0; i < explanation.datasets.size(); ++i)
    out += (i == 0 ? "" : ",") + dataset_json(explanation.datasets[i]);
  return out + "]}\n";
}

}  // namespace yekun
