// What a programme's spec says about one dataset. Structs only: reports/ parses specs into them.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/column.h"
#include "core/diagnostic.h"
#include "core/locale.h"

namespace yekun {

enum class Format { automatic, csv, tsv, xlsx, ods, json, ndjson, sqlite, postgres };

/// What answers behind a connection: they differ in what they can compute over several servers.
enum class SqlServer { automatic, postgresql, citus };

/// How a text file is cut into cells. Unset: sniffed.
struct Dialect {
  std::optional<char> separator{};             // , ; \t |
  std::optional<char> quote{};                 // default "
  std::optional<char> escape{};                // default none: quotes are doubled
  std::optional<std::string> encoding{};       // "utf-8", "utf-16le", "windows-1251", ...
  std::optional<std::string> comment{};        // lines that start with it are skipped and counted
  std::optional<char> decimal{};               // '.' or ','; default '.'
  std::optional<std::string> thousands{};      // one separator character; "space" stands for any kind of space
  std::optional<std::uint32_t> skip{};         // preamble lines before the header
  std::optional<std::uint32_t> header_rows{};  // 0: none (columns are named c1, c2, ...), 1, or more (joined by " / ")
};

/// Where a dataset's rows are. Paths are relative to the programme's folder.
struct SourceSpec {
  Format format = Format::automatic;        // by file name and content
  std::vector<std::string> files{};         // paths or globs
  std::string sheet{};                      // xlsx: name, "#2" (index), or "*" (all sheets as one dataset)
  std::string table{};                      // xlsx table or named range; sqlite or postgres table
  std::string query{};                      // sqlite or postgres
  std::string path{};                       // json: where the array of records is ("data.rows")
  std::string connection{};                 // postgres: connection string or service name, never a password
  std::uint32_t timeout_seconds = 600;      // postgres: of one statement
  SqlServer server = SqlServer::automatic;  // postgres: found out where it is automatic
  bool computes_there = false;              // postgres: what the database cannot compute is refused, not read
  std::string file_column{};                // name of a column that holds the file's name; empty: none
  std::string sheet_column{};               // the same for the sheet's name
  Dialect dialect{};
  Place place{};  // in the spec
};

/// One declared column.
struct ColumnSpec {
  std::string name;
  Type type = Type::text;
  std::string from{};         // the heading in the file, where it differs from name; json: a path
  std::string date_format{};  // "dd.mm.yyyy", "mm/dd/yyyy", "d mmmm yyyy", ...; empty: ISO
  bool clean = false;         // trimmed, inner spaces folded, NFC
  bool personal = false;
  std::map<std::string, std::string> mapping{};       // spellings merged: "K" -> "female"; unmapped values are reported
  std::optional<std::vector<std::string>> missing{};  // marks that mean missing here, besides the empty cell
  std::string split{};                                // several answers in one cell, separated by this; empty: one
  Place place{};
};

/// Many-to-one join: the columns of `target` become <column>.<target column>.
struct LookupSpec {
  std::string name;                    // the prefix of the joined columns
  std::vector<std::string> columns{};  // here
  std::string target;                  // the other dataset
  std::vector<std::string> target_columns{};
  std::string date{};        // with valid_from: the date column here
  std::string valid_from{};  // column there: the latest row not after `date` is taken; of a census "since"
  Place place{};
  /// First and last day of the stays there: the lookup's one column is `present`, how many are there on `date`.
  std::vector<std::string> census{};
};

struct DerivedColumn {
  std::string name;
  std::string expression;
  Place place{};  // of the expression's first character
};

enum class RuleKind { expect, unique, allowed, range, reference, outlier, daily_gaps };

/// A rule of a dataset; what breaks it is a finding.
struct RuleSpec {
  std::string id;
  RuleKind kind = RuleKind::expect;
  Severity severity = Severity::warning;
  std::string expression{};            // expect: true where all is well (missing counts as well)
  std::vector<std::string> columns{};  // unique, allowed, range, reference, outlier
  std::vector<std::string> allowed{};
  std::optional<double> least{};
  std::optional<double> most{};
  std::string reference{};        // "dataset.column"
  std::vector<std::string> by{};  // outlier: groups; daily_gaps: series
  double threshold = 3.5;         // outlier: of the modified z-score by median absolute deviation
  LocalText message{};
  Place place{};
};

struct Dataset {
  std::string id;
  SourceSpec source{};
  std::vector<std::string> date{};  // none, one date column, or [first, last] of an interval
  std::vector<std::string> key{};
  std::optional<std::vector<std::string>> reported_by{};  // default: the key without the date
  std::vector<ColumnSpec> columns{};
  std::vector<std::string> missing{};  // marks that mean missing in every column, besides the empty cell
  std::vector<LookupSpec> lookups{};
  std::vector<DerivedColumn> derived{};
  std::vector<RuleSpec> rules{};
  std::vector<std::string> expected{};  // reporting units that are expected, or
  std::string expected_from{};          // "dataset.column" that lists them; both empty: all units seen so far
  std::string submitted{};              // column with the date on which a row was submitted (timeliness)
  std::int32_t due_days = 0;            // days after the period's end by which a submission is on time
  bool pseudonymous_rows = false;       // "rows": "pseudonymous"
  std::string timezone{};               // the programme's: date-times with an offset become its days; empty: as written
  Place place{};

  ColumnSpec const* column(std::string_view name) const {
    for (auto const& c : columns)
      if (c.name == name) return &c;
    return nullptr;
  }
};

}  // namespace yekun
