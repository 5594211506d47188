#include "app/exit_code.h"

#include <algorithm>

namespace yekun {
namespace {

Exit exit_of(Fault fault) {
  switch (fault) {
    case Fault::internal:
      return Exit::internal;
    case Fault::usage:
      return Exit::usage;
    case Fault::spec:
      return Exit::spec;
    case Fault::data:
      return Exit::data;
    case Fault::render:
      return Exit::render;
    case Fault::delivery:
      return Exit::delivery;
  }
  return Exit::internal;
}

}  // namespace

Exit exit_of(Diagnostics const& diagnostics) {
  Exit out = Exit::done;
  for (auto const& one : diagnostics) {
    if (one.severity != Severity::error) continue;
    auto const code = exit_of(one.fault);
    if (code == Exit::internal || code == Exit::usage) return code;
    out = std::max(out, code);
  }
  return out;
}

}  // namespace yekun
