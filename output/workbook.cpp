#include "output/workbook.h"

#include <xlsxwriter.h>

#include <vector>

#include "output/workbook_sheets.h"

namespace yekun {

namespace {

/// Which part of the document each sheet shows, in the order of the sheets.
struct Plan {
  std::vector<TableBlock const*> tables{};  // indicators, logframe, plain
  std::vector<ChartBlock const*> charts{};
  std::vector<TableBlock const*> appendix{};  // definitions, data quality, sources, ...
};

Plan plan_of(Document const& document) {
  Plan plan;
  for (Block const& block : document.blocks) {
    if (auto const* chart = std::get_if<ChartBlock>(&block)) plan.charts.push_back(chart);
    auto const* table = std::get_if<TableBlock>(&block);
    if (table == nullptr) continue;
    bool const main =
        table->kind == TableKind::plain || table->kind == TableKind::indicators || table->kind == TableKind::logframe;
    (main ? plan.tables : plan.appendix).push_back(table);
  }
  return plan;
}

void set_properties(Book& book, Document const& document) {
  if (book.handle() == nullptr) return;
  std::string title = cell_text(document.title);
  std::string subject = cell_text(document.period_text);
  std::string company = cell_text(document.programme);
  std::string author = cell_text(document.author.empty() ? document.programme : document.author);
  lxw_doc_properties properties{};
  properties.title = title.data();
  properties.subject = subject.data();
  properties.company = company.data();
  properties.author = author.data();
  properties.created = static_cast<time_t>(document.as_of.days) * 86400;
  workbook_set_properties(book.handle(), &properties);
}

std::string title_of(TableBlock const& table) { return table.title.empty() ? table.id : table.title; }

}  // namespace

Result<std::string> write_workbook(Document const& document, Catalogue const& catalogue, std::string const& path) {
  Plan const plan = plan_of(document);
  Book book(path, document.as_of, document.theme.font);
  if (book.handle() == nullptr) return failure(book.close());
  set_properties(book, document);
  Sheet const summary = book.add_sheet(catalogue.text("heading.summary"));
  std::vector<Sheet> sheets;
  std::vector<std::pair<std::string, std::string>> contents;
  auto add = [&](std::string const& title) {
    sheets.push_back(book.add_sheet(title));
    contents.emplace_back(sheets.back().name, title);
  };
  for (TableBlock const* table : plan.tables) add(title_of(*table));
  if (!plan.charts.empty()) add(catalogue.text("heading.charts"));
  add(catalogue.text("heading.data"));
  std::size_t const data_at = sheets.size() - 1;
  for (TableBlock const* table : plan.appendix) add(title_of(*table));

  DataIndex const data(document, sheets[data_at].name);
  WorkbookPage page{book, document, catalogue, data, {}};
  write_summary(page, summary, contents);
  std::size_t at = 0;
  for (TableBlock const* table : plan.tables) write_table(page, sheets[at++], *table);
  if (!plan.charts.empty()) write_charts(page, sheets[at++], plan.charts);
  write_data(page, sheets[at++]);
  for (TableBlock const* table : plan.appendix) write_table(page, sheets[at++], *table);
  for (auto const& [name, reference] : page.names) book.define_name(name, reference);
  Diagnostics errors = book.close();
  if (!errors.empty()) return failure(std::move(errors));
  return path;
}

}  // namespace yekun
