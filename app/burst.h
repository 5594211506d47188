// A report for each member of for_each and the overview, over all processors; what is done and unchanged is left.
#pragma once

#include <string>
#include <vector>

#include "app/prepared_report.h"

namespace yekun {

/// Prints the paths of what was written in the members' order, then what failed. Exit::render if only some of the
/// reports are there in the end; if none is, what was wrong with them says which. `files`: the names of all that are in
/// place then, unchanged ones too.
Exit burst(PreparedReport const& report, std::string const& out, bool force, Run const& run,
           std::vector<std::string>& files);

}  // namespace yekun
