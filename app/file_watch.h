// Whether files changed: by their names, sizes and times, looked at again and again, which works on every file system.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace yekun {

class FileWatch {
 public:
  /// Files and folders (with all in them, but for names that begin with a dot); at most kMost files are looked at.
  explicit FileWatch(std::vector<std::string> places) : places_(std::move(places)) {}
  static constexpr std::size_t kMost = 20'000;

  /// Whether anything is other than at the last look. The first look says yes.
  bool look();

 private:
  std::vector<std::string> places_;
  std::map<std::string, std::pair<std::uintmax_t, std::int64_t>> seen_{};
  bool looked_ = false;
};

}  // namespace yekun
