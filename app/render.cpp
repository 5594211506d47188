#include "app/render.h"

#include <fmt/format.h>

#include <fstream>
#include <iterator>

#include "output/html.h"
#include "output/pdf.h"
#include "output/png.h"
#include "output/scene_svg.h"
#include "output/workbook.h"

namespace yekun {
namespace {

void add(Diagnostics& all, Diagnostics const& more) { all.insert(all.end(), more.begin(), more.end()); }

Diagnostics write_xlsx(Document const& document, Catalogue const& catalogue, Artefacts& artefacts) {
  return artefacts.make(document.stem + ".xlsx", [&](std::string const& path) {
    auto const written = write_workbook(document, catalogue, path);
    return written ? Diagnostics{} : written.error();
  });
}

Diagnostics write_charts(Document const& document, OutputKind kind, SceneType const& measurer, Artefacts& artefacts) {
  Diagnostics problems;
  for (auto const& block : document.blocks) {
    auto const* chart = std::get_if<ChartBlock>(&block);
    if (chart == nullptr) continue;
    auto const name = fmt::format("{}-{}.{}", document.stem, chart->id, to_text(kind));
    if (kind == OutputKind::svg) {
      add(problems, artefacts.write(name, render_svg(chart->scene)));
      continue;
    }
    auto const png = render_png(chart->scene, measurer);
    add(problems, png ? artefacts.write(name, *png) : png.error());
  }
  return problems;
}

Diagnostics write_html(Document const& document, Catalogue const& catalogue, SceneType const& measurer,
                       Artefacts& artefacts) {
  auto const page = render_html(document, catalogue, &measurer);
  return page ? artefacts.write(document.stem + ".html", *page) : page.error();
}

Diagnostics write_pdf(Document const& document, Artefacts& artefacts, bool lenient) {
  auto const pdf = render_pdf(document, {.lenient = lenient});
  if (!pdf) return pdf.error();
  auto problems = pdf->warnings;
  add(problems, artefacts.write(document.stem + ".pdf", pdf->bytes));
  return problems;
}

}  // namespace

Diagnostics render(Document const& document, std::vector<OutputKind> const& kinds, Catalogue const& catalogue,
                   SceneType const& measurer, Artefacts& artefacts, bool lenient) {
  Diagnostics problems;
  for (auto const kind : kinds) {
    switch (kind) {
      case OutputKind::pdf:
        add(problems, write_pdf(document, artefacts, lenient));
        break;
      case OutputKind::xlsx:
        add(problems, write_xlsx(document, catalogue, artefacts));
        break;
      case OutputKind::png:
      case OutputKind::svg:
        add(problems, write_charts(document, kind, measurer, artefacts));
        break;
      case OutputKind::html:
        add(problems, write_html(document, catalogue, measurer, artefacts));
        break;
      case OutputKind::eml:
        break;
    }
  }
  return problems;
}

Result<std::string> read_artefact(std::string const& path) {
  std::ifstream file(path, std::ios::binary);
  std::string bytes(std::istreambuf_iterator<char>(file), {});
  if (file) return bytes;
  Diagnostic out;
  out.fault = Fault::render;
  out.code = "unreadable";
  out.place.file = path;
  out.message = "the file that was written cannot be read again";
  return failure(std::move(out));
}

}  // namespace yekun
