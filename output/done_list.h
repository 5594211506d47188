// Which reports of a burst are done: a small file beside the outputs, a JSON object a line. A line is added when a
// report's files are in place, so that a run that was killed goes on where it stood.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/diagnostic.h"

namespace yekun {

struct DoneReport {
  std::string member;   // empty: the overview
  std::string options;  // outputs and languages: other ones are another report
  std::string key;      // hash of all that it was made from
  struct File {
    std::string name;
    std::string sha256;
    friend bool operator==(File const&, File const&) = default;
  };
  std::vector<File> files{};
  friend bool operator==(DoneReport const&, DoneReport const&) = default;
};

/// One line, with its end.
std::string to_line(DoneReport const& report);

/// The reports of all lines. A last line without its end was being written when a run was killed: it is left out.
/// nullopt: another line is not one of ours.
std::optional<std::vector<DoneReport>> parse_done(std::string_view text);

/// Whether all its files are in `folder` as they were written.
bool is_intact(DoneReport const& report, std::string const& folder);

class DoneList {
 public:
  /// `path` of the file, which need not exist. One that is damaged counts as empty; `warnings` says so.
  static DoneList read(std::string path, Diagnostics& warnings);

  /// The last one with this member and these options; null if there is none.
  DoneReport const* find(std::string const& member, std::string const& options) const;
  /// Keeps it, in the file too. false: it could not be written.
  bool add(DoneReport report);
  /// Writes the file anew, each report once, if it has grown or was damaged. false: it could not be written.
  bool tidy();

 private:
  explicit DoneList(std::string path) : path_(std::move(path)) {}
  std::string path_;
  std::map<std::pair<std::string, std::string>, DoneReport> reports_{};
  bool untidy_ = false;
  bool damaged_ = false;  // what the file holds must not be added to
};

}  // namespace yekun
