#include "app/send_condition.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>

#include "reports/format.h"
#include "reports/labels.h"

namespace yekun {
namespace {

std::optional<double> number_of(LedgerFigure const& figure) {
  if (figure.state != "value") return std::nullopt;
  double value = 0;
  auto const at = figure.number.rfind("..");  // an interval counts by its upper end
  auto const text = at == std::string::npos ? figure.number : figure.number.substr(at + 2);
  auto const read = std::from_chars(text.data(), text.data() + text.size(), value);
  return read.ec == std::errc() ? std::optional(value) : std::nullopt;
}

/// Whether the change from `was` to `now` is at least `by` of what it was; any change where `by` is unset.
bool has_changed(LedgerFigure const& was, LedgerFigure const& now, std::optional<Decimal> by) {
  if (was.state == now.state && was.number == now.number) return false;
  auto const before = number_of(was);
  auto const after = number_of(now);
  if (!by || !before || !after) return true;
  double const share = static_cast<double>(by->micros) / 1e6;
  return std::abs(*after - *before) >= share * std::abs(*before);
}

bool is_of(LedgerFigure const& figure, std::vector<std::string> const& indicators) {
  auto const indicator = figure.id.substr(0, figure.id.find('@'));
  return std::find(indicators.begin(), indicators.end(), indicator) != indicators.end();
}

bool any_changed(SendCondition const& condition, LedgerBuild const& last, std::vector<LedgerFigure> const& figures) {
  return std::any_of(figures.begin(), figures.end(), [&](LedgerFigure const& now) {
    if (!is_of(now, condition.changed)) return false;
    auto const was = std::find_if(last.figures.begin(), last.figures.end(),
                                  [&](LedgerFigure const& one) { return one.id == now.id; });
    return was == last.figures.end() || has_changed(*was, now, condition.changed_by);
  });
}

/// The least complete figure of the report's own period decides, for all groups together; figures whose reporters are
/// not known say nothing.
double completeness(AnswerSet const& answers, Period const& period) {
  auto const counts = [&](Figure const& figure) {
    bool const whole = std::none_of(figure.place.begin(), figure.place.end(),
                                    [](PlacePart const& part) { return part.value || part.unknown; });
    return figure.units_expected > 0 && whole && figure.period.first == period.first && figure.period.end == period.end;
  };
  double least = 1;
  for (auto const& answer : answers.answers)
    for (auto const& row : answer.rows)
      for (auto const& figure : row.figures)
        if (counts(figure))
          least =
              std::min(least, static_cast<double>(figure.units_reported) / static_cast<double>(figure.units_expected));
  return least;
}

/// The indicators that an alert names: words of it that are indicators.
std::vector<std::string> indicators_in(std::string const& alert, Programme const& programme) {
  std::vector<std::string> out;
  for (auto const& indicator : programme.indicators) {
    auto at = alert.find(indicator.id);
    auto const is_word = [&](std::size_t i) {
      return i < alert.size() && (std::isalnum(static_cast<unsigned char>(alert[i])) != 0 || alert[i] == '_');
    };
    while (at != std::string::npos && ((at > 0 && is_word(at - 1)) || is_word(at + indicator.id.size())))
      at = alert.find(indicator.id, at + 1);
    if (at != std::string::npos) out.push_back(indicator.id);
  }
  return out;
}

/// The rows for which the alert holds.
Result<Answer> alarms(PreparedReport const& report, SendCondition const& condition, Run const& run) {
  Question question;
  question.indicators = indicators_in(condition.alert, report.programme);
  question.by = condition.alert_by;
  question.period = report.plan.period;
  question.having = condition.alert;
  question.place = condition.alert_place;
  Environment environment;
  environment.sources = source_context(report.programme, run);
  environment.as_of = report.as_of;
  environment.threads = run.threads();
  environment.cache = cache_for(report.programme_text, run);
  auto answers = answer(report.programme, std::span(&question, 1), environment);
  if (!answers) return failure(answers.error());
  return std::move(answers->answers.front());
}

/// "Occupancy rate: 104%, Quba".
std::string reason(AnswerRow const& row, Programme const& programme, Catalogue const& catalogue) {
  std::string out;
  for (auto const& figure : row.figures) {
    auto const* indicator = programme.indicator(figure.indicator);
    if (indicator == nullptr) continue;
    out += out.empty() ? "" : "; ";
    out += catalogue.text("mail.alert",
                          {{"indicator", indicator_label(programme, figure.indicator, catalogue.locale().language())},
                           {"value", say(figure.value, shape_of(*indicator), catalogue)}});
  }
  for (auto const& part : row.key)
    if (part.value || part.unknown) out += ", " + part_label(programme, part, catalogue);
  return out;
}

}  // namespace

Result<SendVerdict> judge_condition(PreparedReport const& report, std::optional<LedgerBuild> const& last,
                                    std::vector<LedgerFigure> const& figures, Run const& run) {
  auto const& condition = report.plan.report.deliver.email->only_if;
  SendVerdict out;
  if (!condition.alert.empty()) {
    auto const found = alarms(report, condition, run);
    if (!found) return failure(found.error());
    for (auto const& language : report.plan.languages) {
      auto const catalogue = Catalogue::load(language);
      if (!catalogue) return failure(catalogue.error());
      for (auto const& row : found->rows) out.reasons[language].push_back(reason(row, report.programme, *catalogue));
    }
    if (!found->rows.empty()) return out;
    out.send = !condition.changed.empty() || condition.complete.has_value();
    out.why_not = fmt::format("the alert does not hold: {}", condition.alert);
  }
  if (!condition.changed.empty() && last && !any_changed(condition, *last, figures)) {
    out.send = false;
    out.why_not = "nothing that is watched has changed since the last delivery";
  }
  if (condition.complete) {
    double const share = completeness(report.answers, report.plan.period);
    if (share < static_cast<double>(condition.complete->micros) / 1e6) {
      out.send = false;
      out.waits = true;
      out.why_not = fmt::format("only {:.0f}% of the expected reports have come", 100 * share);
    }
  }
  return out;
}

}  // namespace yekun
