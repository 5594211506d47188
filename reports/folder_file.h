// Files that a spec names besides its data: themes, logos, fonts, maps.
#pragma once

#include <string>

#include "core/diagnostic.h"

namespace yekun {

struct FolderFile {
  std::string path;  // to open it
  std::string bytes;
};

/// Reads `name` below `folder`. Errors at `place`: a path that leaves the folder, a file that is not there, is no file
/// or is too large.
Result<FolderFile> read_folder_file(std::string const& name, std::string const& folder, Place const& place);

}  // namespace yekun
