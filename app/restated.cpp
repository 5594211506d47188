#include "app/restated.h"

#include <algorithm>
#include <charconv>
#include <map>

#include "app/ledger_build.h"
#include "delivery/ledger_figures.h"
#include "reports/report_parser.h"

namespace yekun {
namespace {

/// A number as the ledger keeps it.
Number number_of(std::string_view text) {
  std::int64_t whole = 0;
  auto const end = text.data() + text.size();
  if (auto const read = std::from_chars(text.data(), end, whole); read.ec == std::errc() && read.ptr == end)
    return whole;
  if (auto const read = parse_decimal(text); read.error == DecimalError::none) return read.value;
  double number = 0;
  std::from_chars(text.data(), end, number);
  return number;
}

Value value_of(std::string_view state, std::string_view number) {
  Value out;
  if (state == "not-applicable") return Value::not_applicable();
  if (state == "suppressed") out.state = State::suppressed;
  if (state != "value") return out;
  auto const at = number.find("..");
  out = Value::of(number_of(at == std::string_view::npos ? number : number.substr(at + 2)));
  if (at != std::string_view::npos) out.low = number_of(number.substr(0, at));
  return out;
}

Value target_of(std::string const& number) { return number.empty() ? Value::missing() : value_of("value", number); }

/// Place and period of a figure that is not computed any more, from its id: people@2025-Q3[region=Quba,sex=female].
void place_from_id(RestatedFigure& out, PeriodContext const& context) {
  std::string_view const id = out.id;
  auto const at = std::min(id.find('@'), id.size());
  auto const open = std::min(id.find('[', at), id.size());
  out.indicator = id.substr(0, at);
  if (at < open)
    if (auto const period = parse_period(id.substr(at + 1, open - at - 1), context)) out.period = *period;
  std::string_view rest = open < id.size() ? id.substr(open + 1, id.size() - open - 2) : std::string_view();
  while (!rest.empty()) {
    auto const comma = std::min(rest.find(','), rest.size());
    auto const part = rest.substr(0, comma);
    auto const equals = std::min(part.find('='), part.size());
    PlacePart one{
        std::string(part.substr(0, equals)), {}, part.substr(std::min(equals + 1, part.size())) == "(unknown)"};
    if (!one.unknown) one.value = std::string(part.substr(std::min(equals + 1, part.size())));
    out.place.push_back(std::move(one));
    rest.remove_prefix(std::min(comma + 1, rest.size()));
  }
}

std::map<std::string, Figure const*> figures_by_id(AnswerSet const& answers) {
  std::map<std::string, Figure const*> out;
  for (auto const& answer : answers.answers)
    for (auto const& row : answer.rows)
      for (auto const& figure : row.figures) out.emplace(figure.id, &figure);
  return out;
}

RestatedFigure restated(Restatement const& one, std::map<std::string, Figure const*> const& figures,
                        PeriodContext const& context) {
  RestatedFigure out;
  out.id = one.figure;
  auto const found = figures.find(one.figure);
  if (found == figures.end()) {
    place_from_id(out, context);
  } else {
    out.indicator = found->second->indicator;
    out.period = found->second->period;
    out.place = found->second->place;
  }
  out.shown = one.cause != Cause::not_shown;
  out.of_target = one.cause == Cause::target_changed;
  out.was = out.of_target ? target_of(one.was.target) : value_of(one.was.state, one.was.number);
  out.now = out.of_target ? target_of(one.now.target) : value_of(one.now.state, one.now.number);
  out.cause = to_text(one.cause);
  std::replace(out.cause.begin(), out.cause.end(), '-', '_');
  return out;
}

bool from_the_same(LedgerBuild const& was, LedgerBuild const& now) {
  auto const same = [](LedgerFile const& a, LedgerFile const& b) { return a.name == b.name && a.sha256 == b.sha256; };
  bool const hashed =
      std::none_of(was.inputs.begin(), was.inputs.end(), [](LedgerFile const& file) { return file.sha256.empty(); });
  return hashed && was.spec_sha256 == now.spec_sha256 && was.version == now.version &&
         std::equal(was.inputs.begin(), was.inputs.end(), now.inputs.begin(), now.inputs.end(), same);
}

/// Totals over all periods of a history, which no reader sees: of a range that is not the report's own.
bool is_of_history(std::string_view id, std::string_view period) {
  auto const at = std::min(id.find('@'), id.size() - 1) + 1;
  auto const label = id.substr(at, id.find('[', at) - at);
  return label.find("..") != std::string_view::npos && label != period;
}

/// In the order of the table: by period, then as the programme lists its indicators, then by id.
void sort(std::vector<RestatedFigure>& all, Programme const& programme) {
  std::map<std::string, std::size_t> rank;
  for (auto const& indicator : programme.indicators) rank.emplace(indicator.id, rank.size());
  auto const key = [&](RestatedFigure const& one) {
    auto const found = rank.find(one.indicator);
    return std::tuple(one.period.first, one.period.end, found == rank.end() ? rank.size() : found->second, one.id);
  };
  std::stable_sort(all.begin(), all.end(), [&](auto const& a, auto const& b) { return key(a) < key(b); });
}

}  // namespace

Result<AnswerSet> compute_again(std::string const& path, Submission const& submission, LedgerBuild const& was,
                                Run const& run) {
  auto const parsed = read_report(path);
  if (!parsed) return failure(parsed.error());
  if (!parsed->programme) return failure(parsed->notes.problems);
  auto const& programme = parsed->programme->programme;
  auto const as_of = as_of_day(was.as_of, programme.timezone, run.surroundings);
  if (!as_of) return failure(as_of.error());
  BuildOptions options;
  options.report = path;
  options.period = submission.period;
  auto const plan = plan_build(options, parsed->report, programme, *as_of);
  if (!plan) return failure(plan.error());
  auto const asked = questions(programme, plan->report, plan->period);
  if (!asked) return failure(asked.error());
  Environment environment;
  environment.sources = source_context(programme, run);
  environment.as_of = *as_of;
  environment.threads = run.threads();
  environment.cache = cache_for(parsed->programme->text, run);
  return answer(programme, *asked, environment);
}

Diagnostics add_restated(PreparedReport& report, Ledger const& ledger, Run const& run, std::int64_t last) {
  auto const submissions = ledger.submissions(report.plan.report.id, last);
  if (!submissions) return submissions.error();
  auto const now = ledger_build(report, 0);
  PeriodContext const context{report.programme.fiscal, report.as_of};
  std::map<std::string, RestatedFigure> found;  // a figure of several submissions: against the newest
  for (auto const& submission : *submissions) {
    report.submissions = std::max(report.submissions, submission.id);
    auto const period = parse_period(submission.period, context);
    if (!period || report.plan.period.first < period->first) continue;
    auto const was = ledger.build(submission.build);
    if (!was) return was.error();
    if (!*was || from_the_same(**was, now)) continue;
    auto const answers = compute_again(report.plan.report.file, submission, **was, run);
    if (!answers) return answers.error();
    LedgerBuild again;
    again.figures = ledger_figures(*answers);
    auto const figures = figures_by_id(*answers);
    for (auto const& one : restatements(**was, again))
      if (!is_of_history(one.figure, submission.period))
        found.insert_or_assign(one.figure + (one.cause == Cause::target_changed ? " target" : ""),
                               restated(one, figures, context));
  }
  report.restated.clear();
  for (auto& [id, figure] : found) report.restated.push_back(std::move(figure));
  sort(report.restated, report.programme);
  set_receipt(report);
  return {};
}

}  // namespace yekun
