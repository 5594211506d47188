#include "indicators/sql_text.h"

#include <fmt/format.h>

#include "indicators/planner.h"
#include "indicators/sql_plan.h"

namespace yekun {
namespace {

Result<std::string> text_of(AggregationPlan const& plan, Planned const& planned, SourceCache& sources) {
  Dataset const& dataset = *planned.programme.dataset(plan.dataset);
  auto const schema = sources.schema(plan.dataset);
  if (!schema) return failure(schema.error());
  auto const compiled = compile(plan, **schema, dataset);
  if (!compiled) return failure(compiled.error());
  auto const source = sources.open(plan.dataset);
  if (!source) return failure(source.error());
  SqlTable const* const table = (*source)->sql();
  if (table == nullptr) return fmt::format("-- {}: the rows are read, since they are in files\n", plan.dataset);
  auto const statements = compile_sql(dataset, *compiled, *table, sources, FactsOf::windows);
  if (!statements) return failure(statements.error());
  return to_text(*statements, plan.dataset);
}

}  // namespace

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
    auto const text = text_of(one, *planned, sources);
    if (!text) return failure(text.error());
    out += *text;
  }
  return out;
}

}  // namespace yekun
