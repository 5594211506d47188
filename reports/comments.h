// The dataset of comments: what is said about an indicator in a period, by language.
#pragma once

#include <vector>

#include "data-loaders/source.h"
#include "indicators/definitions.h"

namespace yekun {

/// All comments, in input order; none where the programme names no dataset of comments. The dataset has the columns
/// indicator, period, language and text; rows without indicator or text are left out. Errors as of its source.
Result<std::vector<Comment>> read_comments(Programme const& programme, SourceContext const& context);

}  // namespace yekun
