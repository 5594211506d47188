// One document of two, the same report in two languages: for a workbook that both readers can use.
#pragma once

#include <string>
#include <string_view>

#include "reports/document.h"

namespace yekun {

/// "a / b"; one of them where they are the same or the other is empty.
std::string both_texts(std::string_view first, std::string_view second);

/// `first` with its texts joined by those of `second`: tables get a further column beside each column of words, titles
/// and headings read "a / b", paragraphs follow each other. Rows and columns are matched by the figures they hold,
/// because languages sort differently. The stem ends in both languages.
Document side_by_side(Document first, Document const& second);

}  // namespace yekun
