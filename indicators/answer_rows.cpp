#include "indicators/answer_rows.h"

#include <algorithm>
#include <map>
#include <utility>

#include "indicators/targets.h"

namespace yekun {

namespace {

class RowMaker {
 public:
  RowMaker(Planned const& planned, PlannedQuestion const& question, Scans const& scans, std::vector<Overlap>& overlaps)
      : planned_(planned), question_(question), cells_(planned, question, scans), overlaps_(overlaps) {}

  Result<Answer> make() {
    Answer answer;
    answer.dimensions = question_.dimensions;
    for (std::size_t const indicator : question_.evaluated)
      answer.indicators.push_back(planned_.graph.indicators[indicator].id);
    answer.periods = question_.windows;
    if (question_.whole) add_rows(*question_.whole, true, answer);
    for (Period const& window : question_.windows) add_rows(window, false, answer);
    check_exclusive();
    if (Diagnostics errors = cells_.take_errors(); !errors.empty()) return failure(std::move(errors));
    return answer;
  }

 private:
  std::uint32_t set_of(std::uint32_t cell) const {
    std::uint32_t set = 0;
    for (std::size_t d = 0; d < cells_.cells().dimensions(); ++d)
      if (cells_.cells().code(cell, d) != kRolledUp) set |= 1U << d;
    return set;
  }

  /// Some totals are there only to be compared with their parts.
  bool is_asked(std::uint32_t cell) const {
    return std::find(question_.sets.begin(), question_.sets.end(), set_of(cell)) != question_.sets.end();
  }

  void add_rows(Period const& window, bool whole, Answer& answer) {
    auto const index = cells_.window_index(window);
    if (!index) return;
    std::vector<Need> needs;
    for (std::size_t const indicator : question_.shown)
      for (Need& need : needs_of(planned_.graph, planned_.programme, indicator, window))
        needs.push_back(std::move(need));
    auto const sources = cells_.row_sources(needs);
    std::vector<AnswerRow> rows;
    for (std::uint32_t cell = 1; cell < cells_.cells().size(); ++cell) {
      if (cells_.cells().window(cell) != *index) continue;
      if (!is_asked(cell)) continue;
      if (!question_.dimensions.empty() && !cells_.has_rows(cell, sources)) continue;
      rows.push_back(make_row(window, whole, cell));
    }
    std::sort(rows.begin(), rows.end(), row_before);
    for (auto& row : rows) answer.rows.push_back(std::move(row));
  }

  AnswerRow make_row(Period const& window, bool whole, std::uint32_t cell) {
    AnswerRow row;
    row.period = window;
    row.whole_period = whole;
    if (whole) row.period.label.clear();
    row.key = cells_.cells().place(cell, question_.dimensions);
    for (std::size_t const indicator : question_.evaluated)
      row.figures.push_back(make_figure(indicator, window, cell, row.key));
    return row;
  }

  Evaluated evaluate(std::size_t indicator, Period const& window, std::uint32_t cell,
                     std::vector<PlacePart> const& place) {
    FormulaInputs inputs;
    inputs.lineage = cells_.with_lineage();
    if (inputs.lineage) inputs.place = place;
    inputs.cell = [&](Need const& need) { return cells_.value(cell, need); };
    inputs.target = [&](std::size_t of, Period const& period) {
      return find_target(planned_.programme.indicators[of], period, place);
    };
    return evaluate_indicator(planned_.graph, planned_.programme, indicator, window, inputs);
  }

  Figure make_figure(std::size_t indicator, Period const& window, std::uint32_t cell,
                     std::vector<PlacePart> const& place) {
    ResolvedIndicator const& resolved = planned_.graph.indicators[indicator];
    Figure figure;
    figure.id = figure_id(resolved.id, window, place);
    figure.indicator = resolved.id;
    figure.period = window;
    figure.place = place;
    figure.kind = resolved.kind;
    Evaluated evaluated = evaluate(indicator, window, cell, place);
    figure.value = evaluated.value;
    figure.rows_used = evaluated.rows_used;
    figure.rows_left_out = evaluated.rows_left_out;
    figure.units_reported = evaluated.units_reported;
    figure.units_expected = evaluated.units_expected;
    figure.carried_days = evaluated.carried_days;
    figure.notes = std::move(evaluated.notes);
    figure.lineage = std::move(evaluated.lineage);
    if (question_.question.comparisons) compare_figure(figure, indicator, window, cell);
    if (question_.question.comparisons || question_.question.targets) compare_target(figure, indicator, window);
    return figure;
  }

  void compare_figure(Figure& figure, std::size_t indicator, Period const& window, std::uint32_t cell) {
    Indicator const& spec = planned_.programme.indicators[indicator];
    auto const& place = figure.place;
    if (window.label != kAllLabel) {
      FiscalYear const& fiscal = planned_.programme.fiscal;
      auto const compare = [&](Period const& with, LineagePtr& lineage) {
        Evaluated evaluated = evaluate(indicator, with, cell, place);
        lineage = std::move(evaluated.lineage);
        return evaluated.value;
      };
      figure.previous = compare(previous(window, fiscal), figure.previous_lineage);
      figure.last_year = compare(same_period_last_year(window, fiscal), figure.last_year_lineage);
      figure.cumulative = compare(cumulative_window(window, planned_.programme, false), figure.cumulative_lineage);
      Judgement const changed = change(figure.value, *figure.previous, kind_of_change(figure.kind, spec.unit));
      figure.change = changed.value;
      if (!changed.note.empty()) figure.notes.push_back(changed.note);
    }
  }

  /// Where targets are to date and the cumulative figure was not asked for, there is nothing to compare.
  void compare_target(Figure& figure, std::size_t indicator, Period const& window) {
    Indicator const& spec = planned_.programme.indicators[indicator];
    auto const& place = figure.place;
    bool const to_date = spec.target_is == TargetIs::to_date;
    if (to_date && !question_.question.comparisons) return;
    Target const* const target = find_target(spec, window, place);
    std::optional<Number> const base = baseline_of(spec, target, place);
    if (base) figure.baseline = Value::of(*base);
    if (target == nullptr || !target->target) return;
    figure.target = Value::of(*target->target);
    Value const& actual = to_date && figure.cumulative ? *figure.cumulative : figure.value;
    Judgement const judged = achievement(actual, Number{*target->target}, base, spec.direction);
    figure.achievement = judged.value;
    if (!judged.note.empty()) figure.notes.push_back(judged.note);
  }

  /// People of a dimension that is declared exclusive must add up to those of the whole.
  void check_exclusive() {
    for (std::size_t const indicator : question_.shown) {
      IndicatorKind const kind = planned_.graph.indicators[indicator].kind;
      if (!planned_.graph.indicators[indicator].is_measure() ||
          (kind != IndicatorKind::people && kind != IndicatorKind::new_people))
        continue;
      for (std::uint32_t const set : question_.checked)
        for (Period const& window : question_.windows)
          if (overlaps(indicator, set, window)) {
            std::uint32_t const gone = question_.sets.front() & ~set;
            std::size_t d = 0;
            while ((gone >> d & 1U) == 0) ++d;
            overlaps_.push_back({planned_.graph.indicators[indicator].id, question_.dimensions[d], window.label});
            break;
          }
    }
  }

  bool overlaps(std::size_t indicator, std::uint32_t set, Period const& window) {
    auto const index = cells_.window_index(window);
    if (!index) return false;
    std::map<std::vector<std::uint32_t>, std::int64_t> rest;  // parts less the whole, by the other dimensions
    std::uint32_t const cells = cells_.cells().size();
    for (std::uint32_t cell = 1; cell < cells; ++cell) {
      std::uint32_t const mine = set_of(cell);
      if (cells_.cells().window(cell) != *index || (mine != set && mine != question_.sets.front())) continue;
      Value const value = cells_.value(cell, {indicator, window, indicator}).value;
      std::vector<std::uint32_t> key;
      for (std::size_t d = 0; d < cells_.cells().dimensions(); ++d)
        key.push_back((set >> d & 1U) == 0 ? 0 : cells_.cells().code(cell, d));
      auto const* const count = std::get_if<std::int64_t>(&value.number);
      if (value.is_value() && count != nullptr) rest[key] += mine == set ? -*count : *count;
    }
    return std::any_of(rest.begin(), rest.end(), [](auto const& one) { return one.second != 0; });
  }

  Planned const& planned_;
  PlannedQuestion const& question_;
  QuestionCells cells_;
  std::vector<Overlap>& overlaps_;
};

}  // namespace

bool row_before(AnswerRow const& a, AnswerRow const& b) {
  for (std::size_t d = 0; d < a.key.size(); ++d) {
    auto const& left = a.key[d].value;
    auto const& right = b.key[d].value;
    if (left != right) return !left || (right && *left < *right);
  }
  return false;
}

Result<Answer> make_answer(Planned const& planned, PlannedQuestion const& question, Scans const& scans,
                           std::vector<Overlap>& overlaps) {
  return RowMaker(planned, question, scans, overlaps).make();
}

}  // namespace yekun
