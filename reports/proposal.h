// A programme proposed from files nobody has described yet: what `yekun init --from` writes. Profiles in, values out;
// reading files and writing specs are done elsewhere.
#pragma once

#include <set>
#include <string>
#include <utility>
#include <vector>

#include "core/period.h"
#include "data-loaders/dataset.h"
#include "data-loaders/profile.h"
#include "reports/column_words.h"

namespace yekun {

/// What a column is taken for.
enum class TakenFor { other, date, person, category, total, stock, average, yes_no };

struct ProposedColumn {
  ColumnProfile profile{};
  std::string name{};  // in expressions: small Latin letters, digits and _
  std::set<Hint> hints{};
  TakenFor role = TakenFor::other;
  Type type = Type::text;
  bool personal = false;
  bool clean = false;                  // spellings that differ only in spaces
  bool share = false;                  // written with a percent sign
  std::vector<std::string> missing{};  // words that mean "unknown" in this column
  std::string note{};                  // why, in plain words; empty: nothing to say
  bool again = false;                  // its heading stands twice: the program itself tells it apart from the first
  bool renamed() const { return name != profile.name && !again; }
};

/// A table of the user's: where it is, and what it is taken for.
struct ProposedDataset {
  std::string id{};
  std::string title{};
  SourceSpec source{};  // paths as they will stand in the spec
  std::vector<ProposedColumn> columns{};
  std::uint64_t rows = 0;
  std::vector<std::string> date{};
  std::vector<std::string> key{};
  std::vector<std::string> missing{};
  std::vector<std::pair<std::string, std::string>> lookups{};        // column -> "dataset.column"
  std::vector<std::pair<std::string, std::string>> other_lookups{};  // possible, but they double a column of the others
  std::optional<Date> first{};
  std::optional<Date> last{};

  ProposedColumn const* column(std::string_view name) const;
  /// The first column with this role; null if there is none.
  ProposedColumn const* with(TakenFor role) const;
  /// The first column that is not personal and whose heading suggests this; null if there is none.
  ProposedColumn const* hinting(Hint hint) const;
};

struct ProposedIndicator {
  std::string id{};
  std::string label{};
  std::string dataset{};
  std::string measure{};
  std::string over_time{};  // empty: the sum
  std::string unit{};
  std::string note{};
};

/// A pack whose roles the data can play, and the indicators of it that a first report shows.
struct ProposedPack {
  std::string name{};
  std::string dataset{};  // where its indicators are shown
  std::vector<std::pair<std::string, std::vector<std::pair<std::string, std::string>>>>
      roles{};  // part -> dataset, ...
  std::vector<std::string> shown{};
  std::string note{};  // what to look at again; empty: nothing
};

struct Proposal {
  std::string id{};
  std::string title{};
  std::string language = "en";
  std::string timezone = "UTC";
  std::vector<ProposedDataset> datasets{};
  std::vector<ProposedPack> packs{};
  std::vector<ProposedIndicator> indicators{};
};

/// What the columns of one table are taken for. `dataset` comes with id, title and source.
void propose_columns(ProposedDataset& dataset, DataProfile const& profile);

/// The marks for missing of a column that has some of its own; nothing where the dataset's hold.
std::optional<std::vector<std::string>> own_marks(ProposedDataset const& dataset, ProposedColumn const& column);

/// The table as a dataset for reading it: declared columns, date, key. `files` as the reading context names them.
Dataset as_dataset(ProposedDataset const& proposed, std::vector<std::string> files);

/// Lookups between the tables, the packs that fit, and indicators over the tables with a date (over all where none has
/// one), the language and its time zone.
void complete(Proposal& proposal);

/// A name for expressions from any heading: "Ünvan kodu" -> "unvan_kodu". Empty where nothing is left.
std::string plain_name(std::string_view heading);
/// A title from a file's name: "home-services" -> "Home services".
std::string plain_title(std::string_view name);
/// A column in an expression: quoted where it is a key word.
std::string in_expression(std::string_view name);

/// A list of texts in JSON.
std::string list_in_json(std::vector<std::string> const& texts);

/// The programme's spec, with comments; ends with a newline.
std::string programme_text(Proposal const& proposal);
/// Which steps the first report has and which period has data.
struct ProposedPeriod {
  PeriodKind kind = PeriodKind::quarter;
  std::string step = "month";
  std::int32_t steps = 12;
  std::string range{};  // what charts over time show instead of so many steps: data of less than a month or two
  std::string label{};  // of the last period that has data up to its end, as far as one can tell; empty: no dates
};
ProposedPeriod propose_period(Proposal const& proposal, Date as_of);
/// The first report's spec; `next` is the command that builds it.
std::string report_text(Proposal const& proposal, ProposedPeriod const& period, std::string const& next);

}  // namespace yekun
