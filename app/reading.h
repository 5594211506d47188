// What the process is reading: for the progress bar, asked from the kernel, so that nothing has to report it.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace yekun {

/// A look at the process.
struct Reading {
  std::uint64_t bytes = 0;           // read by the process so far, from any file
  std::uint64_t size = 0;            // of the files below the folder that are open for reading now
  std::vector<std::string> files{};  // their names, relative to the folder
};

/// `folder`: absolute, without symbolic links and a slash at its end. Nothing is open where the kernel does not say.
Reading look_at_reading(std::string const& folder);

}  // namespace yekun
