// All mistakes of a spec, as `yekun check` finds them.
#pragma once

#include <string>

#include "app/command.h"

namespace yekun {

/// Of a programme or a report with its programme. Empty: there are none.
Diagnostics check_problems(std::string const& spec, Run const& run);

}  // namespace yekun
