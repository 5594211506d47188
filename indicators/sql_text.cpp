#include "indicators/sql_text.h"

#include <fmt/format.h>

#include "indicators/planner.h"
#include "indicators/sql_plan.h"

namespace yekun {
namespace {

Result<SqlPlan> statements_of(AggregationPlan const& plan, Planned const& planned, SourceCache& sources) {
  Dataset const& dataset = *planned.programme.dataset(plan.dataset);
  auto const schema = sources.schema(plan.dataset);
  if (!schema) return failure(schema.error());
  auto const compiled = compile(plan, **schema, dataset);
  if (!compiled) return failure(compiled.error());
  auto const source = sources.open(plan.dataset);
  if (!source) return failure(source.error());
  SqlTable const* const table = (*source)->sql();
  if (table != nullptr) return compile_sql(dataset, *compiled, *table, sources, FactsOf::windows);
  SqlPlan none;
  none.reason = (*source)->in_sqlite() ? "that is faster than SQLite's own grouping" : "they are in files";
  return none;
}

}  // namespace

Diagnostic refused_by_database(std::string const& dataset, std::string const& reason) {
  Diagnostic out;
  out.code = "not-in-database";
  out.message = fmt::format("the database of '{}' cannot compute this: {}", dataset, reason);
  out.hint = "ask for something else, or let the rows be read for it: leave out \"compute\": \"database\"";
  return out;
}

std::string to_text(SqlPlan const& plan, std::string const& dataset) {
  if (!plan.reason.empty()) return fmt::format("-- {}: the rows are read, since {}\n", dataset, plan.reason);
  std::string out;
  for (auto const& statement : plan.statements) {
    out += fmt::format("-- {}\n{};\n", dataset, statement.sql);
    for (std::size_t i = 0; i < statement.parameters.size(); ++i) {
      std::string shown = statement.parameters[i];
      for (char& c : shown)
        if (static_cast<unsigned char>(c) < 0x20) c = ' ';
      for (auto at = shown.find('\''); at != std::string::npos; at = shown.find('\'', at + 2))
        shown.insert(at, 1, '\'');
      out += fmt::format("--   ${} = '{}'\n", i + 1, shown);
    }
  }
  return out;
}

Result<std::string> sql_text(Programme const& programme, std::span<Question const> questions,
                             Environment const& environment) {
  SourceCache sources(programme, environment.sources);
  auto const planned = plan(programme, questions, sources, environment);
  if (!planned) return failure(planned.error());
  std::string out;
  for (auto const& one : planned->plans) {
    auto const statements = statements_of(one, *planned, sources);
    if (!statements) return failure(statements.error());
    out += to_text(*statements, one.dataset);
  }
  return out;
}

Diagnostics refused_by_databases(Programme const& programme, std::span<Question const> questions,
                                 Environment const& environment) {
  SourceCache sources(programme, environment.sources);
  auto const planned = plan(programme, questions, sources, environment);
  if (!planned) return {};
  Diagnostics out;
  for (auto const& one : planned->plans) {
    if (!programme.dataset(one.dataset)->source.computes_there) continue;
    auto const statements = statements_of(one, *planned, sources);
    if (!statements)
      out.insert(out.end(), statements.error().begin(), statements.error().end());
    else if (!statements->reason.empty())
      out.push_back(refused_by_database(one.dataset, statements->reason));
  }
  return out;
}

}  // namespace yekun
