// yekun query PROGRAMME: numbers, as a table, CSV (a contract that scripts depend on) or JSON.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>

#include "app/answer_table.h"
#include "app/answers.h"
#include "app/command.h"
#include "indicators/rule_run.h"
#include "indicators/sql_text.h"

namespace yekun {
namespace {

struct QueryOptions {
  std::string programme{};
  std::string indicators{};
  std::string by{};
  std::string period{};
  std::string per{};
  std::string where{};
  std::string having{};
  std::string sort{};
  std::size_t top = 0;
  bool totals = false;
  bool sql = false;
  std::string format = "table";
};

/// "residents:desc" -> the indicator and the direction.
Result<Question> with_sort(Question question, std::string const& sort) {
  auto const colon = sort.rfind(':');
  auto const order = colon == std::string::npos ? std::string("asc") : sort.substr(colon + 1);
  if (order != "asc" && order != "desc")
    return failure(
        usage_problem("bad-sort", fmt::format("'{}' is not an order", order), "write INDICATOR:desc or INDICATOR:asc"));
  question.sort = sort.substr(0, colon);
  question.descending = order == "desc";
  return question;
}

Result<Question> question_of(QueryOptions const& options, Programme const& programme, Date as_of) {
  Question out;
  out.indicators = split_list(options.indicators);
  if (out.indicators.empty()) return failure(usage_problem("no-indicator", "--indicators names no indicator"));
  out.by = split_list(options.by);
  auto const period = period_option(options.period, programme, as_of);
  if (!period) return failure(period.error());
  out.period = *period;
  if (!options.per.empty()) out.per = parse_period_kind(options.per);
  out.where = options.where;
  out.having = options.having;
  if (options.top > 0) out.top = options.top;
  out.totals = options.totals;
  out.lineage = options.format == "json";
  if (options.sort.empty()) return out;
  return with_sort(std::move(out), options.sort);
}

Result<std::string> render(Answer const& answer, std::string const& format, Programme const& programme) {
  if (format == "csv") return to_csv(answer);
  if (format == "json") return to_json(answer);
  auto const catalogue = Catalogue::load(programme.languages.front());
  if (!catalogue) return failure(catalogue.error());
  return to_table(answer, programme, *catalogue);
}

Exit fail(Diagnostics const& problems, Run const& run) {
  run.console.print(problems);
  return exit_of(problems);
}

Diagnostic unwritable() {
  Diagnostic full;
  full.fault = Fault::render;
  full.code = "unwritable";
  full.message = "cannot write to standard output";
  return full;
}

Exit query(QueryOptions const& options, Run const& run) {
  auto const loaded = load_for(options.programme, run);
  if (!loaded.loaded) return loaded.exit;
  auto const question = question_of(options, loaded.programme, loaded.environment.as_of);
  if (!question) return fail(question.error(), run);
  if (options.sql) {
    auto const text = sql_text(loaded.programme, std::span(&*question, 1), loaded.environment);
    if (!text) return fail(text.error(), run);
    return run.console.write(*text) ? Exit::done : fail({unwritable()}, run);
  }
  auto answers = answer(loaded.programme, std::span(&*question, 1), loaded.environment);
  if (!answers) return fail(answers.error(), run);
  run.console.print(answers->warnings);
  if (loaded.environment.quality) {
    auto const checked = add_rule_findings(loaded.programme, loaded.environment.sources, answers->datasets);
    if (!checked) return fail(checked.error(), run);
  }
  auto const findings = describe_findings(answers->datasets, run.shared.strict);
  run.console.print(findings);
  if (has_errors(findings)) return Exit::data;
  auto const text = render(answers->answers.front(), options.format, loaded.programme);
  if (!text) return fail(text.error(), run);
  return run.console.write(*text) ? Exit::done : fail({unwritable()}, run);
}

}  // namespace

Command add_query(CLI::App& app, Shared& shared) {
  auto* command = app.add_subcommand("query", "compute indicators");
  auto const options = std::make_shared<QueryOptions>();
  command->add_option("PROGRAMME", options->programme, "programme.json")->required();
  command->add_option("--indicators", options->indicators, "their names, with commas")->required();
  command->add_option("--by", options->by, "dimensions, with commas");
  command->add_option("--period", options->period,
                      "2025, 2025-Q3, FY2025, a..b, last-quarter, ... (default: all of the data)");
  command->add_option("--per", options->per, "a row for each of these periods")
      ->check(CLI::IsMember({"day", "week", "month", "quarter", "half", "year", "fiscal-year"}));
  command->add_option("--where", options->where, "only rows where it is true");
  command->add_option("--having", options->having, "only groups whose indicators meet it");
  command->add_option("--sort", options->sort, "INDICATOR:desc or INDICATOR:asc");
  command->add_option("--top", options->top, "the first groups of each period")->check(CLI::PositiveNumber);
  command->add_flag("--totals", options->totals, "all totals, recounted from the data");
  command->add_flag("--sql", options->sql, "print the SQL that a database is asked, and compute nothing");
  command->add_option("--format", options->format, "table, csv or json")
      ->check(CLI::IsMember({"table", "csv", "json"}));
  add_shared(*command, shared);
  return {command, [options](Run const& run) { return query(*options, run); }};
}

}  // namespace yekun
