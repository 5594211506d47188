#include "app/reading.h"

#include <fcntl.h>
#include <sys/stat.h>

#include <charconv>
#include <filesystem>
#include <fstream>
#include <set>
#include <system_error>

namespace yekun {
namespace {

namespace fs = std::filesystem;

/// "rchar: 123" is the sum of what all reads gave.
std::uint64_t bytes_read() {
  std::ifstream io("/proc/self/io");
  std::string name;
  std::uint64_t value = 0;
  while (io >> name >> value)
    if (name == "rchar:") return value;
  return 0;
}

/// The size of a plain file that is only read; 0: none. The number may be closed by now, which the calls just say.
std::uint64_t size_if_read(int number, ino_t& identity) {
  int const flags = fcntl(number, F_GETFL);  // NOLINT(cppcoreguidelines-pro-type-vararg)
  struct stat facts {};
  if (flags < 0 || (flags & O_ACCMODE) != O_RDONLY || fstat(number, &facts) != 0) return 0;
  if (!S_ISREG(facts.st_mode) || facts.st_size <= 0) return 0;
  identity = facts.st_ino;
  return static_cast<std::uint64_t>(facts.st_size);
}

}  // namespace

Reading look_at_reading(std::string const& folder) {
  Reading out;
  out.bytes = bytes_read();
  std::set<ino_t> seen;
  std::error_code wrong;
  for (fs::directory_iterator one("/proc/self/fd", wrong), end; !wrong && one != end; one.increment(wrong)) {
    std::error_code gone;
    std::string const target = fs::read_symlink(one->path(), gone).string();
    if (gone || !target.starts_with(folder + "/")) continue;
    std::string const name = one->path().filename().string();
    int number = -1;
    (void)std::from_chars(name.data(), name.data() + name.size(), number);
    ino_t identity = 0;
    std::uint64_t const size = size_if_read(number, identity);
    if (size == 0 || !seen.insert(identity).second) continue;
    out.size += size;
    out.files.push_back(target.substr(folder.size() + 1));
  }
  return out;
}

}  // namespace yekun
