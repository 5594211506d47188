#include <algorithm>
#include <utility>

#include "indicators/answer_rows.h"
#include "indicators/evaluate.h"

namespace yekun {

namespace {

bool is_total(AnswerRow const& row) {
  return row.whole_period ||
         std::any_of(row.key.begin(), row.key.end(), [](PlacePart const& part) { return !part.value; });
}

std::size_t index_in(std::vector<std::string> const& names, std::string const& name) {
  return static_cast<std::size_t>(std::find(names.begin(), names.end(), name) - names.begin());
}

void rank(std::vector<AnswerRow>& rows, std::size_t indicator, bool descending) {
  std::stable_sort(rows.begin(), rows.end(), [&](AnswerRow const& a, AnswerRow const& b) {
    Value const& left = a.figures[indicator].value;
    Value const& right = b.figures[indicator].value;
    if (left.is_value() != right.is_value()) return left.is_value();
    if (!left.is_value()) return false;
    int const order = compare(left.number, right.number);
    return descending ? order > 0 : order < 0;
  });
}

/// One row whose columns are the indicators; what is no value is missing.
Batch batch_of(AnswerRow const& row) {
  Batch batch;
  batch.rows = 1;
  for (Figure const& figure : row.figures) {
    Column column;
    column.type = Type::number;
    column.present.push_back(figure.value.is_value() ? 1 : 0);
    column.number.push_back(figure.value.is_value() ? to_double(figure.value.number) : 0);
    batch.columns.push_back(std::move(column));
  }
  return batch;
}

Result<void> keep_having(std::vector<AnswerRow>& rows, BoundExpression const& having) {
  std::vector<AnswerRow> kept;
  for (auto& row : rows) {
    auto const met = evaluate(having, batch_of(row));
    if (!met) return failure(met.error());
    if (met->has(0) && met->whole[0] != 0) kept.push_back(std::move(row));
  }
  rows = std::move(kept);
  return {};
}

}  // namespace

Result<void> rank_rows(Answer& answer, PlannedQuestion const& question) {
  Question const& asked = question.question;
  std::vector<std::string> const evaluated = answer.indicators;
  std::optional<BoundExpression> having;
  if (!asked.having.empty()) {
    Schema schema;
    for (auto const& name : evaluated) schema.columns.push_back({name, Type::number, false});
    auto bound =
        parse(asked.having, asked.place).and_then([&](Expression const& e) { return bind_condition(e, schema); });
    if (!bound) return failure(std::move(bound.error()));
    having = std::move(*bound);
  }
  std::vector<AnswerRow> rows;
  for (std::size_t from = 0; from < answer.rows.size();) {
    std::size_t to = from;
    std::vector<AnswerRow> detail;
    std::vector<AnswerRow> all;
    Period const period = answer.rows[from].period;
    for (; to < answer.rows.size() && answer.rows[to].period == period; ++to)
      (is_total(answer.rows[to]) ? all : detail).push_back(std::move(answer.rows[to]));
    from = to;
    bool const ranked = !asked.sort.empty();
    if (ranked) rank(detail, index_in(evaluated, asked.sort), asked.descending);
    if (having)
      if (auto kept = keep_having(detail, *having); !kept) return kept;
    if (asked.top && detail.size() > *asked.top)
      detail.erase(detail.begin() + static_cast<std::ptrdiff_t>(*asked.top), detail.end());
    for (auto& row : detail) all.push_back(std::move(row));
    if (!ranked) std::stable_sort(all.begin(), all.end(), row_before);
    for (auto& row : all) rows.push_back(std::move(row));
  }
  answer.rows = std::move(rows);
  for (auto& row : answer.rows) row.figures.resize(question.shown.size());
  answer.indicators.resize(question.shown.size());
  return {};
}

}  // namespace yekun
