#include "output/workbook.h"

#include <xlsxwriter.h>

#include <vector>

#include "output/workbook_rows.h"
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
  std::string receipt = document.provenance.receipt;
  if (!receipt.empty()) properties.keywords = receipt.data();
  properties.created = static_cast<time_t>(document.as_of.days) * 86400;
  workbook_set_properties(book.handle(), &properties);
}

std::string title_of(TableBlock const& table) { return table.title.empty() ? table.id : table.title; }

/// The sheets of one workbook, added in order, then written.
class Writer {
 public:
  Writer(Document const& document, Catalogue const& catalogue, Catalogue const* second, Book& book)
      : book_(book), plan_(plan_of(document)), data_(document), page_{book, document, catalogue, data_, second, {}} {}

  void write() {
    add_sheets();
    write_cover(page_, sheets_[0], contents_);
    write_summary(page_, sheets_[1]);
    std::size_t at = 2;
    for (TableBlock const* table : plan_.tables) write_table(page_, sheets_[at++], *table);
    if (!plan_.charts.empty()) write_charts(page_, sheets_[at++], plan_.charts);
    for (std::size_t i = 0; i < data_.sheets(); ++i) write_data(page_, sheets_[at++], i);
    for (DataSheet const& data : page_.document.data_sheets) write_row_sheet(page_, sheets_[at++], data);
    for (TableBlock const* table : plan_.appendix) write_table(page_, sheets_[at++], *table);
    for (auto const& [name, reference] : page_.names) book_.define_name(name, reference);
  }

 private:
  void add(std::string const& title) {
    sheets_.push_back(book_.add_sheet(title));
    if (sheets_.size() > 1) contents_.emplace_back(sheets_.back().name, title);
  }

  void add_sheets() {
    add(page_.text("workbook.cover"));
    add(page_.text("heading.summary"));
    for (TableBlock const* table : plan_.tables) add(title_of(*table));
    if (!plan_.charts.empty()) add(page_.text("heading.charts"));
    std::vector<std::string> names;
    for (std::size_t i = 0; i < data_.sheets(); ++i) {
      add(page_.text("heading.data"));
      names.push_back(sheets_.back().name);
    }
    data_.name_sheets(std::move(names));
    names.clear();
    for (DataSheet const& data : page_.document.data_sheets) {
      add(page_.text("workbook.rows", {{"dataset", data.title}}));
      names.push_back(sheets_.back().name);
    }
    RowFormulas formulas(page_.document.data_sheets, std::move(names));
    data_.count_rows(formulas);
    for (TableBlock const* table : plan_.appendix) add(title_of(*table));
  }

  Book& book_;
  Plan plan_;
  DataIndex data_;
  WorkbookPage page_;
  std::vector<Sheet> sheets_{};
  std::vector<std::pair<std::string, std::string>> contents_{};  // names and titles of the sheets after the cover
};

}  // namespace

Result<std::string> write_workbook(Document const& document, Catalogue const& catalogue, std::string const& path,
                                   Catalogue const* second, unsigned threads) {
  Book book(path, document.as_of, document.theme.font, threads);
  if (book.handle() == nullptr) return failure(book.close());
  set_properties(book, document);
  Writer writer(document, catalogue, second, book);
  writer.write();
  Diagnostics errors = book.close();
  if (!errors.empty()) return failure(std::move(errors));
  return path;
}

}  // namespace yekun
