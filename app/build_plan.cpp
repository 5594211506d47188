#include "app/build_plan.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "app/answers.h"
#include "core/period.h"
#include "reports/chart_periods.h"

namespace yekun {
namespace {

/// --period, else the last complete one of the report's kind.
Result<Period> period_of(BuildOptions const& options, ReportSpec const& report, Programme const& programme,
                         Date as_of) {
  auto const asked = period_option(options.period, programme, as_of);
  if (!asked) return failure(asked.error());
  if (*asked) return **asked;
  auto const kind = parse_period_kind(report.period_kind);
  if (kind) return last_complete(*kind, PeriodContext{programme.fiscal, as_of});
  return failure(usage_problem("no-period", fmt::format("'{}' says no period", report.file),
                               "write \"period\": \"quarter\" in it, or give --period"));
}

Result<std::vector<std::string>> languages_of(BuildOptions const& options, ReportSpec const& report,
                                              Programme const& programme) {
  auto const& all = report.languages.empty() ? programme.languages : report.languages;
  if (options.languages.empty()) return all;
  auto const asked = split_list(options.languages);
  for (auto const& language : asked)
    if (std::find(all.begin(), all.end(), language) == all.end())
      return failure(usage_problem("unknown-language", fmt::format("the report has no language '{}'", language),
                                   suggestion(language, all)));
  return asked;
}

Result<std::vector<OutputKind>> kinds_of(BuildOptions const& options, ReportSpec const& report) {
  if (options.only.empty())
    return report.outputs.empty() ? std::vector<OutputKind>{OutputKind::pdf, OutputKind::xlsx} : report.outputs;
  std::vector<OutputKind> out;
  for (auto const& word : split_list(options.only)) {
    auto const kind = parse_output_kind(word);
    if (!kind)
      return failure(usage_problem("unknown-output", fmt::format("unknown output '{}'", word),
                                   suggestion(word, {"xlsx", "pdf", "png", "svg", "html", "eml"})));
    out.push_back(*kind);
  }
  return out;
}

Result<std::string> member_of(BuildOptions const& options, ReportSpec const& report) {
  if (options.member.empty()) return std::string();
  auto const equals = options.member.find('=');
  auto const dimension = options.member.substr(0, equals);
  if (equals == std::string::npos || dimension != report.for_each)
    return failure(usage_problem(
        "bad-member", fmt::format("'{}' does not choose among the reports", options.member),
        report.for_each.empty() ? "the report has no 'for_each'" : fmt::format("write {}=VALUE", report.for_each)));
  return options.member.substr(equals + 1);
}

}  // namespace

Result<BuildPlan> plan_build(BuildOptions const& options, ReportSpec const& report, Programme const& programme,
                             Date as_of) {
  auto const period = period_of(options, report, programme, as_of);
  if (!period) return failure(period.error());
  auto languages = languages_of(options, report, programme);
  if (!languages) return failure(languages.error());
  auto kinds = kinds_of(options, report);
  if (!kinds) return failure(kinds.error());
  auto member = member_of(options, report);
  if (!member) return failure(member.error());
  auto resolved = resolve_chart_periods(report, *period, programme.fiscal, as_of);
  if (!resolved) return failure(resolved.error());
  return BuildPlan{std::move(*resolved), *period,        std::move(*languages), std::move(*kinds),
                   std::move(*member),   options.lenient};
}

std::string path_in_programme(ReportSpec const& report, Programme const& programme) {
  return std::filesystem::path(report.file)
      .lexically_normal()
      .lexically_relative(std::filesystem::path(programme.folder).lexically_normal())
      .generic_string();
}

std::string build_command(ReportSpec const& report, Programme const& programme, Period const& period, Date as_of) {
  return fmt::format("yekun build {} --period {} --as-of {}", path_in_programme(report, programme), period.label,
                     to_iso(as_of));
}

}  // namespace yekun
