// yekun init DIR --from FILE...: a programme and a first report, proposed from the user's own files.
#pragma once

#include <string>
#include <vector>

#include "app/command.h"

namespace yekun {

/// Reads the files twice (to see what they hold; to see whether that was right), copies those that are not below
/// `folder` into its data/, and writes programme.json and report.json. Nothing that is there is written over. Says for
/// each table what it was taken for; what is not certain is a warning.
Exit init_from(std::string const& folder, std::vector<std::string> const& files, Run const& run);

}  // namespace yekun
