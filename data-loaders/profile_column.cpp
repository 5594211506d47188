#include "data-loaders/profile_column.h"

#include <algorithm>
#include <array>
#include <map>

#include "core/utf8.h"
#include "data-loaders/cell_parser.h"

namespace yekun {
namespace {

constexpr std::size_t kTop = 5;
constexpr std::size_t kSimilarShown = 10;
constexpr std::size_t kMostTried = 5'000;  // distinct values, for the type that most have

/// How a row that adds up the others begins, in the five languages.
constexpr std::array<std::string_view, 16> kTotalWords{"total", "totals", "grand total", "sum",   "overall", "итого",
                                                       "всего", "итог",   "cəmi",        "cem",   "yekun",   "სულ",
                                                       "ჯამი",  "jemi",   "umumy jemi",  "toplam"};

bool reads_as_total(std::string_view text) {
  std::string word = lower(clean(text));
  while (word.ends_with(':') || word.ends_with('.')) word.pop_back();
  return std::find(kTotalWords.begin(), kTotalWords.end(), word) != kTotalWords.end();
}

/// The value that names rows of totals among others.
void find_totals(ColumnState const& state, ColumnProfile& column) {
  if (column.personal) return;
  for (auto const& [text, times] : state.counts)
    if (reads_as_total(text) && times < state.present) {
      if (column.total.empty() || text < column.total) column.total = text;
      column.total_rows += times;
    }
}

/// The most frequent values, and those that differ only in how they are written.
void list_values(Counts const& counts, ColumnProfile& column) {
  std::vector<std::pair<std::string, std::uint64_t>> values(counts.begin(), counts.end());
  auto const before = [](auto const& a, auto const& b) {
    return a.second != b.second ? a.second > b.second : a.first < b.first;
  };
  std::sort(values.begin(), values.end(), before);
  std::map<std::string, SimilarValues> groups;
  if (column.type == Type::text)
    for (auto const& value : values) groups[lower(clean(value.first))].spellings.push_back(value);
  for (auto const& [folded, group] : groups) {
    if (group.spellings.size() < 2) continue;
    ++column.similar_count;
    if (!column.personal && column.similar.size() < kSimilarShown) column.similar.push_back(group);
  }
  if (column.personal) return;
  values.resize(std::min(values.size(), kTop));
  for (auto& [text, times] : values) column.top.emplace_back(shown_text(text, false), times);
}

void set_range(ColumnState const& state, ColumnProfile& column) {
  if (column.personal || state.present == 0) return;
  auto const shown = [&](std::int64_t whole) {
    if (column.type == Type::date) return to_iso(Date{static_cast<std::int32_t>(whole)});
    return column.type == Type::decimal ? to_text(Decimal{whole}) : std::to_string(whole);
  };
  if (column.type == Type::number) {
    column.least = to_shortest(state.least_number);
    column.most = to_shortest(state.most_number);
  } else if (column.type != Type::text && column.type != Type::boolean) {
    column.least = shown(state.least_whole);
    column.most = shown(state.most_whole);
  }
}

/// The range of a column whose type is inferred, from its distinct values.
void infer_range(Counts const& counts, ColumnProfile& column) {
  Dataset const none;
  ColumnSpec spec;
  spec.type = column.inferred.type;
  spec.date_format = column.inferred.date_format;
  NumberForm form;
  form.decimal = column.inferred.decimal;
  form.thousands = column.inferred.thousands;
  auto const parser = CellParser::make(none, &spec, form);
  if (!parser || column.inferred.ambiguous_date) return;
  ColumnState range;
  std::string scratch;
  for (auto const& [text, times] : counts) {
    auto const value = parser->parse(text, scratch);
    if (value.outcome != Outcome::value) continue;
    ++range.present;
    range.least_whole = std::min(range.least_whole, value.whole);
    range.most_whole = std::max(range.most_whole, value.whole);
    range.least_number = std::min(range.least_number, value.number);
    range.most_number = std::max(range.most_number, value.number);
  }
  set_range(range, column);
}

}  // namespace

std::string_view text_of(Column const& column, std::size_t row, std::string& scratch) {
  switch (column.type) {
    case Type::text:
      return column.text(row);
    case Type::integer:
      scratch = std::to_string(column.whole[row]);
      break;
    case Type::decimal:
      scratch = to_text(Decimal{column.whole[row]});
      break;
    case Type::number:
      scratch = to_shortest(column.number[row]);
      break;
    case Type::date:
      scratch = to_iso(Date{static_cast<std::int32_t>(column.whole[row])});
      break;
    case Type::boolean:
      return column.whole[row] != 0 ? "true" : "false";
  }
  return scratch;
}

void ColumnState::count(std::string_view text, std::uint64_t times, bool infer) {
  auto const at = counts.find(text);
  if (at != counts.end()) {
    at->second += times;
    return;
  }
  if (infer) guess.add(text);
  if (counts.size() < DataProfile::kMostDistinct)
    counts.emplace(text, times);
  else
    more = true;
}

void ColumnState::add(Column const& column, bool infer, std::string& scratch) {
  for (std::size_t row = 0; row < column.size(); ++row) {
    if (!column.has(row)) {
      ++missing;
      continue;
    }
    ++present;
    if (column.type == Type::number) {
      least_number = std::min(least_number, column.number[row]);
      most_number = std::max(most_number, column.number[row]);
    } else if (column.type != Type::text) {
      least_whole = std::min(least_whole, column.whole[row]);
      most_whole = std::max(most_whole, column.whole[row]);
    }
    count(text_of(column, row, scratch), 1, infer);
  }
}

void ColumnState::add(ColumnState const& other) {
  present += other.present;
  missing += other.missing;
  more = more || other.more;
  guess.add(other.guess);
  for (auto const& [text, times] : other.counts) count(text, times, false);
  least_whole = std::min(least_whole, other.least_whole);
  most_whole = std::max(most_whole, other.most_whole);
  least_number = std::min(least_number, other.least_number);
  most_number = std::max(most_number, other.most_number);
}

ColumnProfile profile_of(std::string const& name, ColumnSpec const* spec, ColumnState const& state,
                         Findings const& findings) {
  ColumnProfile column;
  column.name = name;
  column.declared = spec != nullptr;
  column.type = spec != nullptr ? spec->type : Type::text;
  column.personal = spec != nullptr && spec->personal;
  column.present = state.present;
  column.missing = state.missing;
  auto const counted = [&](std::string_view rule) {
    auto const at = findings.counts.find({std::string(rule), name});
    return at == findings.counts.end() ? 0 : at->second;
  };
  column.rejected = counted(kRejectedCell);
  column.unmapped = counted(kUnmappedValue);
  column.distinct = state.counts.size();
  column.more_distinct = state.more;
  set_range(state, column);
  if (!state.more) list_values(state.counts, column);
  find_totals(state, column);
  if (!column.declared) {
    column.inferred = state.guess.result();
    column.type = column.inferred.type;
    if (!state.more && column.type != Type::text) infer_range(state.counts, column);
    if (column.type == Type::text && state.counts.size() <= kMostTried) {
      std::vector<std::pair<std::string_view, std::uint64_t>> const values(state.counts.begin(), state.counts.end());
      column.mostly = infer_mostly(values);
    }
  }
  return column;
}

}  // namespace yekun
