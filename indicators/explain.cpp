#include "indicators/explain.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "indicators/explain_words.h"
#include "indicators/plan_builder.h"
#include "indicators/planner.h"
#include "indicators/row_account.h"

namespace yekun {

namespace {

void collect_cells(Lineage const& node, std::vector<Lineage const*>& cells) {
  if (node.kind == Lineage::Kind::cell) {
    bool const known = std::any_of(cells.begin(), cells.end(), [&](Lineage const* cell) {
      return cell->indicator == node.indicator && cell->period == node.period && cell->predicate == node.predicate;
    });
    if (!known) cells.push_back(&node);
  }
  for (auto const& part : node.parts)
    if (part != nullptr) collect_cells(*part, cells);
}

void collect_aims(Lineage const& node, std::vector<ExplainedAim>& aims) {
  bool const target = node.kind == Lineage::Kind::target;
  if (target || node.kind == Lineage::Kind::baseline) {
    ExplainedAim aim{target ? "target" : "baseline", node.indicator, target ? node.period.label : "", node.value};
    bool const known = std::any_of(aims.begin(), aims.end(), [&](ExplainedAim const& one) {
      return one.what == aim.what && one.indicator == aim.indicator && one.period == aim.period;
    });
    if (!known && aim.value.is_value()) aims.push_back(std::move(aim));
  }
  for (auto const& part : node.parts)
    if (part != nullptr) collect_aims(*part, aims);
}

bool at_place(AnswerRow const& row, std::vector<PlacePart> const& place) {
  return std::all_of(row.key.begin(), row.key.end(), [&](PlacePart const& part) {
    return std::any_of(place.begin(), place.end(), [&](PlacePart const& asked) {
      return asked.dimension == part.dimension && asked.value == part.value;
    });
  });
}

Question question_of(ExplainRequest const& request) {
  Question question;
  question.indicators = {request.indicator};
  for (auto const& part : request.place) question.by.push_back(part.dimension);
  question.period = request.period;
  question.place = question.where_place = request.where;
  return question;
}

class Explainer {
 public:
  Explainer(Programme const& programme, ExplainRequest const& request, Environment const& environment)
      : programme_(programme), request_(request), environment_(environment), sources_(programme, environment.sources) {}

  Result<Explanation> explain() {
    Environment hashing = environment_;
    hashing.hash_files = true;
    Question const question = question_of(request_);
    auto set = answer(programme_, std::span(&question, 1), hashing);
    if (!set) return failure(std::move(set.error()));
    Explanation out;
    out.datasets = std::move(set->datasets);
    out.warnings = std::move(set->warnings);
    take_figure(set->answers.front(), out);
    if (out.figure.lineage != nullptr && out.figure.value.state != State::suppressed)
      collect_aims(*out.figure.lineage, out.aims);
    auto planned = plan(programme_, std::span(&question, 1), sources_, environment_);
    if (!planned) return failure(std::move(planned.error()));
    planned_ = std::move(*planned);
    std::size_t const index = *planned_.graph.find(request_.indicator);
    auto const& resolved = planned_.graph.indicators[index];
    out.rule = resolved.formula ? resolved.formula->text : sentence(index, resolved.sources.front());
    if (auto added = add_parts(index, out); !added) return failure(std::move(added.error()));
    return out;
  }

 private:
  void take_figure(Answer const& answer, Explanation& out) {
    for (AnswerRow const& row : answer.rows)
      if (at_place(row, request_.place)) {
        out.figure = row.figures.front();
        return;
      }
    out.figure.indicator = request_.indicator;
    out.figure.period = request_.period.value_or(all_window());
    out.figure.place = request_.place;
    out.figure.id = figure_id(request_.indicator, out.figure.period, request_.place);
  }

  std::string sentence(std::size_t indicator, MeasureSource const& source) const {
    return describe(source, planned_.graph.indicators[indicator], planned_.programme.indicators[indicator],
                    *programme_.dataset(source.dataset));
  }

  /// One part for each measure behind the figure: from its lineage, or where it has none (no rows) from what it needs.
  Result<void> add_parts(std::size_t index, Explanation& out) {
    std::vector<Lineage const*> cells;
    if (out.figure.lineage != nullptr) collect_cells(*out.figure.lineage, cells);
    for (Need const& need : needs_of(planned_.graph, planned_.programme, index, out.figure.period)) {
      auto const& resolved = planned_.graph.indicators[need.indicator];
      Value value;
      for (Lineage const* const cell : cells)
        if (cell->indicator == resolved.id && cell->period.label == need.window.label) value = cell->value;
      for (MeasureSource const& source : resolved.sources) {
        auto part = account(need, source);
        if (!part) return failure(std::move(part.error()));
        part->value = value;
        if (out.figure.value.state == State::suppressed) hide(*part);
        out.parts.push_back(std::move(*part));
      }
    }
    return {};
  }

  /// A suppressed figure must not be told by its rows.
  static void hide(ExplainedPart& part) {
    part.value.state = State::suppressed;
    part.rows = {};
    part.shown.clear();
    part.findings.clear();
  }

  Result<ExplainedPart> account(Need const& need, MeasureSource const& source) {
    auto const& resolved = planned_.graph.indicators[need.indicator];
    ExplainedPart part;
    part.indicator = resolved.id;
    part.rule = sentence(need.indicator, source);
    part.dataset = source.dataset;
    part.measure = to_text(source.measure);
    part.period = need.window;
    std::vector<std::string> conditions;
    if (source.where) conditions.push_back(to_text(source.where->root));
    if (need.pair != need.indicator)
      for (auto const& other : planned_.graph.indicators[need.pair].sources)
        if (other.dataset == source.dataset && other.measure.argument) {
          conditions.push_back("(" + to_text(other.measure.argument->root) + ") is not null");
        }
    if (resolved.of_reports && programme_.dataset(source.dataset)->date.size() == 2)
      conditions.push_back(census_condition(*programme_.dataset(source.dataset), resolved.over_time));
    part.condition = fmt::format("{}", fmt::join(conditions, " and "));
    RowQuery query;
    query.dataset = programme_.dataset(source.dataset);
    query.programme = &planned_.programme;
    query.window = need.window;
    query.place = request_.place;
    query.conditions = std::move(conditions);
    if (source.measure.argument) query.argument = to_text(source.measure.argument->root);
    query.rows = request_.rows;
    query.of_reports = resolved.of_reports;
    query.over_time = resolved.over_time;
    query.carry_days = planned_.programme.indicators[need.indicator].carry_days;
    if (request_.findings_of) {
      auto findings = request_.findings_of(source.dataset);
      if (!findings) return failure(std::move(findings.error()));
      query.findings = std::move(*findings);
    }
    auto accounted = account_rows(query, sources_);
    if (!accounted) return failure(std::move(accounted.error()));
    part.rows = accounted->rows;
    part.columns = std::move(accounted->columns);
    part.shown = std::move(accounted->shown);
    part.findings = std::move(accounted->findings);
    return part;
  }

  Programme const& programme_;
  ExplainRequest const& request_;
  Environment const& environment_;
  SourceCache sources_;
  Planned planned_{};
};

}  // namespace

Result<Explanation> explain(Programme const& programme, ExplainRequest const& request, Environment const& environment) {
  return Explainer(programme, request, environment).explain();
}

}  // namespace yekun
