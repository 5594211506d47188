// The Document: the only thing renderers see. It holds computed values with their state and the text that shows them;
// Excel, PDF, HTML and e-mail cannot disagree, because none of them computes.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "charts/chart_data.h"
#include "charts/chart_spec.h"
#include "charts/scene.h"
#include "core/column.h"
#include "core/locale.h"
#include "core/period.h"
#include "core/theme.h"
#include "indicators/figure.h"

namespace yekun {

/// A run of narrative text. Marks of markdown are resolved; numbers are already in the reader's language.
struct TextRun {
  std::string text;
  bool bold = false;
  bool italic = false;
  std::string link{};    // http(s) or mailto; empty: none
  std::string figure{};  // figure id where the run is a computed number
  std::string target{};  // of a reference: "table-<id>", "figure-<id>" or a heading's anchor
};

enum class ParagraphKind { body, bullet, numbered, quote, note };

struct Paragraph {
  ParagraphKind kind = ParagraphKind::body;
  int level = 0;   // of lists
  int number = 0;  // of numbered ones
  std::vector<TextRun> runs{};
};

struct Heading {
  int level = 1;  // 1 section, 2 subsection
  std::string text;
  std::string anchor{};  // ASCII, unique
};

struct Narrative {
  std::vector<Paragraph> paragraphs{};
};

/// How a number is shown and how Excel should format it.
struct NumberShape {
  bool percent = false;  // the value is a fraction
  bool points = false;   // difference of fractions, shown as percentage points
  int places = 0;
  bool sign = false;   // show + for gains
  std::string unit{};  // unit id: people, days, AZN, ...
};

enum class Status { none, met, on_track, behind, away, no_target };

/// A footnote mark and what it means, in the document's language. The symbol of a state ("–", "n/a", "•") is the cell's
/// text itself; an `appended` one ("†" on a partial value) is not in the text: renderers set it after, raised.
struct MarkText {
  std::string id;  // "partial", "suppressed", "restated", "missing", "not-applicable"
  std::string symbol;
  std::string text;
  bool appended = false;
};

/// One cell: either words or a value with its state.
struct Cell {
  std::string text{};            // as shown, mark of state included ("–", "n/a", "•"), appended marks not
  std::optional<Value> value{};  // nullopt: words
  NumberShape shape{};
  std::string figure{};  // figure id; empty: not a figure
  LineagePtr lineage{};  // of a figure or of a number derived from figures (change, achievement)
  Status status = Status::none;
  std::vector<std::string>
      marks{};            // footnote marks used here: "partial", "suppressed", "restated", "missing", "not-applicable"
  bool emphasis = false;  // totals
  std::string target{};   // of figures to explore: the target for this place and period; `status` then judges it
};

enum class ColumnRole { label, number, text, status, date };

struct TableColumn {
  std::string heading;
  std::string group{};  // a heading over several neighbouring columns; empty: none
  ColumnRole role = ColumnRole::number;
  NumberShape shape{};  // of number columns, where all cells share it
  std::string key{};    // stable ASCII name: indicator id, "period", dimension id
};

enum class RowKind { data, group, total };

struct TableRow {
  RowKind kind = RowKind::data;
  int level = 0;              // indent of its label
  std::vector<Cell> cells{};  // one a column
};

enum class TableKind { plain, indicators, logframe, definitions, data_quality, provenance, restatements, completeness };

struct TableBlock {
  TableKind kind = TableKind::plain;
  std::string id;  // ASCII, unique in the document: sheet and anchor names
  std::string title;
  std::string subtitle{};  // period, unit
  std::vector<TableColumn> columns{};
  std::vector<TableRow> rows{};
  std::vector<std::string> notes{};  // under the table; marks are explained from Document::marks (marks_used)
  int header_columns = 1;            // frozen label columns
  int number = 0;                    // "Table 3"; 0: not numbered
};

struct Kpi {
  std::string label;
  Cell value{};
  std::string unit{};            // words: "people", in the right plural form
  std::optional<Cell> change{};  // against `change_to`
  std::string change_to{};       // "against Q2 2025"
  std::optional<Cell> target{};
  std::optional<Cell> achievement{};
  Status status = Status::none;
  std::string status_text{};  // "on track"
  bool rising_is_good = true;
  bool neutral_change = false;  // neither rise nor fall is good: not coloured
  std::vector<Value> spark{};   // values of the last periods, oldest first
  std::optional<Scene> spark_scene{};
};

struct KpiRow {
  std::vector<Kpi> kpis{};
};

/// Charts side by side share a row.
struct ChartBlock {
  std::string id;  // ASCII, unique: file and anchor names
  ChartSpec spec{};
  ChartData data{};
  Scene scene{};  // title and notes are inside the scene
  std::string title;
  std::string alt_text;
  double share = 1.0;  // of the text width: 1, 0.5, 1/3
  int number = 0;      // "Figure 2"; 0: not numbered
};

/// Figures to choose from by place and period: one table an indicator, its rows the places and their total, its columns
/// the periods. Only dashboards show it.
struct ExploreBlock {
  std::string id;     // ASCII, unique
  Heading heading{};  // its text may be empty
  std::vector<TableBlock> tables{};
};

struct PageBreak {
  bool landscape = false;  // orientation from here on
};

using Block = std::variant<Heading, Narrative, KpiRow, TableBlock, ChartBlock, ExploreBlock, PageBreak>;

/// A column of row-level data.
struct RowColumn {
  enum class Role { day, group, number, filter, person };  // filter: 1 and 0; person: running numbers
  Role role = Role::group;
  std::string heading;
  std::string key;  // group: the dimension; number, person: the measure's argument; filter: the condition
  Column values{};
};

/// A measure that a formula over the rows can say: how many, the sum of a column, or how many different people.
struct RowMeasure {
  enum class Kind { rows, sum, people };
  std::string indicator;  // indicator, measure and predicate are those of the lineage's leaves
  std::string measure;
  std::string predicate;
  Kind kind = Kind::rows;
  std::optional<std::size_t> column{};  // summed or counted
  std::vector<std::size_t> filters{};
};

/// The rows of one dataset that figures of the document are counted from, for the workbook; a bounded number of them.
struct DataSheet {
  std::string id;
  std::string title;
  std::vector<RowColumn> columns{};
  std::vector<RowMeasure> measures{};
  std::size_t rows = 0;
};

struct ProvenanceFile {
  std::string name;
  std::uint64_t rows = 0;
  std::uint64_t bytes = 0;
  std::string sha256;
};

struct Provenance {
  std::vector<ProvenanceFile> files{};
  std::string spec_sha256{};
  std::string version{};
  std::string command{};  // to rebuild
  std::string as_of{};
  std::string receipt{};  // one ASCII word that files carry, so that `verify` finds their build; empty: none
};

struct Document {
  std::string stem;      // of file names: quarterly-2025-Q3-az
  std::string language;  // az
  std::string title;
  std::string subtitle{};  // programme's title
  std::string programme{};
  std::string period_text{};  // in the language
  Period period{};
  std::string as_of_text{};
  std::string status{};  // "Draft"; empty: final
  std::vector<std::string> partners{};
  std::string logo_png{};         // the bytes of a PNG; empty: none
  std::vector<MarkText> marks{};  // all marks there are, in the order in which they are explained
  std::string author{};
  Theme theme{};
  bool contents = false;     // table of contents wanted
  std::string paper = "A4";  // or "Letter"
  std::vector<Block> blocks{};
  std::vector<DataSheet> data_sheets{};
  std::vector<std::string> workbook_notes{};  // what a reader of the workbook should know about it
  Provenance provenance{};
  Date as_of{};  // the only clock: creation dates of files
};

/// The marks that a table's cells carry, in the order of Document::marks.
std::vector<MarkText> marks_used(Document const& document, TableBlock const& table);

/// The whole document as indented text, one cell a field; for goldens and for reading.
std::string to_text(Document const& document);

}  // namespace yekun
