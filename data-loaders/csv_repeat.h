// Repeats of Kobo and ODK surveys exported as text tables: a table of its own, whose rows belong to submissions in a
// table beside it.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "data-loaders/source.h"

namespace yekun {

/// A text table (csv_source.h). One with the columns of a repeat (Kobo: _submission__uuid with _parent_index or
/// _parent_table_name; ODK: PARENT_KEY with KEY) gets the columns of its submissions too, those that it lacks itself.
/// The submissions (Kobo: _uuid; ODK: KEY without PARENT_KEY) are looked for in the same folder, or in the same zip
/// file: the table of whose name this one's is a continuation ("form.csv" of "form-children.csv"), else the only one
/// there is. A repeat inside a repeat is joined to the submission. Rows without submission are findings.
Result<std::unique_ptr<Source>> open_csv_repeat(Dataset const& dataset, SourceContext const& context,
                                                std::vector<std::string> files);

}  // namespace yekun
