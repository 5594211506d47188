#include "app/file_watch.h"

#include <filesystem>

namespace yekun {
namespace {

namespace fs = std::filesystem;
using Seen = std::map<std::string, std::pair<std::uintmax_t, std::int64_t>>;

void note(fs::path const& path, Seen& seen) {
  std::error_code wrong;
  auto const size = fs::file_size(path, wrong);
  if (wrong) return;
  auto const time = fs::last_write_time(path, wrong);
  if (!wrong) seen[path.string()] = {size, time.time_since_epoch().count()};
}

void note_folder(fs::path const& folder, Seen& seen) {
  std::error_code wrong;
  fs::recursive_directory_iterator one(folder, fs::directory_options::skip_permission_denied, wrong);
  for (; !wrong && one != fs::recursive_directory_iterator() && seen.size() < FileWatch::kMost; one.increment(wrong)) {
    bool const hidden = one->path().filename().string().starts_with(".");
    std::error_code gone;
    if (one->is_directory(gone)) {
      if (hidden) one.disable_recursion_pending();
    } else if (!hidden) {
      note(one->path(), seen);
    }
  }
}

}  // namespace

bool FileWatch::look() {
  Seen now;
  for (auto const& place : places_) {
    std::error_code wrong;
    if (fs::is_directory(place, wrong))
      note_folder(place, now);
    else
      note(place, now);
  }
  bool const changed = !looked_ || now != seen_;
  looked_ = true;
  seen_ = std::move(now);
  return changed;
}

}  // namespace yekun
