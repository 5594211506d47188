#include "output/scene_pdf.h"

#include <fmt/format.h>

#include "output/scene_operators.h"

namespace yekun {

namespace {

Diagnostic render_error(std::string message) { return {Severity::error, Fault::render, "pdf", {}, std::move(message)}; }

/// The objects that all pages refer to.
struct Common {
  int catalog = 0;
  int info = 0;
  int pages = 0;
  int structure = 0;
  int document = 0;  // the structure's one child, whose children are the figures
  int parents = 0;   // of the pages' marked content
};

struct Page {
  int page = 0;
  int figure = 0;
};

/// One page, tagged as a figure with the alternative text.
Page write_page(PdfObjects& objects, Common const& common, Scene const& scene, std::string const& operators,
                std::size_t index) {
  Page const made{objects.reserve(), objects.reserve()};
  int const content = objects.reserve();
  std::string box = "[0 0 ";
  append_number(box, scene.width_pt, 2);
  box += ' ';
  append_number(box, scene.height_pt, 2);
  box += ']';
  objects.write_stream(content, "", "/Figure <</MCID 0>> BDC\n" + operators + "EMC\n");
  objects.write(made.page, fmt::format("<</Type /Page /Parent {} 0 R /MediaBox {} /Contents {} 0 R /StructParents {} "
                                       "/Tabs /S>>",
                                       common.pages, box, content, index));
  objects.write(made.figure, fmt::format("<</Type /StructElem /S /Figure /P {} 0 R /Pg {} 0 R /K 0 /Alt {} /A <</O "
                                         "/Layout /Placement /Block /BBox {}>>>>",
                                         common.document, made.page, pdf_text(scene.alt_text), box));
  return made;
}

void write_structure(PdfObjects& objects, Common const& common, std::vector<Page> const& pages) {
  std::string figures;
  std::string parents;
  for (std::size_t i = 0; i < pages.size(); ++i) {
    fmt::format_to(std::back_inserter(figures), "{} 0 R ", pages[i].figure);
    fmt::format_to(std::back_inserter(parents), "{} [{} 0 R] ", i, pages[i].figure);
  }
  objects.write(common.document,
                fmt::format("<</Type /StructElem /S /Document /P {} 0 R /K [{}]>>", common.structure, figures));
  objects.write(common.parents, "<</Nums [" + parents + "]>>");
  objects.write(common.structure,
                fmt::format("<</Type /StructTreeRoot /K {} 0 R /ParentTree {} 0 R /ParentTreeNextKey {}>>",
                            common.document, common.parents, pages.size()));
}

void write_pages(PdfObjects& objects, Common const& common, std::vector<Page> const& pages, std::string const& fonts,
                 std::set<int> const& opacities) {
  std::string kids;
  for (auto const& page : pages) fmt::format_to(std::back_inserter(kids), "{} 0 R ", page.page);
  std::string states;
  for (int const percent : opacities) {
    states += fmt::format("/A{} <</ca ", percent);
    append_number(states, percent / 100.0, 2);
    states += ">> ";
  }
  objects.write(common.pages, fmt::format("<</Type /Pages /Kids [{}] /Count {} /Resources <</Font <<{}>> /ExtGState "
                                          "<<{}>>>>>>",
                                          kids, pages.size(), fonts, states));
}

void write_facts(PdfObjects& objects, Common const& common, Scene const& first, Date made) {
  std::string date;
  for (char const c : to_iso(made))
    if (c != '-') date += c;
  objects.write(
      common.info,
      fmt::format("<</Title {} /Subject {} /Producer (Yekun) /CreationDate (D:{}000000Z) /ModDate (D:{}000000Z)>>",
                  pdf_text(first.title), pdf_text(first.alt_text), date, date));
  objects.write(common.catalog,
                fmt::format("<</Type /Catalog /Pages {} 0 R /Lang {} /MarkInfo <</Marked true>> /StructTreeRoot {} 0 R "
                            "/ViewerPreferences <</DisplayDocTitle true>>>>",
                            common.pages, pdf_text(first.language), common.structure));
}

}  // namespace

Result<std::string> render_scenes_pdf(std::span<Scene const> scenes, SceneType const& measurer, Date made) {
  if (scenes.empty()) return failure(render_error("a PDF of no charts cannot be made"));
  for (auto const& scene : scenes)
    if (!(scene.width_pt >= 1 && scene.height_pt >= 1 && scene.width_pt <= 14'400 && scene.height_pt <= 14'400))
      return failure(render_error("a chart's page must be from 1 to 14,400 points wide and high"));
  PdfObjects objects;
  PdfShared shared{PdfFonts(measurer.typeface())};
  Common const common{objects.reserve(), objects.reserve(), objects.reserve(),
                      objects.reserve(), objects.reserve(), objects.reserve()};
  std::vector<Page> pages;
  for (auto const& scene : scenes)
    pages.push_back(write_page(objects, common, scene, page_operators(scene, measurer, shared), pages.size()));
  auto const fonts = shared.fonts.write(objects);
  if (!fonts) return failure(fonts.error());
  write_structure(objects, common, pages);
  write_pages(objects, common, pages, *fonts, shared.opacities);
  write_facts(objects, common, scenes.front(), made);
  return objects.finish(common.catalog, common.info);
}

}  // namespace yekun
