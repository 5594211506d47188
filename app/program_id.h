// Which program this is, to the build.
#pragma once

#include <string>

namespace yekun {

/// The version and the linker's id of the build, as bytes.
std::string program_id();

}  // namespace yekun
