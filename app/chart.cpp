// yekun chart REPORT [CHART]: one chart of a report, to a file.
#include <fmt/format.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <filesystem>
#include <memory>

#include "app/answers.h"
#include "app/command.h"
#include "app/prepared_report.h"
#include "output/artefacts.h"
#include "output/png.h"
#include "output/scene_pdf.h"
#include "output/scene_svg.h"

namespace yekun {
namespace {

struct ChartOptions {
  BuildOptions build{};
  std::string chart = "1";
  std::string out{};
  double dpi = 180;
};

Exit fail(Diagnostics const& problems, Run const& run) {
  run.console.print(problems);
  return exit_of(problems);
}

/// The chart with this number or id.
Result<ChartBlock const*> find_chart(Document const& document, std::string const& wanted) {
  std::vector<std::string> ids;
  for (auto const& block : document.blocks) {
    auto const* chart = std::get_if<ChartBlock>(&block);
    if (chart == nullptr) continue;
    if (chart->id == wanted || std::to_string(chart->number) == wanted) return chart;
    ids.push_back(fmt::format("{} ({})", chart->number, chart->title));
  }
  if (ids.empty())
    return failure(usage_problem("no-chart", "the report has no charts", "add a section {\"chart\": {...}}"));
  return failure(usage_problem("unknown-chart", fmt::format("the report has no chart '{}'", wanted),
                               fmt::format("its charts: {}", fmt::join(ids, ", "))));
}

Result<std::string> drawn(ChartBlock const& chart, std::string const& ending, SceneType const& measurer,
                          ChartOptions const& options, Date as_of) {
  if (ending == ".svg") return render_svg(chart.scene);
  if (ending == ".pdf") return render_scenes_pdf({&chart.scene, 1}, measurer, as_of);
  return render_png(chart.scene, measurer, {.pixels_per_point = options.dpi / 72});
}

Exit write_chart(ChartBlock const& chart, Document const& document, SceneType const& measurer,
                 ChartOptions const& options, Run const& run) {
  std::filesystem::path const path =
      options.out.empty() ? fmt::format("{}-{}.png", document.stem, chart.id) : options.out;
  auto const bytes = drawn(chart, path.extension().string(), measurer, options, document.as_of);
  if (!bytes) return fail(bytes.error(), run);
  auto const folder = path.parent_path().empty() ? std::string(".") : path.parent_path().string();
  Artefacts artefacts(folder, std::to_string(getpid()));
  auto const guard = run.interrupt.on_interrupt([&artefacts] { artefacts.discard(); });
  if (auto const problems = artefacts.prepare(); has_errors(problems)) return fail(problems, run);
  if (auto const problems = artefacts.write(path.filename().string(), *bytes); has_errors(problems))
    return fail(problems, run);
  if (auto const paths = artefacts.publish(); !paths) return fail(paths.error(), run);
  (void)run.console.write(path.string() + "\n");
  return Exit::done;
}

/// Before anything is read: the file's ending says how to draw.
Diagnostics check_ending(ChartOptions const& options) {
  auto const ending = std::filesystem::path(options.out).extension().string();
  bool const known = options.out.empty() || ending == ".png" || ending == ".svg" || ending == ".pdf";
  if (known) return {};
  return {usage_problem("unknown-output", fmt::format("cannot draw a chart to '{}'", options.out),
                        "end the file's name in .png, .svg or .pdf")};
}

Exit draw_chart(ChartOptions const& options, Run const& run) {
  if (auto const problems = check_ending(options); !problems.empty()) return fail(problems, run);
  Exit exit = Exit::done;
  auto report = prepare(options.build, run, exit);
  if (!report) return exit;
  auto const members = members_of(*report);
  if (!members) return fail(members.error(), run);
  auto const type = Typeface::load(report->theme);
  if (!type) return fail(type.error(), run);
  auto const catalogue = Catalogue::load(report->plan.languages.front());
  if (!catalogue) return fail(catalogue.error(), run);
  SceneType const measurer(**type);
  report->plan.kinds = {options.out.ends_with(".svg") ? OutputKind::svg : OutputKind::png};
  auto const document = compose_for(*report, *catalogue, measurer, members->front());
  if (!document) return fail(document.error(), run);
  auto const chart = find_chart(*document, options.chart);
  if (!chart) return fail(chart.error(), run);
  return write_chart(**chart, *document, measurer, options, run);
}

}  // namespace

Command add_chart(CLI::App& app, Shared& shared) {
  auto* command = app.add_subcommand("chart", "draw one chart of a report to a file");
  auto const options = std::make_shared<ChartOptions>();
  command->add_option("REPORT", options->build.report, "the report's file")->required();
  command->add_option("CHART", options->chart, "its number in the report, or its id")->capture_default_str();
  command->add_option("--out", options->out, "the file: its ending .png, .svg or .pdf says how it is drawn")
      ->type_name("FILE");
  command->add_option("--period", options->build.period, "2025-Q3, last-quarter, ... (default: the last complete one)");
  command->add_option("--for", options->build.member, "of the report of this member: region=Quba");
  command->add_option("--lang", options->build.languages, "the language (default: the report's first)");
  command->add_option("--dpi", options->dpi, "of a PNG")->check(CLI::Range(36, 1200))->capture_default_str();
  add_shared(*command, shared);
  return {command, [options](Run const& run) { return draw_chart(*options, run); }};
}

}  // namespace yekun
