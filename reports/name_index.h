// The names a programme knows, for looking up and for did-you-mean.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "reports/found_columns.h"

namespace yekun {

/// A column that a dataset's rows have.
struct KnownColumn {
  std::string name;
  Type type = Type::text;
  bool personal = false;
};

class NameIndex {
 public:
  NameIndex(Programme const& programme, FoundColumns const& found) : programme_(programme), found_(found) {}

  Programme const& programme() const { return programme_; }
  FoundColumns const& found() const { return found_; }

  /// Whether the columns of the dataset, and of those it looks up, could be found.
  bool knows_columns(Dataset const& dataset) const;
  /// Of the source, declared, looked up ("enterprise.region") and derived.
  std::vector<KnownColumn> columns(Dataset const& dataset) const;
  /// Of the source only.
  std::vector<std::string> source_columns(Dataset const& dataset) const;
  /// The column of that name, or the only one that ends in "." + name.
  std::optional<KnownColumn> column(Dataset const& dataset, std::string_view name) const;
  /// Whether any dataset has such a column, or may have it because its source could not be opened.
  bool column_anywhere(std::string_view name) const;
  /// "occupancy-2025.csv", or the pattern of the files: for messages.
  std::string source_name(Dataset const& dataset) const;

  std::vector<std::string> dataset_ids() const;
  std::vector<std::string> dimension_ids() const;
  std::vector<std::string> indicator_ids() const;

 private:
  std::vector<KnownColumn> own_columns(Dataset const& dataset) const;
  Programme const& programme_;
  FoundColumns const& found_;
};

}  // namespace yekun
