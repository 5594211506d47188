// Reads a spec's bytes.
#pragma once

#include <string>

#include "core/diagnostic.h"

namespace yekun {

inline constexpr std::size_t kLargestSpec = 16u << 20;  // bytes

/// The whole file. A file that is not there, is no file or is larger than kLargestSpec is a failure of Fault::spec.
Result<std::string> read_spec_file(std::string const& path);

/// The folder part of a path; "." where there is none.
std::string folder_of(std::string const& path);

/// `path` as seen from `folder`; an absolute path stays.
std::string join_path(std::string const& folder, std::string const& path);

/// The file's name without folder and last ending: "reports/quarterly.json" gives "quarterly".
std::string stem_of(std::string const& path);

}  // namespace yekun
