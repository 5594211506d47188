#include "reports/side_by_side.h"

#include <algorithm>
#include <map>

namespace yekun {

namespace {

void join(std::string& first, std::string_view second) { first = both_texts(first, second); }

/// What tells a row from others in any language: its figures, or else its number.
std::string key_of(TableRow const& row, std::size_t number) {
  std::string key;
  for (Cell const& cell : row.cells)
    if (!cell.figure.empty()) key += cell.figure + "\n";
  return key.empty() ? std::to_string(number) : key;
}

std::string key_of(TableBlock const& table, std::size_t column) {
  std::vector<std::string> figures;
  for (TableRow const& row : table.rows)
    if (column < row.cells.size() && !row.cells[column].figure.empty()) figures.push_back(row.cells[column].figure);
  std::sort(figures.begin(), figures.end());
  std::string key = table.columns[column].key + "\n";
  for (std::string const& one : figures) key += one + "\n";
  return figures.empty() ? key + std::to_string(column) : key;
}

bool is_words(TableColumn const& column) { return column.role == ColumnRole::label || column.role == ColumnRole::text; }

class TablePair {
 public:
  TablePair(TableBlock& first, TableBlock const& second) : first_(first), second_(second) {
    for (std::size_t i = 0; i < second.rows.size(); ++i) rows_.emplace(sorted_key(second.rows[i], i), &second.rows[i]);
    for (std::size_t i = 0; i < second.columns.size(); ++i) columns_.emplace(key_of(second, i), i);
  }

  void unite() {
    headings();
    std::vector<std::size_t> words;
    for (std::size_t i = 0; i < first_.columns.size(); ++i)
      if (is_words(first_.columns[i])) words.push_back(i);
    for (std::size_t r = 0; r < first_.rows.size(); ++r) {
      auto const other = rows_.find(sorted_key(first_.rows[r], r));
      beside(first_.rows[r], other == rows_.end() ? nullptr : other->second, words);
    }
    for (auto i = words.rbegin(); i != words.rend(); ++i) {
      auto const at = first_.columns.begin() + static_cast<std::ptrdiff_t>(*i);
      TableColumn const copy = other_column(*i);
      first_.columns.insert(at + 1, copy);
    }
    first_.header_columns += static_cast<int>(std::count_if(words.begin(), words.end(), [&](std::size_t i) {
      return i < static_cast<std::size_t>(first_.header_columns);
    }));
    join(first_.title, second_.title);
    join(first_.subtitle, second_.subtitle);
    first_.notes.insert(first_.notes.end(), second_.notes.begin(), second_.notes.end());
  }

 private:
  /// Columns may stand in another order: a row's figures are compared as a set.
  static std::string sorted_key(TableRow row, std::size_t number) {
    std::sort(row.cells.begin(), row.cells.end(), [](Cell const& a, Cell const& b) { return a.figure < b.figure; });
    return key_of(row, number);
  }

  TableColumn other_column(std::size_t column) const {
    TableColumn copy = first_.columns[column];
    if (auto const heading = other_headings_.find(column); heading != other_headings_.end())
      copy.heading = heading->second;
    copy.key += "_2";
    return copy;
  }

  void headings() {
    std::vector<std::string> keys;
    for (std::size_t i = 0; i < first_.columns.size(); ++i) keys.push_back(key_of(first_, i));
    for (std::size_t i = 0; i < first_.columns.size(); ++i) {
      auto const other = columns_.find(keys[i]);
      if (other == columns_.end()) continue;
      TableColumn const& there = second_.columns[other->second];
      join(first_.columns[i].group, there.group);
      if (is_words(first_.columns[i]))
        other_headings_[i] = there.heading;
      else
        join(first_.columns[i].heading, there.heading);
    }
  }

  static void beside(TableRow& row, TableRow const* other, std::vector<std::size_t> const& words) {
    for (auto i = words.rbegin(); i != words.rend(); ++i) {
      if (*i >= row.cells.size()) continue;
      Cell copy;
      if (other != nullptr && *i < other->cells.size()) copy = other->cells[*i];
      copy.figure.clear();
      row.cells.insert(row.cells.begin() + static_cast<std::ptrdiff_t>(*i) + 1, std::move(copy));
    }
  }

  TableBlock& first_;
  TableBlock const& second_;
  std::map<std::string, TableRow const*> rows_{};
  std::map<std::string, std::size_t> columns_{};
  std::map<std::size_t, std::string> other_headings_{};
};

struct Unite {
  void operator()(Heading& first, Heading const& second) const { join(first.text, second.text); }

  void operator()(Narrative& first, Narrative const& second) const {
    first.paragraphs.insert(first.paragraphs.end(), second.paragraphs.begin(), second.paragraphs.end());
  }

  void operator()(KpiRow& first, KpiRow const& second) const {
    for (std::size_t i = 0; i < std::min(first.kpis.size(), second.kpis.size()); ++i) {
      join(first.kpis[i].label, second.kpis[i].label);
      join(first.kpis[i].unit, second.kpis[i].unit);
      join(first.kpis[i].status_text, second.kpis[i].status_text);
    }
  }

  void operator()(TableBlock& first, TableBlock const& second) const { TablePair(first, second).unite(); }

  void operator()(ChartBlock& first, ChartBlock const& second) const {
    join(first.title, second.title);
    join(first.alt_text, second.alt_text);
    join(first.data.target_label, second.data.target_label);
    for (ChartCategory& category : first.data.categories)
      for (ChartCategory const& other : second.data.categories)
        if (category.id == other.id) {
          join(category.label, other.label);
          join(category.short_label, other.short_label);
        }
    for (std::size_t p = 0; p < std::min(first.data.panels.size(), second.data.panels.size()); ++p)
      for (ChartSeries& series : first.data.panels[p].series)
        for (ChartSeries const& other : second.data.panels[p].series)
          if (series.id == other.id) join(series.label, other.label);
  }

  void operator()(ExploreBlock&, ExploreBlock const&) const {}  // no workbook shows it
  void operator()(PageBreak&, PageBreak const&) const {}

  template <class A, class B>
  void operator()(A&, B const&) const {}  // blocks of different kinds: the first stays as it is
};

}  // namespace

std::string both_texts(std::string_view first, std::string_view second) {
  if (second.empty() || first == second) return std::string(first);
  if (first.empty()) return std::string(second);
  return std::string(first) + " / " + std::string(second);
}

Document side_by_side(Document first, Document const& second) {
  for (auto text : {&Document::title, &Document::subtitle, &Document::programme, &Document::period_text,
                    &Document::as_of_text, &Document::status})
    join(first.*text, second.*text);
  for (std::size_t i = 0; i < std::min(first.partners.size(), second.partners.size()); ++i)
    join(first.partners[i], second.partners[i]);
  for (std::size_t i = 0; i < std::min(first.marks.size(), second.marks.size()); ++i)
    join(first.marks[i].text, second.marks[i].text);
  for (std::size_t i = 0; i < std::min(first.workbook_notes.size(), second.workbook_notes.size()); ++i)
    join(first.workbook_notes[i], second.workbook_notes[i]);
  for (std::size_t i = 0; i < std::min(first.blocks.size(), second.blocks.size()); ++i)
    std::visit(Unite{}, first.blocks[i], second.blocks[i]);
  first.stem += "-" + second.language;
  return first;
}

}  // namespace yekun
