// Tables of figures: one row an indicator, or a pivot over dimensions and periods.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "reports/aspects.h"
#include "reports/composer.h"
#include "reports/labels.h"
#include "reports/pivot.h"

namespace yekun {

namespace {

std::vector<Aspect> wanted_aspects(bool comparisons) {
  if (!comparisons) return {Aspect::value};
  return {Aspect::value, Aspect::previous, Aspect::change, Aspect::target, Aspect::achievement, Aspect::status};
}

/// Parts of counts and people are what readers try to add; parts of a rate are not expected to.
bool readers_add(IndicatorKind kind) {
  return kind == IndicatorKind::people || kind == IndicatorKind::new_people || kind == IndicatorKind::flow ||
         kind == IndicatorKind::stock || kind == IndicatorKind::reported_people;
}

/// One column of a pivot: a combination of column values, an indicator, what is shown of it.
struct PivotColumn {
  PivotKey key;
  std::size_t indicator = 0;
  Aspect aspect = Aspect::value;
  bool total = false;
};

class PivotTable {
 public:
  PivotTable(Programme const& programme, Catalogue const& catalogue, TableSection const& section, Answer const& answer,
             bool targets = false)
      : programme_(programme),
        catalogue_(catalogue),
        language_(catalogue.locale().language()),
        section_(section),
        answer_(answer),
        targets_(targets),
        fields_(table_fields(programme, section)),
        pivot_(programme, catalogue.locale(), answer, fields_),
        rows_(pivot_.rows()) {}

  TableBlock build() {
    sort_rows();
    make_columns();
    TableBlock table;
    table.columns.push_back(
        {label_heading(), "", ColumnRole::label, {}, fields_.rows.empty() ? "indicator" : fields_.rows.back()});
    for (auto const& column : columns_) table.columns.push_back(heading_of(column));
    if (fields_.rows.empty())
      indicator_rows(table);
    else
      pivot_rows(table);
    add_notes(table);
    return table;
  }

 private:
  Indicator const& indicator(std::size_t index) const { return *programme_.indicator(answer_.indicators[index]); }

  IndicatorKind kind_of(std::size_t index) const {
    for (auto const& row : answer_.rows)
      if (index < row.figures.size()) return row.figures[index].kind;
    return IndicatorKind::other;
  }

  std::string part_text(PlacePart const& part) const {
    if (part.dimension != "period" || !part.value) return part_label(programme_, part, catalogue_);
    for (auto const& period : answer_.periods)
      if (period.label == *part.value) return catalogue_.locale().period_short(period);
    return *part.value;
  }

  std::string key_text(PivotKey const& key) const {
    std::string text;
    for (auto const& part : key) text += (text.empty() ? "" : " · ") + part_text(part);
    return text;
  }

  std::string label_heading() const {
    if (fields_.rows.empty()) return catalogue_.text("heading.indicator");
    std::string text;
    for (auto const& field : fields_.rows)
      text += (text.empty() ? "" : " / ") +
              (field == "period" ? catalogue_.text("label.period") : dimension_label(programme_, field, language_));
    return text;
  }

  void make_columns() {
    std::vector<std::size_t> indicators(fields_.rows.empty() ? 1 : answer_.indicators.size());
    for (std::size_t i = 0; i < indicators.size(); ++i) indicators[i] = i;
    auto keys = pivot_.columns();
    bool const pivoted = !fields_.columns.empty();
    if (!pivoted) keys.push_back({});
    auto const add = [&](PivotKey const& key, bool total) {
      for (auto const i : indicators)
        for (auto const aspect : aspects_of(i)) columns_.push_back({key, i, aspect, total});
    };
    for (auto const& key : keys) add(key, false);
    bool const worth = keys.size() > 1 || !section_.totals;
    if (pivoted && section_.totals && section_.total_column && worth && !keys.empty())
      add(Pivot::rolled_up(keys.front(), 0), true);
  }

  std::vector<Aspect> aspects_of(std::size_t i) const {
    if (!section_.comparisons || fields_.rows.empty()) return {Aspect::value};
    std::vector<Figure const*> figures;
    for (auto const& row : rows_) figures.push_back(pivot_.at(row, {}, i));
    return useful_aspects(wanted_aspects(true), figures);
  }

  TableColumn heading_of(PivotColumn const& column) const {
    Indicator const& one = indicator(column.indicator);
    TableColumn made = aspect_column(column.aspect, one, kind_of(column.indicator), catalogue_);
    std::string const name = named(one);
    std::string const key = column.total ? catalogue_.text("label.total") : key_text(column.key);
    bool const several = answer_.indicators.size() > 1 && !fields_.rows.empty();
    bool const comparing = section_.comparisons && !fields_.rows.empty();
    if (column.key.empty()) {
      if (!comparing) made.heading = name;
      if (comparing && several) made.group = name;
    } else if (comparing) {
      made.group = several ? key + " · " + name : key;
    } else if (several) {
      made.group = key;
      made.heading = name;
    } else if (column.key.size() > 1 && !column.total) {
      made.group = part_text(column.key.front());
      made.heading = key_text({column.key.begin() + 1, column.key.end()});
    } else {
      made.heading = key;
    }
    if (column.aspect == Aspect::value) made.key = one.id;
    if (fields_.rows.empty()) made.shape = {};
    return made;
  }

  /// "Average stay, days": the unit where the label does not say it.
  std::string named(Indicator const& one) const {
    std::string name = indicator_label(programme_, one.id, language_);
    if (!is_measured(one.unit.id)) return name;
    return catalogue_.text("report.with_unit", {{"label", name}, {"unit", unit_heading(one.unit.id, catalogue_)}});
  }

  Cell cell_at(PivotKey const& row, PivotColumn const& column, std::size_t indicator_index, bool emphasis) {
    Indicator const& one = indicator(indicator_index);
    Figure const* figure = pivot_.at(row, column.key, indicator_index);
    Cell cell = figure != nullptr                ? aspect_cell(column.aspect, *figure, one, catalogue_)
                : column.aspect == Aspect::value ? value_cell(Value::missing(), shape_of(one), catalogue_)
                                                 : Cell{};
    cell.emphasis = emphasis || column.total;
    if (targets_ && figure != nullptr && figure->target && figure->target->is_value()) {
      cell.target = aspect_cell(Aspect::target, *figure, one, catalogue_).text;
      cell.status = status_of(*figure, one.direction);
    }
    if (figure != nullptr) carried_days_ = std::max(carried_days_, figure->carried_days);
    if (figure != nullptr)
      for (auto const& note : figure->notes)
        if (std::find(note_keys_.begin(), note_keys_.end(), note) == note_keys_.end()) note_keys_.push_back(note);
    return cell;
  }

  TableRow row_of(PivotKey const& key, std::string const& label, RowKind kind, int level) {
    TableRow row{kind, level, {words(label)}};
    row.cells.front().emphasis = kind != RowKind::data;
    for (auto const& column : columns_)
      row.cells.push_back(cell_at(key, column, column.indicator, kind == RowKind::total));
    return row;
  }

  void indicator_rows(TableBlock& table) {
    for (std::size_t i = 0; i < answer_.indicators.size(); ++i) {
      TableRow row{RowKind::data, 0, {words(named(indicator(i)))}};
      for (auto const& column : columns_) row.cells.push_back(cell_at({}, column, i, false));
      table.rows.push_back(std::move(row));
    }
  }

  void pivot_rows(TableBlock& table) {
    std::size_t const depth = fields_.rows.size();
    PivotKey before;
    for (auto const& key : rows_) {
      for (std::size_t level = 0; level + 1 < depth; ++level) {
        bool const same = !before.empty() &&
                          std::equal(key.begin(), key.begin() + static_cast<std::ptrdiff_t>(level) + 1, before.begin());
        if (same) continue;
        table.rows.push_back(group_row(key, level));
      }
      table.rows.push_back(row_of(key, part_text(key.back()), RowKind::data, static_cast<int>(depth) - 1));
      before = key;
    }
    if (section_.totals && rows_.size() > 1) {
      table.rows.push_back(
          row_of(Pivot::rolled_up(rows_.front(), 0), catalogue_.text("label.total"), RowKind::total, 0));
    }
  }

  TableRow group_row(PivotKey const& key, std::size_t level) {
    std::string const label = part_text(key[level]);
    int const indent = static_cast<int>(level);
    if (section_.totals) return row_of(Pivot::rolled_up(key, level + 1), label, RowKind::group, indent);
    TableRow row{RowKind::group, indent, {words(label)}};
    row.cells.front().emphasis = true;
    row.cells.resize(columns_.size() + 1);
    return row;
  }

  std::optional<double> sort_value(PivotKey const& key, std::size_t by) const {
    auto columns = pivot_.columns();
    PivotKey column = columns.empty() ? PivotKey{} : columns.back();
    if (section_.totals) column = Pivot::rolled_up(column, 0);
    Figure const* figure = pivot_.at(key, column, by);
    if (figure == nullptr || !figure->value.is_value()) return {};
    return to_double(figure->value.number);
  }

  void sort_rows() {
    all_rows_ = rows_.size();
    auto const by = std::find(answer_.indicators.begin(), answer_.indicators.end(), section_.sort);
    if (!section_.sort.empty() && by != answer_.indicators.end()) {
      auto const index = static_cast<std::size_t>(by - answer_.indicators.begin());
      std::vector<std::pair<PivotKey, std::optional<double>>> valued;
      for (auto const& row : rows_) valued.emplace_back(row, sort_value(row, index));
      std::stable_sort(valued.begin(), valued.end(), [&](auto const& a, auto const& b) {
        bool const same_group = std::equal(a.first.begin(), a.first.end() - 1, b.first.begin());
        if (!same_group || !a.second || !b.second) return same_group && a.second && !b.second;
        return section_.descending ? *a.second > *b.second : *a.second < *b.second;
      });
      for (std::size_t i = 0; i < rows_.size(); ++i) rows_[i] = valued[i].first;
    }
    if (section_.top && rows_.size() > *section_.top) rows_.resize(*section_.top);
  }

  bool parts_differ(std::size_t indicator_index) const {
    double sum = 0;
    for (auto const& key : rows_) {
      Figure const* part = pivot_.at(key, {}, indicator_index);
      if (part == nullptr || !part->value.is_value()) return false;
      sum += to_double(part->value.number);
    }
    Figure const* whole = rows_.empty() ? nullptr : pivot_.at(Pivot::rolled_up(rows_.front(), 0), {}, indicator_index);
    return whole != nullptr && whole->value.is_value() && readers_add(whole->kind) &&
           std::abs(sum - to_double(whole->value.number)) > 1e-6 * std::max(1.0, std::abs(sum));
  }

  void add_notes(TableBlock& table) {
    if (table.rows.empty()) table.notes.push_back(catalogue_.text("chart.no_data"));
    if (all_rows_ > rows_.size())
      table.notes.push_back(catalogue_.text("report.note.top", {{"shown", static_cast<std::int64_t>(rows_.size())},
                                                                {"all", static_cast<std::int64_t>(all_rows_)}}));
    if (carried_days_ > 0)
      table.notes.push_back(catalogue_.text("note.carried", {{"days", std::int64_t{carried_days_}}}));
    bool differing = false;
    for (std::size_t i = 0; i < answer_.indicators.size() && section_.totals; ++i)
      differing = differing || (all_rows_ == rows_.size() && parts_differ(i));
    if (differing) note_keys_.insert(note_keys_.begin(), "note.totals_do_not_add");
    note_keys_.insert(note_keys_.end(), answer_.notes.begin(), answer_.notes.end());
    for (auto const& key : note_keys_) {
      if (!key.starts_with("note.") || !catalogue_.has(key)) continue;
      std::string const note = catalogue_.text(key);
      if (std::find(table.notes.begin(), table.notes.end(), note) == table.notes.end()) table.notes.push_back(note);
    }
  }

  Programme const& programme_;
  Catalogue const& catalogue_;
  std::string const& language_;
  TableSection const& section_;
  Answer const& answer_;
  bool targets_;  // cells bear them
  TableFields fields_;
  Pivot pivot_;
  std::vector<PivotKey> rows_;
  std::size_t all_rows_ = 0;
  std::vector<PivotColumn> columns_;
  std::vector<std::string> note_keys_;
  std::int32_t carried_days_ = 0;  // the oldest report behind a value shown
};

}  // namespace

TableBlock Composer::indicator_table(TableSection const& content, Answer const& answer) const {
  TableBlock table;
  table.kind = TableKind::indicators;
  std::vector<Figure const*> figures;
  for (auto const& row : answer.rows)
    for (auto const& figure : row.figures) figures.push_back(&figure);
  auto const aspects = useful_aspects(wanted_aspects(content.comparisons), figures);
  table.columns.push_back({text("heading.indicator"), "", ColumnRole::label, {}, "indicator"});
  table.columns.push_back({text("label.unit"), "", ColumnRole::text, {}, "unit"});
  static Indicator const kAny{};
  for (auto const aspect : aspects) {
    table.columns.push_back(aspect_column(aspect, kAny, IndicatorKind::other, catalogue_));
    if (aspect != Aspect::achievement) table.columns.back().shape = {};
  }
  for (auto const& id : content.indicators) {
    Indicator const* indicator = programme_.indicator(id);
    if (indicator == nullptr) continue;
    TableRow row{RowKind::data, 0, {words(label(id)), words(unit_heading(indicator->unit.id, catalogue_))}};
    auto const found =
        std::find_if(figures.begin(), figures.end(), [&](Figure const* f) { return f->indicator == id; });
    static Figure const kAbsent{};
    for (auto const aspect : aspects)
      row.cells.push_back(aspect_cell(aspect, found == figures.end() ? kAbsent : **found, *indicator, catalogue_));
    table.rows.push_back(std::move(row));
  }
  return table;
}

void Composer::add_explore(Section const& section, ExploreSection const& content, Answer const& answer) {
  ExploreBlock block;
  block.id = unique_id(section.id.empty() ? "explore" : section.id);
  block.heading = {section.level, line(section.heading, section.place), unique_id("section-" + block.id)};
  TableSection shown;
  shown.rows = {content.by};
  shown.columns = {std::string(to_text(explore_step(content, context_.period)))};
  shown.totals = true;
  shown.total_column = false;
  for (std::size_t i = 0; i < answer.indicators.size(); ++i) {
    Answer one = answer;
    one.indicators = {answer.indicators[i]};
    for (auto& row : one.rows)
      row.figures = i < row.figures.size() ? std::vector<Figure>{row.figures[i]} : std::vector<Figure>{};
    shown.indicators = one.indicators;
    TableBlock table = PivotTable(programme_, catalogue_, shown, one, true).build();
    table.id = unique_id(block.id + "-" + one.indicators.front());
    table.title = label(one.indicators.front());
    std::string const& unit = programme_.indicator(one.indicators.front())->unit.id;
    table.subtitle = is_measured(unit) ? unit_heading(unit, catalogue_) : std::string();
    show_indicator(one.indicators.front());
    block.tables.push_back(std::move(table));
  }
  document_.blocks.emplace_back(std::move(block));
}

void Composer::add_table(Section const& section, TableSection const& content, Answer const& answer) {
  TableFields const fields = table_fields(programme_, content);
  bool const plain = fields.rows.empty() && fields.columns.empty();
  TableBlock table =
      plain ? indicator_table(content, answer) : PivotTable(programme_, catalogue_, content, answer).build();
  table.title = line(section.title, section.place);
  bool const over_periods = fields.per.has_value();
  table.subtitle = over_periods ? std::string() : document_.period_text;
  std::string const note = line(section.note, section.place);
  if (!note.empty()) table.notes.insert(table.notes.begin(), note);
  for (auto const& id : content.indicators) show_indicator(id);
  number_table(table);
  if (table.title.empty()) {
    std::vector<std::string> names;
    for (auto const& id : content.indicators) names.push_back(label(id));
    table.title = plain ? text("heading.indicators") : locale_.list(names);
  }
  document_.blocks.emplace_back(std::move(table));
}

}  // namespace yekun
