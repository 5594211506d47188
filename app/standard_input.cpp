#include "app/standard_input.h"

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <memory>
#include <vector>

namespace yekun {
namespace {

struct CloseFile {
  void operator()(std::FILE* file) const { static_cast<void>(std::fclose(file)); }
};

bool is_plain_file(int descriptor) {
  struct stat facts {};
  return ::fstat(descriptor, &facts) == 0 && S_ISREG(facts.st_mode);
}

bool write_all(int descriptor, char const* bytes, std::size_t count) {
  while (count > 0) {
    auto const written = ::write(descriptor, bytes, count);
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return false;
    bytes += written;
    count -= static_cast<std::size_t>(written);
  }
  return true;
}

bool copy(int from, int to) {
  std::vector<char> block(std::size_t{1} << 18U);
  for (;;) {
    auto const count = ::read(from, block.data(), block.size());
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return count == 0;
    if (!write_all(to, block.data(), static_cast<std::size_t>(count))) return false;
  }
}

}  // namespace

bool keep_standard_input(Programme const& programme) {
  bool const wanted = std::any_of(programme.datasets.begin(), programme.datasets.end(), [](auto const& dataset) {
    auto const& files = dataset.source.files;
    return std::find(files.begin(), files.end(), "-") != files.end();
  });
  if (!wanted || is_plain_file(STDIN_FILENO)) return true;
  std::unique_ptr<std::FILE, CloseFile> const kept(std::tmpfile());
  if (!kept) return false;
  int const descriptor = ::fileno(kept.get());
  return copy(STDIN_FILENO, descriptor) && ::lseek(descriptor, 0, SEEK_SET) == 0 &&
         ::dup2(descriptor, STDIN_FILENO) == STDIN_FILENO;
}

}  // namespace yekun
