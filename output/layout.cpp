#include "output/layout.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "output/layout_blocks.h"
#include "output/layout_flow.h"
#include "output/layout_front.h"

namespace yekun {

namespace {

using namespace page;

/// Places blocks in order; charts that share a row wait for their neighbours.
class Blocks {
 public:
  explicit Blocks(Setting const& setting) : setting_(setting) {}

  void add(Block const& block) {
    if (auto const* chart = std::get_if<ChartBlock>(&block)) {
      wait(*chart);
      return;
    }
    flush();
    std::visit([&](auto const& one) { put(one); }, block);
  }
  void flush() {
    if (!waiting_.empty()) add_charts(setting_, waiting_);
    waiting_.clear();
    share_ = 0;
  }

 private:
  void wait(ChartBlock const& chart) {
    constexpr double kFull = 1.01;
    if (share_ + chart.share > kFull) flush();
    waiting_.push_back(&chart);
    share_ += chart.share;
    if (share_ > 0.99) flush();
  }
  void put(Heading const& heading) { add_heading(setting_, heading); }
  void put(Narrative const& narrative) { add_narrative(setting_, narrative); }
  void put(KpiRow const& row) { add_kpis(setting_, row); }
  void put(TableBlock const& table) { add_table(setting_, table); }
  void put(ChartBlock const&) {}
  void put(ExploreBlock const&) {}
  void put(PageBreak const& turn) { setting_.flow.new_page(turn.landscape); }

  Setting const& setting_;
  std::vector<ChartBlock const*> waiting_;
  double share_ = 0;
};

struct Pass {
  int pages = 0;
  std::vector<Bookmark> bookmarks{};
  Anchors anchors{};
  Diagnostics problems{};
};

Pass run(Document const& document, TypeMeasurer const& measurer, Catalogue const& catalogue, PageSink const& sink,
         Pass const& before) {
  Flow flow({&document, &catalogue, before.pages, document.contents, &before.anchors}, measurer, sink);
  Front front = lay_out_front(document, measurer, catalogue, document.contents);
  flow.set_first(std::move(front.items), front.height);
  if (document.contents) {
    std::map<std::string, int> page_of;
    for (auto const& bookmark : before.bookmarks) page_of[bookmark.anchor] = bookmark.page;
    flow.add(Piece{});  // stands for the title page's own content
    flow.new_page(false);
    add_contents(flow, document, measurer, catalogue, page_of);
    flow.new_page(false);
  }
  Setting const setting{document, measurer, catalogue, flow};
  Blocks blocks(setting);
  for (auto const& block : document.blocks) blocks.add(block);
  blocks.flush();
  flow.finish();
  return {flow.pages(), flow.take_bookmarks(), flow.take_anchors(), flow.take_problems()};
}

/// Looks at every text of a page for characters without a glyph and for text outside the paper.
class Inspector {
 public:
  explicit Inspector(TypeMeasurer const& measurer) : measurer_(measurer) {}

  void inspect(Page const& page) {
    for (auto const& item : page.items) {
      if (auto const* drawing = std::get_if<Drawing>(&item)) inspect_scene(page, *drawing->scene);
      auto const* text = std::get_if<Text>(&item);
      if (text == nullptr) continue;
      inspect_letters(page, text->text);
      inspect_place(page, *text);
    }
    inspect_neighbours(page);
  }
  Diagnostics take() { return std::move(problems_); }

 private:
  void inspect_letters(Page const& page, std::string const& text) {
    std::string const missing = measurer_.missing_glyphs(text);
    if (missing.empty()) return;
    report("missing-glyph", fmt::format("page {}: no font has a glyph for '{}' in '{}'", page.number, missing, text),
           "use characters of the Latin, Cyrillic or Georgian script, or another spelling");
  }

  void inspect_scene(Page const& page, Scene const& scene) {
    for (auto const& group : scene.groups)
      for (auto const& mark : group.marks)
        if (auto const* text = std::get_if<scene::Text>(&mark)) inspect_letters(page, text->text);
  }

  /// Texts stand between the margins; one that reaches out of them has lost its place, even where paper is left.
  void inspect_place(Page const& page, Text const& text) {
    auto const& paper = page.geometry;
    bool const outside = text.x < paper.left - 0.5 || text.x + text.width > paper.width - paper.right + 0.5 ||
                         text.y > paper.height || text.y < 0;
    if (outside)
      report("clipped-text", fmt::format("page {}: '{}' does not fit on the page", page.number, text.text),
             "shorten the text, or show fewer columns");
  }

  /// Two texts of one baseline where the first runs into the second.
  void inspect_neighbours(Page const& page) {
    std::vector<Text const*> texts;
    for (auto const& item : page.items)
      if (auto const* text = std::get_if<Text>(&item); text != nullptr && !text->text.empty()) texts.push_back(text);
    std::sort(texts.begin(), texts.end(),
              [](Text const* a, Text const* b) { return std::pair(a->y, a->x) < std::pair(b->y, b->x); });
    constexpr double kTouching = 1;
    for (std::size_t i = 1; i < texts.size(); ++i) {
      Text const& left = *texts[i - 1];
      Text const& right = *texts[i];
      if (left.y != right.y || left.x + left.width <= right.x + kTouching) continue;
      report("clipped-text", fmt::format("page {}: '{}' runs into '{}'", page.number, left.text, right.text),
             "shorten the text, or show fewer columns");
    }
  }

  void report(char const* code, std::string message, std::string hint) {
    constexpr std::size_t kMost = 50;
    if (problems_.size() >= kMost) return;
    Diagnostic problem;
    problem.fault = Fault::render;
    problem.code = code;
    problem.message = std::move(message);
    problem.hint = std::move(hint);
    problems_.push_back(std::move(problem));
  }

  TypeMeasurer const& measurer_;
  Diagnostics problems_;
};

}  // namespace

LayoutResult lay_out_pages(Document const& document, TypeMeasurer const& measurer, Catalogue const& catalogue,
                           PageSink const& sink) {
  Pass const first = run(document, measurer, catalogue, [](Page&&) {}, {});
  Inspector inspector(measurer);
  PageSink const watched = [&](Page&& page) {
    inspector.inspect(page);
    sink(std::move(page));
  };
  Pass last = run(document, measurer, catalogue, watched, first);
  Diagnostics problems = inspector.take();
  problems.insert(problems.end(), last.problems.begin(), last.problems.end());
  return {last.pages, std::move(last.bookmarks), std::move(problems)};
}

}  // namespace yekun
