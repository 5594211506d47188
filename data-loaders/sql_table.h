// A dataset whose rows a database can answer statements about.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/diagnostic.h"
#include "data-loaders/dataset.h"

namespace yekun {

/// What a database column holds, as far as statements care. `other`: anything else, read as its text.
enum class SqlType {
  boolean,
  integer,
  decimal,
  number,
  date,
  timestamp,
  timestamp_zone,
  text,
  padded_text,
  bytes,
  other
};

struct SqlColumn {
  std::string name{};     // as the spec calls it
  std::string written{};  // the quoted identifier
  SqlType type = SqlType::text;
  bool fits = false;   // decimal: at most six places and below 10^12, by its declaration; it may be NaN still
  bool folds = false;  // text: its collation takes different texts for one (a nondeterministic one)
};

inline constexpr std::string_view kSqlFailed = "database-failed";
inline constexpr std::string_view kSqlRefused = "bad-query";

/// One value of a result, as the database writes it; nullopt: null.
using SqlValue = std::optional<std::string_view>;

class SqlTable {
 public:
  SqlTable() = default;
  SqlTable(SqlTable const&) = delete;
  SqlTable& operator=(SqlTable const&) = delete;
  virtual ~SqlTable() = default;
  virtual Dataset const& dataset() const = 0;
  /// What summaries call the rows.
  virtual std::string label() const = 0;
  virtual Result<std::vector<SqlColumn>> sql_columns() const = 0;
  /// What stands behind "from": a quoted table, or the query in parentheses. May be empty after a failure.
  virtual Result<std::string> relation() const = 0;
  /// Of the database's texts; may be empty after a failure.
  virtual Result<std::string> encoding() const = 0;
  /// Never automatic; may be so after a failure.
  virtual Result<SqlServer> server() const = 0;
  /// Tables of one database can be joined: equal texts.
  virtual std::string database() const = 0;
  /// Runs a statement with its parameters ($1, $2, ...); `row` takes each row and may end it by false. What the
  /// database could not work out (an overflow) is a failure of code kSqlFailed, what it does not understand or support
  /// (distributed planners refuse much) of kSqlRefused.
  virtual Result<void> run(std::string const& sql, std::vector<std::string> const& parameters,
                           std::function<bool(std::vector<SqlValue> const&)> const& row) const = 0;
};

}  // namespace yekun
