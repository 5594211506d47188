// The content of an OpenDocument spreadsheet (.ods): its sheets and their cells, as if they were a workbook's.
#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "data-loaders/xlsx_workbook.h"

namespace yekun {

struct OdsContent {
  std::vector<WorkbookSheet> sheets;
  std::vector<std::pair<std::string, std::string>> names;  // named and database ranges: "'Sheet 1'!$A$1:$D$9"
};

/// Reads all of the part content.xml.
Read<OdsContent> read_ods_content(std::unique_ptr<PartStream> stream);

/// The cells of the sheet with this place among the sheets: numbers as stored, dates in ISO, times as "08:30:00", texts
/// with their paragraphs joined by line breaks. Cells and rows that the file repeats come one by one; more than ten
/// million cells by repetition are refused.
Read<SheetFacts> read_ods_sheet(std::unique_ptr<PartStream> stream, std::size_t index, SheetHandler& handler);
Read<std::vector<CellRange>> read_ods_merges(std::unique_ptr<PartStream> stream, std::size_t index);

}  // namespace yekun
