// Row-level data for the workbook: the rows that figures are counted from, people by running numbers. Only of datasets
// that permit it ("rows": "pseudonymous"); personal columns stay out.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "core/catalogue.h"
#include "indicators/joined_rows.h"
#include "indicators/source_cache.h"
#include "reports/document.h"

namespace yekun {

inline constexpr std::size_t kMostDataRows = 50'000;  // of one dataset in one workbook

class RowSheets {
 public:
  /// Both outlive this. Rows are read once, for all documents that need the same columns.
  RowSheets(Programme const& programme, SourceContext const& context, std::size_t most = kMostDataRows)
      : programme_(programme), sources_(programme, context), most_(most) {}

  /// Adds the rows behind the document's flows and counts of people: those of its windows and places, nothing else. A
  /// dataset with more than `most` of them is left out, and so is one that permits no rows; notes say so.
  tl::expected<void, Diagnostics> add_to(Document& document, Catalogue const& catalogue);

 private:
  Programme const& programme_;
  SourceCache sources_;
  std::size_t most_;
  std::map<std::string, JoinedRows> rows_{};  // by dataset and columns
};

}  // namespace yekun
