// yekun build REPORT: the workbook, the PDF and the charts of one report, in all its languages.
#include <fmt/format.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <memory>

#include "app/answers.h"
#include "app/build_plan.h"
#include "app/command.h"
#include "app/render.h"
#include "output/digest.h"
#include "reports/comments.h"
#include "reports/compose.h"
#include "reports/names_check.h"
#include "reports/rule_run.h"
#include "reports/spec_file.h"

namespace yekun {
namespace {

void add(Diagnostics& all, Diagnostics const& more) { all.insert(all.end(), more.begin(), more.end()); }

/// A report and its programme, names checked.
struct Loaded {
  ReportSpec report{};
  Programme programme{};
  std::string spec_sha256{};
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
  Loaded out{std::move(parsed->report), std::move(parsed->programme->programme), {}};
  out.spec_sha256 = sha256_hex(parsed->text + parsed->programme->text);
  return out;
}

bool wants_quality(ReportSpec const& report) {
  return std::any_of(report.sections.begin(), report.sections.end(),
                     [](Section const& one) { return std::holds_alternative<DataQualitySection>(one.content); });
}

/// Everything that documents need besides the language.
struct Content {
  Loaded const& loaded;
  BuildPlan const& plan;
  AnswerSet const& answers;
  std::vector<Comment> comments{};
  std::string logo{};
  Date as_of{};
};

Result<Content> read_content(Loaded const& loaded, BuildPlan const& plan, AnswerSet const& answers,
                             Environment const& environment) {
  Content out{loaded, plan, answers, {}, {}, environment.as_of};
  auto comments = read_comments(loaded.programme, environment.sources);
  if (!comments) return failure(comments.error());
  out.comments = std::move(*comments);
  if (loaded.programme.logo.empty()) return out;
  auto logo = read_spec_file(join_path(loaded.programme.folder, loaded.programme.logo));
  if (!logo) return failure(logo.error());
  out.logo = std::move(*logo);
  return out;
}

/// One report: all languages of one member, whole or not at all.
Diagnostics build_member(Content const& content, std::string const& member, FontSet const& fonts,
                         Artefacts& artefacts) {
  Diagnostics problems;
  auto const& loaded = content.loaded;
  for (auto const& language : content.plan.languages) {
    auto const catalogue = Catalogue::load(language);
    if (!catalogue) return catalogue.error();
    Theme const theme;
    PangoMeasurer const measurer(fonts, theme.font);
    ComposeContext context{.catalogue = *catalogue, .measurer = measurer};
    context.period = content.plan.period;
    context.as_of = content.as_of;
    context.theme = theme;
    context.member = member;
    context.comments = content.comments;
    context.logo_png = content.logo;
    context.version = kVersion;
    context.command = build_command(content.plan.report, loaded.programme, content.plan.period, content.as_of);
    context.spec_sha256 = loaded.spec_sha256;
    auto const document = compose(loaded.programme, content.plan.report, content.answers, context);
    if (!document) return document.error();
    add(problems, render(*document, content.plan.kinds, *catalogue, measurer, artefacts));
  }
  return problems;
}

/// Which documents to make: one, or the overview and each member, or the chosen member.
Result<std::vector<std::string>> members_of(Content const& content) {
  if (content.plan.report.for_each.empty()) return std::vector<std::string>{""};
  Locale const locale(content.plan.languages.front());
  auto all = members(content.loaded.programme, content.plan.report, content.answers, locale);
  auto const& wanted = content.plan.member;
  if (wanted.empty()) {
    all.insert(all.begin(), "");
    return all;
  }
  if (std::find(all.begin(), all.end(), wanted) != all.end()) return std::vector<std::string>{wanted};
  return failure(usage_problem("unknown-member",
                               fmt::format("no '{}' is called '{}'", content.plan.report.for_each, wanted),
                               suggestion(wanted, all)));
}

Exit fail(Diagnostics const& problems, Run const& run) {
  run.console.print(problems);
  return exit_of(problems);
}

Exit write_members(Content const& content, std::string const& out, Run const& run) {
  auto const wanted = members_of(content);
  if (!wanted) return fail(wanted.error(), run);
  auto const fonts = FontSet::load();
  if (!fonts) return fail(fonts.error(), run);
  Exit exit = Exit::done;
  for (auto const& member : *wanted) {
    Artefacts artefacts(out, std::to_string(getpid()));
    auto const guard = run.interrupt.on_interrupt([&artefacts] { artefacts.discard(); });
    auto problems = artefacts.prepare();
    if (!has_errors(problems)) add(problems, build_member(content, member, *fonts, artefacts));
    run.console.print(problems);
    if (has_errors(problems)) {
      exit = std::max(exit, exit_of(problems));
      continue;
    }
    auto const paths = artefacts.publish();
    if (!paths) {
      exit = std::max(exit, fail(paths.error(), run));
      continue;
    }
    for (auto const& path : *paths) (void)run.console.write(path + "\n");
  }
  return exit;
}

Exit build(BuildOptions const& options, Run const& run) {
  Diagnostics warnings;
  auto const loaded = load(options.report, run, warnings);
  if (!loaded) return fail(loaded.error(), run);
  run.console.print(warnings);
  auto const as_of = as_of_day(run.shared.as_of, loaded->programme.timezone, run.surroundings);
  if (!as_of) return fail(as_of.error(), run);
  auto const plan = plan_build(options, loaded->report, loaded->programme, *as_of);
  if (!plan) return fail(plan.error(), run);
  auto const asked = questions(loaded->programme, plan->report, plan->period);
  if (!asked) return fail(asked.error(), run);
  Environment environment;
  environment.sources = source_context(loaded->programme, run);
  environment.as_of = *as_of;
  environment.threads = run.threads();
  environment.hash_files = true;
  environment.quality = run.shared.strict || wants_quality(plan->report);
  auto answers = answer(loaded->programme, *asked, environment);
  if (!answers) return fail(answers.error(), run);
  run.console.print(answers->warnings);
  if (environment.quality) {
    auto const checked = add_rule_findings(loaded->programme, environment.sources, answers->datasets);
    if (!checked) return fail(checked.error(), run);
  }
  auto const findings = describe_findings(answers->datasets, run.shared.strict);
  if (has_errors(findings)) return fail(findings, run);
  run.console.print(findings);
  auto const content = read_content(*loaded, *plan, *answers, environment);
  if (!content) return fail(content.error(), run);
  return write_members(*content, options.out, run);
}

}  // namespace

Command add_build(CLI::App& app, Shared& shared) {
  auto* command = app.add_subcommand("build", "write a report's workbook, PDF and charts");
  auto const options = std::make_shared<BuildOptions>();
  command->add_option("REPORT", options->report, "the report's file")->required();
  command->add_option("--period", options->period, "2025-Q3, last-quarter, ... (default: the last complete one)");
  command->add_option("--out", options->out, "the folder to write to")->type_name("DIR")->capture_default_str();
  command->add_option("--only", options->only, "only these outputs, with commas: xlsx,pdf,png");
  command->add_option("--for", options->member, "only the report of this member: region=Quba");
  command->add_option("--lang", options->languages, "only these languages, with commas");
  add_shared(*command, shared);
  return {command, [options](Run const& run) { return build(*options, run); }};
}

}  // namespace yekun
