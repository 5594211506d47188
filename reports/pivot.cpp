#include "reports/pivot.h"

#include <algorithm>
#include <set>

#include "reports/labels.h"

namespace yekun {

namespace {

constexpr std::string_view kPeriod = "period";

bool is_total(PlacePart const& part) { return !part.value && !part.unknown; }

}  // namespace

Pivot::Pivot(Programme const& programme, Locale const& locale, Answer const& answer, TableFields const& fields)
    : answer_(answer), fields_(fields) {
  for (std::size_t i = 0; i < answer.periods.size(); ++i) ranks_[{std::string(kPeriod), answer.periods[i].label}] = i;
  for (std::size_t d = 0; d < answer.dimensions.size(); ++d) {
    std::set<std::string> seen;
    for (auto const& row : answer.rows)
      if (d < row.key.size() && row.key[d].value) seen.insert(*row.key[d].value);
    std::vector<std::string> values(seen.begin(), seen.end());
    sort_values(programme, answer.dimensions[d], locale, values);
    for (std::size_t i = 0; i < values.size(); ++i) ranks_[{answer.dimensions[d], values[i]}] = i;
  }
  for (auto const& row : answer.rows) {
    PivotKey parts = row.key;
    parts.push_back(part_of(row, std::string(kPeriod)));
    found_.emplace(token(parts), &row);
  }
}

PlacePart Pivot::part_of(AnswerRow const& row, std::string const& field) const {
  if (field == kPeriod) {
    if (!fields_.per || row.whole_period) return {field, std::nullopt, false};
    return {field, row.period.label, false};
  }
  for (auto const& part : row.key)
    if (part.dimension == field) return part;
  return {field, std::nullopt, false};
}

std::string Pivot::token(PivotKey const& parts) const {
  std::string token;
  auto const add = [&](std::string const& field) {
    auto const at = std::find_if(parts.begin(), parts.end(), [&](PlacePart const& p) { return p.dimension == field; });
    if (at == parts.end() || is_total(*at))
      token += '\x01';
    else
      token += at->unknown ? std::string("\x02") : "=" + *at->value;
    token += '\0';
  };
  for (auto const& dimension : answer_.dimensions) add(dimension);
  add(std::string(kPeriod));
  return token;
}

std::size_t Pivot::rank(PlacePart const& part) const {
  if (part.unknown || !part.value) return SIZE_MAX;
  auto const found = ranks_.find({part.dimension, *part.value});
  return found == ranks_.end() ? SIZE_MAX - 1 : found->second;
}

std::vector<PivotKey> Pivot::combinations(std::vector<std::string> const& fields) const {
  std::map<std::vector<std::size_t>, PivotKey> sorted;
  if (fields.empty()) return {};
  bool const only_periods = fields.size() == 1 && fields.front() == kPeriod;
  if (only_periods)
    for (std::size_t i = 0; i < answer_.periods.size(); ++i)
      sorted.emplace(std::vector<std::size_t>{i}, PivotKey{{fields.front(), answer_.periods[i].label, false}});
  for (auto const& row : answer_.rows) {
    PivotKey key;
    std::vector<std::size_t> order;
    key.reserve(fields.size());
    order.reserve(fields.size());
    for (auto const& field : fields) {
      key.push_back(part_of(row, field));
      order.push_back(rank(key.back()));
    }
    if (std::none_of(key.begin(), key.end(), is_total)) sorted.emplace(std::move(order), std::move(key));
  }
  std::vector<PivotKey> all;
  all.reserve(sorted.size());
  for (auto& [order, key] : sorted) all.push_back(std::move(key));
  return all;
}

Figure const* Pivot::at(PivotKey const& row, PivotKey const& column, std::size_t indicator) const {
  PivotKey parts = row;
  parts.insert(parts.end(), column.begin(), column.end());
  auto const found = found_.find(token(parts));
  if (found == found_.end() || indicator >= found->second->figures.size()) return nullptr;
  return &found->second->figures[indicator];
}

PivotKey Pivot::rolled_up(PivotKey key, std::size_t kept) {
  for (std::size_t i = kept; i < key.size(); ++i) {
    key[i].value.reset();
    key[i].unknown = false;
  }
  return key;
}

}  // namespace yekun
