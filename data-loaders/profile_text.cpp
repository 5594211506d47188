// A data profile for people and for programs.
#include <fmt/format.h>

#include <algorithm>

#include "core/json_tree.h"
#include "core/utf8.h"
#include "data-loaders/profile.h"

namespace yekun {
namespace {

std::string padded(std::string_view text, std::size_t width) {
  std::string out(text);
  for (std::size_t length = count_code_points(text); length < width; ++length) out += ' ';
  return out;
}

/// Columns aligned on the left, two spaces between them.
std::string aligned(std::vector<std::vector<std::string>> const& rows) {
  std::vector<std::size_t> widths;
  for (auto const& row : rows) {
    widths.resize(std::max(widths.size(), row.size()));
    for (std::size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], count_code_points(row[i]));
  }
  std::string out;
  for (auto const& row : rows) {
    std::string line;
    for (std::size_t i = 0; i < row.size(); ++i) line += padded(row[i], widths[i]) + "  ";
    line.erase(line.find_last_not_of(' ') + 1);
    out += line + "\n";
  }
  return out;
}

std::string type_text(ColumnProfile const& column) {
  std::string text(to_text(column.type));
  if (!column.inferred.date_format.empty()) text += " " + column.inferred.date_format;
  if (column.inferred.decimal == ',') text += " with comma";
  if (!column.inferred.thousands.empty())
    text += fmt::format(" grouped by {}", column.inferred.thousands == "space" ? "spaces"
                                          : column.inferred.thousands == ","   ? "commas"
                                                                               : "points");
  if (!column.declared) text += "?";
  if (column.personal) text += ", personal";
  return text;
}

std::string top_text(ColumnProfile const& column) {
  if (column.personal) return "(personal: counts only)";
  std::string text;
  for (auto const& [value, times] : column.top)
    text += fmt::format("{}{} ({})", text.empty() ? "" : ", ", value, times);
  return text;
}

std::string range_text(ColumnProfile const& column) {
  return column.least.empty() ? "" : column.least + " .. " + column.most;
}

std::string distinct_text(ColumnProfile const& column) {
  return fmt::format("{}{}", column.more_distinct ? "> " : "", column.distinct);
}

void add_remarks(ColumnProfile const& column, std::string& out) {
  if (column.inferred.ambiguous_date)
    out += fmt::format("  {}: every date could be day first or month first; declare its \"format\"\n", column.name);
  if (!column.inferred.marks.empty())
    out += fmt::format("  {}: {} look like marks for missing; declare \"missing\"\n", column.name,
                       fmt::join(column.inferred.marks, ", "));
  if (column.total_rows > 0)
    out += fmt::format("  {}: '{}' ({}) seems to name rows that add up others; they are counted like these\n",
                       column.name, column.total, column.total_rows);
  if (column.unmapped > 0) out += fmt::format("  {}: {} cells are not in the mapping\n", column.name, column.unmapped);
  if (column.personal && column.similar_count > 0)
    out += fmt::format("  {}: {} groups of values differ only in case, spaces or form\n", column.name,
                       column.similar_count);
  for (auto const& group : column.similar) {
    std::string list;
    for (auto const& [value, times] : group.spellings)
      list += fmt::format("{}'{}' ({})", list.empty() ? "" : ", ", value, times);
    out += fmt::format("  {}: {} differ only in case, spaces or form\n", column.name, list);
  }
  if (column.similar_count > column.similar.size() && !column.personal)
    out += fmt::format("  {}: and {} more such groups\n", column.name, column.similar_count - column.similar.size());
}

void add_time(DataProfile const& profile, std::string& out) {
  if (profile.date_column.empty()) return;
  if (!profile.first) {
    out += fmt::format("no row has a date in '{}'\n", profile.date_column);
    return;
  }
  out += fmt::format("{}: {} .. {}", profile.date_column, to_iso(*profile.first), to_iso(*profile.last));
  if (profile.undated > 0) out += fmt::format(", {} rows without date", profile.undated);
  out += '\n';
  if (profile.gap_days == 0) return;
  out += fmt::format("{} days without rows in daily series\n", profile.gap_days);
  for (auto const& series : profile.gaps) {
    std::string list;
    for (auto const& [first, last] : series.gaps)
      list += (list.empty() ? "" : ", ") + (first == last ? to_iso(first) : to_iso(first) + ".." + to_iso(last));
    out += fmt::format("  {}{} days: {}\n", series.series.empty() ? "" : series.series + ": ", series.days, list);
  }
}

std::string quoted_list(std::vector<std::string> const& texts) {
  std::string out = "[";
  for (auto const& text : texts) out += (out.size() > 1 ? "," : "") + quote_json(text);
  return out + "]";
}

std::string counted_list(std::vector<std::pair<std::string, std::uint64_t>> const& values) {
  std::string out = "[";
  for (auto const& [value, times] : values)
    out += fmt::format("{}{{\"value\":{},\"count\":{}}}", out.size() > 1 ? "," : "", quote_json(value), times);
  return out + "]";
}

std::string column_json(ColumnProfile const& column) {
  std::string out = fmt::format(
      "{{\"name\":{},\"type\":\"{}\",\"declared\":{},\"personal\":{},\"present\":{},\"missing\":{},\"rejected\":{},"
      "\"unmapped\":{},\"distinct\":{},\"more_distinct\":{}",
      quote_json(column.name), to_text(column.type), column.declared, column.personal, column.present, column.missing,
      column.rejected, column.unmapped, column.distinct, column.more_distinct);
  if (!column.least.empty())
    out += fmt::format(",\"min\":{},\"max\":{}", quote_json(column.least), quote_json(column.most));
  if (!column.declared)
    out += fmt::format(",\"date_format\":{},\"ambiguous_date\":{},\"decimal\":\"{}\",\"thousands\":{},\"marks\":{}",
                       quote_json(column.inferred.date_format), column.inferred.ambiguous_date, column.inferred.decimal,
                       quote_json(column.inferred.thousands), quoted_list(column.inferred.marks));
  if (column.total_rows > 0)
    out += fmt::format(",\"total\":{},\"total_rows\":{}", quote_json(column.total), column.total_rows);
  out += fmt::format(",\"top\":{},\"similar_groups\":{},\"similar\":[", counted_list(column.top), column.similar_count);
  for (std::size_t i = 0; i < column.similar.size(); ++i)
    out += (i > 0 ? "," : "") + counted_list(column.similar[i].spellings);
  return out + "]}";
}

std::string date_json(std::optional<Date> date) { return date ? "\"" + to_iso(*date) + "\"" : "null"; }

std::string time_json(DataProfile const& profile) {
  std::string out =
      fmt::format("{{\"column\":{},\"first\":{},\"last\":{},\"undated\":{},\"series\":{},\"gap_days\":{},\"gaps\":[",
                  quote_json(profile.date_column), date_json(profile.first), date_json(profile.last), profile.undated,
                  profile.series, profile.gap_days);
  for (std::size_t i = 0; i < profile.gaps.size(); ++i) {
    auto const& series = profile.gaps[i];
    out += fmt::format("{}{{\"series\":{},\"days\":{},\"ranges\":[", i > 0 ? "," : "", quote_json(series.series),
                       series.days);
    for (std::size_t j = 0; j < series.gaps.size(); ++j)
      out += fmt::format("{}[\"{}\",\"{}\"]", j > 0 ? "," : "", to_iso(series.gaps[j].first),
                         to_iso(series.gaps[j].second));
    out += "]}";
  }
  return out + "]}";
}

/// How often each rule was broken, then the first examples of each.
void add_findings(Findings const& findings, std::string& out) {
  constexpr std::size_t kExamples = 5;
  if (findings.total == 0) return;
  out += "found:\n";
  std::vector<std::vector<std::string>> rows;
  for (auto const& [key, times] : findings.counts) {
    auto const& [rule, column] = key;
    rows.push_back({fmt::format("  {}", times), rule, column, ""});
    std::size_t shown = 0;
    for (auto const& one : findings.listed) {
      if (one.rule != rule || one.column != column || shown++ == kExamples) continue;
      std::string const text = one.text.empty() ? "" : fmt::format("'{}': ", one.text);
      std::string const place = one.row > 0 ? fmt::format("{}:{}", one.file, one.row) : one.file;
      rows.push_back({"", "  " + place, "", text + one.reason});
      if (shown == kExamples) break;
    }
  }
  out += aligned(rows);
}

std::string_view severity_name(Severity severity) {
  if (severity == Severity::error) return "error";
  return severity == Severity::warning ? "warning" : "note";
}

std::string finding_json(Finding const& one) {
  return fmt::format(
      "{{\"rule\":{},\"severity\":\"{}\",\"file\":{},\"row\":{},\"column\":{},\"text\":{},\"reason\":{}}}",
      quote_json(one.rule), severity_name(one.severity), quote_json(one.file), one.row, quote_json(one.column),
      quote_json(one.text), quote_json(one.reason));
}

}  // namespace

std::string to_text(DataProfile const& profile) {
  std::string out;
  for (auto const& file : profile.files)
    out += fmt::format("{}: {} rows{}\n", file.name, file.rows,
                       file.skipped > 0 ? fmt::format(", {} of them skipped", file.skipped) : "");
  std::vector<std::vector<std::string>> rows{
      {"column", "type", "present", "missing", "rejected", "distinct", "least .. most", "most frequent"}};
  for (auto const& column : profile.columns)
    rows.push_back({column.name, type_text(column), std::to_string(column.present), std::to_string(column.missing),
                    std::to_string(column.rejected), distinct_text(column), range_text(column), top_text(column)});
  out += aligned(rows);
  for (auto const& column : profile.columns) add_remarks(column, out);
  add_time(profile, out);
  if (profile.duplicate_rows > 0)
    out += fmt::format("{} rows repeat the key {} of a row before them, for example row{} {}\n", profile.duplicate_rows,
                       fmt::join(profile.key, " + "), profile.duplicate_examples.size() > 1 ? "s" : "",
                       fmt::join(profile.duplicate_examples, ", "));
  add_findings(profile.findings, out);
  return out;
}

std::string to_json(DataProfile const& profile) {
  std::string out = fmt::format("{{\"dataset\":{},\"rows\":{},\"files\":[", quote_json(profile.dataset), profile.rows);
  for (std::size_t i = 0; i < profile.files.size(); ++i) {
    auto const& file = profile.files[i];
    out += fmt::format("{}{{\"name\":{},\"bytes\":{},\"rows\":{},\"skipped\":{}}}", i > 0 ? "," : "",
                       quote_json(file.name), file.bytes, file.rows, file.skipped);
  }
  out += "],\"columns\":[";
  for (std::size_t i = 0; i < profile.columns.size(); ++i) out += (i > 0 ? "," : "") + column_json(profile.columns[i]);
  out += fmt::format("],\"time\":{},\"key\":{},\"duplicate_rows\":{},\"duplicate_examples\":[{}],\"findings\":[",
                     time_json(profile), quoted_list(profile.key), profile.duplicate_rows,
                     fmt::join(profile.duplicate_examples, ","));
  bool first = true;
  for (auto const& [key, times] : profile.findings.counts) {
    out += fmt::format("{}{{\"rule\":{},\"column\":{},\"count\":{}}}", first ? "" : ",", quote_json(key.first),
                       quote_json(key.second), times);
    first = false;
  }
  out += "],\"listed\":[";
  for (std::size_t i = 0; i < profile.findings.listed.size(); ++i)
    out += (i > 0 ? "," : "") + finding_json(profile.findings.listed[i]);
  return out + "]}";
}

}  // namespace yekun
