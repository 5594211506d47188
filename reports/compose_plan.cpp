#include "reports/compose_plan.h"

#include <fmt/format.h>

#include <algorithm>

#include "charts/chart_data.h"
#include "reports/chart_periods.h"
#include "reports/compose.h"
#include "reports/narrative.h"

namespace yekun {

namespace {

void add_once(std::vector<std::string>& all, std::string const& one) {
  if (std::find(all.begin(), all.end(), one) == all.end()) all.push_back(one);
}

void add_once(std::vector<std::string>& all, std::vector<std::string> const& more) {
  for (auto const& one : more) add_once(all, one);
}

/// for_each is a dimension of every question, so that one scan serves all members and the overview.
ReportPlan::Asked set_group(Question& question, std::string const& for_each) {
  ReportPlan::Asked asked{question.totals};
  if (for_each.empty()) return asked;
  auto const at = std::find(question.by.begin(), question.by.end(), for_each);
  asked.group = at != question.by.end();
  if (asked.group) question.by.erase(at);
  question.by.insert(question.by.begin(), for_each);
  question.totals = true;
  question.sort.clear();
  question.top.reset();
  return asked;
}

bool is_total(PlacePart const& part) { return !part.value && !part.unknown; }

Diagnostic text_error(TextSection const& section, std::string const& language, std::string const& message) {
  Diagnostic error;
  error.code = "text";
  auto const place = section.places.find(language);
  if (place != section.places.end()) error.place = place->second;
  error.message = message;
  error.hint =
      "a text may name indicators ({residents, number}), their _target, _previous, _change, and period, programme, "
      "as_of";
  return error;
}

struct Planner {
  Programme const& programme;
  ReportSpec const& report;
  Period const& period;
  ReportPlan plan{};
  Diagnostics errors{};
  std::vector<std::string> headline{};
  std::vector<std::string> history{};

  std::size_t add(Question question) {
    plan.asked.push_back(set_group(question, report.for_each));
    plan.questions.push_back(std::move(question));
    return plan.questions.size() - 1;
  }

  void titles(Section const& section) {
    for (auto const* texts : {&section.heading, &section.title, &section.note})
      for (auto const& [language, text] : *texts) names_in(text, language, {{}, {{language, section.place}}});
  }

  void names_in(std::string const& text, std::string const& language, TextSection const& at) {
    auto const names = narrative_indicators(text, programme);
    if (names)
      add_once(headline, *names);
    else
      errors.push_back(text_error(at, language, names.error()));
  }

  std::optional<std::size_t> visit(std::monostate const&) { return {}; }
  std::optional<std::size_t> visit(DataQualitySection const&) { return {}; }
  std::optional<std::size_t> visit(DefinitionsSection const&) { return {}; }
  std::optional<std::size_t> visit(ProvenanceSection const&) { return {}; }
  std::optional<std::size_t> visit(BreakSection const&) { return {}; }

  std::optional<std::size_t> visit(ExploreSection const& section) {
    PeriodKind const kind = explore_step(section, period);
    Question question;
    question.indicators = section.indicators;
    question.by = expand_dimensions(programme, {section.by});
    question.per = kind;
    question.period = last_periods(section.periods, kind, period, programme.fiscal);
    question.targets = true;
    question.totals = true;
    return add(std::move(question));
  }

  std::optional<std::size_t> visit(KpiSection const& section) {
    add_once(headline, section.indicators);
    if (section.sparklines) add_once(history, section.indicators);
    return {};
  }

  std::optional<std::size_t> visit(TextSection const& section) {
    for (auto const& [language, text] : section.text) names_in(text, language, section);
    return {};
  }

  std::optional<std::size_t> visit(LogframeSection const& section) {
    add_once(headline, logframe_indicators(programme, section));
    return {};
  }

  std::optional<std::size_t> visit(TableSection const& section) {
    TableFields const fields = table_fields(programme, section);
    Question question;
    question.indicators = section.indicators;
    question.by = fields.by;
    question.per = fields.per;
    question.period = period;
    question.where = section.where;
    question.totals = section.totals && !(fields.rows.empty() && fields.columns.empty());
    question.comparisons = section.comparisons;
    return add(std::move(question));
  }

  std::optional<std::size_t> visit(ChartSection const& section) {
    for (auto const* texts : {&section.chart.title, &section.chart.subtitle, &section.chart.source})
      for (auto const& [language, text] : *texts) names_in(text, language, {{}, {{language, section.chart.place}}});
    auto question = chart_question(section.chart, programme, section.own_period.value_or(period));
    if (!question) {
      errors.insert(errors.end(), question.error().begin(), question.error().end());
      return {};
    }
    return add(std::move(*question));
  }

  void add_headline() {
    if (headline.empty()) return;
    Question question;
    question.indicators = headline;
    question.period = period;
    question.comparisons = true;
    question.place = report.place;
    plan.headline = add(std::move(question));
  }

  void add_history() {
    if (history.empty() || period.kind == PeriodKind::range) return;
    Period first = period;
    for (int i = 1; i < kSparkPeriods; ++i) first = previous(first, programme.fiscal);
    Question question;
    question.indicators = history;
    question.period =
        Period{first.first, period.end, PeriodKind::range, first.label + ".." + period.label, period.partial};
    question.per = period.kind;
    question.place = report.place;
    plan.history = add(std::move(question));
  }
};

}  // namespace

std::vector<std::string> expand_dimensions(Programme const& programme, std::vector<std::string> const& names) {
  std::vector<std::string> all;
  for (auto const& name : names) {
    Dimension const* dimension = programme.dimension(name);
    if (dimension == nullptr || dimension->levels.empty())
      add_once(all, name);
    else
      add_once(all, expand_dimensions(programme, dimension->levels));
  }
  return all;
}

std::vector<std::string> logframe_indicators(Programme const& programme, LogframeSection const& section) {
  if (!section.indicators.empty()) return section.indicators;
  std::vector<std::string> all;
  for (auto const& level : programme.results) add_once(all, level.indicators);
  return all;
}

Answer slice(Answer const& answer, ReportPlan::Asked asked, std::string const& for_each, std::string const& member) {
  if (for_each.empty()) return answer;
  auto const wanted = [&](AnswerRow const& row) {
    if (row.key.empty()) return true;
    PlacePart const& group = row.key.front();
    if (!member.empty() && group.value != member) return false;
    if (member.empty() && is_total(group) == asked.group && !(asked.group && asked.totals)) return false;
    if (asked.totals) return true;
    return !row.whole_period && std::none_of(row.key.begin() + 1, row.key.end(), is_total);
  };
  Answer out{answer.dimensions, answer.indicators, answer.periods, {}, answer.notes};
  std::copy_if(answer.rows.begin(), answer.rows.end(), std::back_inserter(out.rows), wanted);
  if (asked.group) return out;
  if (!out.dimensions.empty()) out.dimensions.erase(out.dimensions.begin());
  for (auto& row : out.rows)
    if (!row.key.empty()) row.key.erase(row.key.begin());
  return out;
}

PeriodKind explore_step(ExploreSection const& section, Period const& period) {
  return section.per.value_or(period.kind == PeriodKind::range ? PeriodKind::month : period.kind);
}

TableFields table_fields(Programme const& programme, TableSection const& section) {
  TableFields fields;
  auto const take = [&](std::vector<std::string> const& names, std::vector<std::string>& into) {
    for (auto const& name : names) {
      auto const kind = programme.dimension(name) == nullptr ? parse_period_kind(name) : std::nullopt;
      if (kind) fields.per = kind;
      for (auto const& one : expand_dimensions(programme, {kind ? "period" : name})) {
        into.push_back(one);
        if (!kind) add_once(fields.by, one);
      }
    }
  };
  take(section.rows, fields.rows);
  take(section.columns, fields.columns);
  return fields;
}

Result<ReportPlan> plan_report(Programme const& programme, ReportSpec const& report, Period const& period) {
  Planner planner{programme, report, period};
  for (auto const& [language, text] : report.title) planner.names_in(text, language, {{}, {{language, report.place}}});
  for (auto const& [language, text] : report.subtitle)
    planner.names_in(text, language, {{}, {{language, report.place}}});
  for (auto const& section : report.sections) {
    planner.titles(section);
    planner.plan.section.push_back(
        std::visit([&](auto const& content) { return planner.visit(content); }, section.content));
  }
  planner.add_headline();
  planner.add_history();
  if (!planner.errors.empty()) return failure(std::move(planner.errors));
  return std::move(planner.plan);
}

Result<std::vector<Question>> questions(Programme const& programme, ReportSpec const& report, Period const& period) {
  return plan_report(programme, report, period).map([](ReportPlan plan) { return std::move(plan.questions); });
}

}  // namespace yekun
