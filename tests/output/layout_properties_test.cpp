#include <catch2/catch.hpp>
#include <map>
#include <random>
#include <set>

#include "tests/output/layout_support.h"

using namespace yekun;
using namespace yekun::output_test;

namespace {

/// Random documents in which every word that matters is unlike every other.
class Maker {
 public:
  explicit Maker(unsigned seed) : random_(seed) {}

  Document document() {
    Document made = bare_document();
    made.marks = {{"missing", "…", "no data was reported"}, {"partial", "*", "partial", true}};
    made.contents = below(4) == 0;
    made.paper = below(3) == 0 ? "Letter" : "A4";
    std::size_t const blocks = 1 + below(14);
    for (std::size_t i = 0; i < blocks; ++i) add_block(made);
    return made;
  }

  std::set<std::string> words{};                        // each must be printed exactly once
  std::map<std::string, std::string> heading_of_row{};  // label of a row -> a heading of its table

 private:
  std::size_t below(std::size_t n) { return static_cast<std::size_t>(random_() % n); }

  std::string word(std::string const& kind) {
    std::string const made = kind + std::to_string(++count_);
    words.insert(made);
    return made;
  }

  void add_block(Document& made) {
    switch (below(7)) {
      case 0:
        made.blocks.emplace_back(
            Heading{1 + static_cast<int>(below(2)), word("heading"), "a" + std::to_string(count_)});
        break;
      case 1:
        made.blocks.emplace_back(Narrative{{paragraph(), paragraph()}});
        break;
      case 2:
        made.blocks.emplace_back(kpis());
        break;
      case 3:
      case 4:
        made.blocks.emplace_back(table());
        break;
      case 5:
        made.blocks.emplace_back(chart());
        break;
      default:
        if (below(3) == 0) made.blocks.emplace_back(PageBreak{below(2) == 0});
        break;
    }
  }

  Paragraph paragraph() {
    Paragraph made;
    made.kind = static_cast<ParagraphKind>(below(5));
    made.number = static_cast<int>(below(9)) + 1;
    std::size_t const runs = 1 + below(60);
    for (std::size_t i = 0; i < runs; ++i) {
      words_in_runs_.push_back(word("w"));
      made.runs.push_back({words_in_runs_.back() + " ", below(5) == 0, below(5) == 0});
    }
    return made;
  }

  KpiRow kpis() {
    KpiRow row;
    std::size_t const count = 1 + below(8);
    for (std::size_t i = 0; i < count; ++i) {
      Kpi kpi;
      kpi.label = word("k");
      kpi.value.text = word("v");
      if (below(2) == 0) kpi.change = words_cell(word("c"));
      if (below(2) == 0) kpi.target = words_cell("9");
      if (below(2) == 0) kpi.value.marks = {"partial"};
      row.kpis.push_back(std::move(kpi));
    }
    return row;
  }

  static Cell words_cell(std::string text) {
    Cell cell;
    cell.text = std::move(text);
    return cell;
  }

  TableBlock table() {
    TableBlock made;
    made.id = "t" + std::to_string(count_);
    made.title = word("title");
    std::size_t const columns = 1 + below(6);  // more may be split, which repeats labels
    std::string const heading = "h" + std::to_string(++count_);
    for (std::size_t c = 0; c < columns; ++c) {
      ColumnRole const role = c == 0 ? ColumnRole::label : below(3) == 0 ? ColumnRole::text : ColumnRole::number;
      made.columns.push_back({c == 0 ? heading : "n", "", role, {}, "k"});
    }
    std::size_t const rows = below(90);
    for (std::size_t r = 0; r < rows; ++r) made.rows.push_back(row(made, heading));
    if (below(2) == 0) made.notes = {word("note")};
    return made;
  }

  TableRow row(TableBlock const& made, std::string const& heading) {
    TableRow row{static_cast<RowKind>(below(8) == 0 ? 1 : 0), static_cast<int>(below(2)), {}};
    std::string const label = word("r");
    heading_of_row[label] = heading;
    row.cells.push_back(words_cell(label));
    for (std::size_t c = 1; c < made.columns.size(); ++c) {
      bool const number = made.columns[c].role == ColumnRole::number;
      Cell cell = words_cell(number ? std::to_string(below(1000000))
                                    : std::string(below(30), 'x') + " " + std::string(below(12), 'y'));
      if (below(20) == 0) cell.marks = {"missing"};
      row.cells.push_back(std::move(cell));
    }
    return row;
  }

  ChartBlock chart() {
    ChartBlock made;
    made.share = below(2) == 0 ? 1.0 : 0.5;
    made.number = static_cast<int>(++count_);
    made.scene.width_pt = made.share < 1 ? 231 : 483;
    made.scene.height_pt = 80 + static_cast<double>(below(500));
    return made;
  }

  std::mt19937 random_;
  std::size_t count_ = 0;
  std::vector<std::string> words_in_runs_;
};

scene::Box box_of(page::Text const& text) {
  return {text.x, text.y - text.style.size_pt * 0.72, text.width, text.style.size_pt * 0.9};
}

bool overlap(scene::Box const& a, scene::Box const& b) {
  double const slack = 0.3;
  return a.x + slack < b.right() && b.x + slack < a.right() && a.y + slack < b.bottom() && b.y + slack < a.bottom();
}

/// The words of a page; text may hold several.
std::multiset<std::string> words_on(page::Page const& one) {
  std::multiset<std::string> words;
  for (auto const& text : texts_of(one)) {
    std::string word;
    for (char const c : text.text + " ") {
      if (c != ' ') {
        word += c;
        continue;
      }
      if (!word.empty()) words.insert(word);
      word.clear();
    }
  }
  return words;
}

}  // namespace

TEST_CASE("on random documents nothing overlaps and nothing leaves the margins", "[output][layout]") {
  for (unsigned seed = 1; seed <= 60; ++seed) {
    Maker maker(seed);
    Document const document = maker.document();
    INFO("seed " << seed);
    for (auto const& one : laid_out(document).pages) {
      auto const texts = texts_of(one);
      for (std::size_t i = 0; i < texts.size(); ++i) {
        INFO("page " << one.number << ": " << texts[i].text);
        CHECK(texts[i].x >= one.geometry.left - 0.01);
        CHECK(texts[i].x + texts[i].width <= one.geometry.width - one.geometry.right + 0.01);
        bool const footer = texts[i].y > one.geometry.height - 33;
        CHECK((footer || texts[i].y <= one.geometry.height - one.geometry.bottom + 0.01));
        for (std::size_t j = i + 1; j < texts.size(); ++j) {
          INFO("against " << texts[j].text);
          CHECK_FALSE(overlap(box_of(texts[i]), box_of(texts[j])));
        }
      }
    }
  }
}

TEST_CASE("on random documents every word appears once, and every row under its table's heading", "[output][layout]") {
  for (unsigned seed = 100; seed <= 160; ++seed) {
    Maker maker(seed);
    Document const document = maker.document();
    INFO("seed " << seed);
    std::map<std::string, std::size_t> seen;
    for (auto const& one : laid_out(document).pages) {
      auto const words = words_on(one);
      for (auto const& word : words) ++seen[word];
      for (auto const& word : words) {
        auto const row = maker.heading_of_row.find(word);
        if (row == maker.heading_of_row.end()) continue;
        INFO("page " << one.number << ": row " << word << " of " << row->second);
        CHECK(words.count(row->second) > 0);
      }
    }
    for (auto const& word : maker.words) {
      INFO(word);
      bool const may_repeat = word.starts_with("title") || word.starts_with("heading");  // continued tables, contents
      CHECK((may_repeat ? seen[word] >= 1 : seen[word] == 1));
    }
  }
}

TEST_CASE("on random documents tags are balanced on every page and pages are numbered from one", "[output][layout]") {
  for (unsigned seed = 200; seed <= 240; ++seed) {
    Maker maker(seed);
    Document const document = maker.document();
    INFO("seed " << seed);
    int number = 0;
    auto const all = laid_out(document);
    for (auto const& one : all.pages) {
      CHECK(one.number == ++number);
      int depth = 0;
      for (auto const& item : one.items) {
        depth += std::holds_alternative<page::Open>(item) ? 1 : std::holds_alternative<page::Close>(item) ? -1 : 0;
        CHECK(depth >= 0);
      }
      CHECK(depth == 0);
    }
    CHECK(all.result.pages == number);
  }
}
