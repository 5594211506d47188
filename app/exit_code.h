// What the program's exit status says. docs/cli.md lists them for users.
#pragma once

#include "core/diagnostic.h"

namespace yekun {

enum class Exit : int {
  done = 0,
  internal = 1,
  usage = 2,
  spec = 3,
  data = 4,
  render = 5,
  delivery = 6,
  part_delivered = 7,
  interrupted = 130
};

/// Of the errors among the diagnostics; done if there is none. The largest of spec to part_delivered wins; usage and
/// internal errors come before all.
Exit exit_of(Diagnostics const& diagnostics);

}  // namespace yekun
