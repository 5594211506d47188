// Reading and computing one report; nothing is written here.
#include "app/prepared_report.h"

#include <fmt/format.h>

#include <algorithm>

#include "app/answers.h"
#include "app/empty_period.h"
#include "indicators/rule_run.h"
#include "output/digest.h"
#include "reports/member_names.h"
#include "reports/names_check.h"
#include "reports/spec_file.h"

namespace yekun {
namespace {

void add(Diagnostics& all, Diagnostics const& more) { all.insert(all.end(), more.begin(), more.end()); }

/// A report and its programme, names checked.
struct Loaded {
  ReportSpec report{};
  Programme programme{};
  std::string spec_sha256{};
  std::string programme_text{};
};

Result<Loaded> load(std::string const& path, Run const& run, Diagnostics& warnings) {
  auto parsed = read_report(path);
  if (!parsed) return failure(parsed.error());
  FoundColumns found;
  Diagnostics problems;
  if (parsed->programme) {
    found = find_columns(parsed->programme->programme, source_context(parsed->programme->programme, run));
    problems = check_names(*parsed->programme, found);
    add(problems, found.problems);
    finish_diagnostics(problems, parsed->programme->programme.file, parsed->programme->text);
  }
  add(problems, check_names(*parsed, found));
  if (has_errors(problems)) return failure(std::move(problems));
  add(warnings, problems);
  Loaded out{std::move(parsed->report), std::move(parsed->programme->programme), {}, {}};
  out.spec_sha256 = sha256_hex(parsed->text + parsed->followed + parsed->programme->text);
  out.programme_text = std::move(parsed->programme->text);
  return out;
}

bool wants_quality(ReportSpec const& report) {
  return std::any_of(report.sections.begin(), report.sections.end(),
                     [](Section const& one) { return std::holds_alternative<DataQualitySection>(one.content); });
}

Exit fail(Diagnostics const& problems, Run const& run) {
  run.console.print(problems);
  return exit_of(problems);
}

/// What documents need besides numbers: comments and the logo.
Diagnostics read_extras(PreparedReport& out, SourceContext const& sources) {
  auto comments = read_comments(out.programme, sources);
  if (!comments) return comments.error();
  out.comments = std::move(*comments);
  if (out.programme.logo.empty()) return {};
  auto logo = read_spec_file(join_path(out.programme.folder, out.programme.logo));
  if (!logo) return logo.error();
  out.logo = std::move(*logo);
  return {};
}

/// All numbers of the report, with the findings of the data printed.
Diagnostics compute(PreparedReport& out, Run const& run) {
  auto const asked = questions(out.programme, out.plan.report, out.plan.period);
  if (!asked) return asked.error();
  Environment environment;
  environment.sources = source_context(out.programme, run);
  environment.as_of = out.as_of;
  environment.threads = run.threads();
  environment.hash_files = true;
  environment.quality = run.shared.strict || wants_quality(out.plan.report);
  environment.cache = cache_for(out.programme_text, run);
  auto answers = answer(out.programme, *asked, environment);
  if (!answers) return answers.error();
  out.answers = std::move(*answers);
  for (Diagnostic& warning : out.answers.warnings)
    if (warning.code == "not-exclusive") warning.severity = Severity::error;  // what a report stacks must add up
  if (has_errors(out.answers.warnings)) return out.answers.warnings;
  run.console.print(out.answers.warnings);
  if (auto const empty = empty_period(out.programme, out.answers, out.plan.period)) run.console.print({*empty});
  if (environment.quality) {
    auto const checked = add_rule_findings(out.programme, environment.sources, out.answers.datasets);
    if (!checked) return checked.error();
  }
  auto findings = describe_findings(out.answers.datasets, run.shared.strict);
  if (has_errors(findings)) return findings;
  run.console.print(findings);
  return read_extras(out, environment.sources);
}

}  // namespace

std::optional<PreparedReport> prepare(BuildOptions const& options, Run const& run, Exit& exit) {
  auto const stop = [&](Diagnostics const& problems) {
    exit = fail(problems, run);
    return std::nullopt;
  };
  Diagnostics warnings;
  auto loaded = load(options.report, run, warnings);
  if (!loaded) return stop(loaded.error());
  PreparedReport out;
  out.theme = loaded->report.look;
  run.console.print(warnings);
  auto const as_of = as_of_day(run.shared.as_of, loaded->programme.timezone, run.surroundings);
  if (!as_of) return stop(as_of.error());
  auto plan = plan_build(options, loaded->report, loaded->programme, *as_of);
  if (!plan) return stop(plan.error());
  out.programme = std::move(loaded->programme);
  out.spec_sha256 = std::move(loaded->spec_sha256);
  out.programme_text = std::move(loaded->programme_text);
  out.plan = std::move(*plan);
  out.as_of = *as_of;
  if (auto const problems = compute(out, run); has_errors(problems)) return stop(problems);
  set_receipt(out);
  return out;
}

Result<Document> compose_for(PreparedReport const& report, Catalogue const& catalogue, SceneType const& measurer,
                             ReportMember const& member) {
  ComposeContext context{.catalogue = catalogue, .measurer = measurer};
  context.period = report.plan.period;
  context.as_of = report.as_of;
  context.theme = report.theme;
  context.member = member.value;
  context.member_name = member.name;
  context.comments = report.comments;
  context.logo_png = report.logo;
  context.version = kVersion;
  context.command = build_command(report.plan.report, report.programme, report.plan.period, report.as_of);
  context.spec_sha256 = report.spec_sha256;
  context.receipt = report.receipt;
  context.restated = report.restated;
  auto const& kinds = report.plan.kinds;
  context.tooltips = std::any_of(kinds.begin(), kinds.end(), [](OutputKind kind) {
    return kind == OutputKind::svg || kind == OutputKind::html || kind == OutputKind::eml;
  });
  return compose(report.programme, report.plan.report, report.answers, context);
}

Result<std::vector<ReportMember>> members_of(PreparedReport const& report) {
  std::string const& for_each = report.plan.report.for_each;
  if (for_each.empty()) return std::vector<ReportMember>{{}};
  Locale const locale(report.plan.languages.front());
  auto const values = members(report.programme, report.plan.report, report.answers, locale);
  auto const& wanted = report.plan.member;
  if (!wanted.empty() && std::find(values.begin(), values.end(), wanted) == values.end())
    return failure(usage_problem("unknown-member", fmt::format("no '{}' is called '{}'", for_each, wanted),
                                 suggestion(wanted, values)));
  auto names = member_names(values);  // of all: they do not depend on what --for chooses
  if (!wanted.empty()) return std::vector<ReportMember>{{wanted, names[wanted]}};
  std::vector<ReportMember> out{{}};
  for (auto const& value : values) out.push_back({value, names[value]});
  return out;
}

}  // namespace yekun
