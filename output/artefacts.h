// The files of one report appear together and whole, or not at all: they are written under other names in the same
// folder, synced, then renamed. What was there before stays until then.
#pragma once

#include <functional>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "core/diagnostic.h"

namespace yekun {

class Artefacts {
 public:
  /// `mark` keeps the temporary names of concurrent runs apart: it begins with the process's id.
  Artefacts(std::string folder, std::string mark);
  Artefacts(Artefacts const&) = delete;
  Artefacts& operator=(Artefacts const&) = delete;
  /// Removes what was not published.
  ~Artefacts();

  /// Makes the folder. Error: it cannot be made (Fault::render).
  Diagnostics prepare() const;

  /// The path under which to write the file that will be called `name` (a plain file name).
  std::string add(std::string const& name);

  /// Adds a file with these bytes.
  Diagnostics write(std::string const& name, std::string_view bytes);

  /// Adds a file that `write` makes at the path it is given; what is wrong with it is told under the file's own name.
  Diagnostics make(std::string const& name, std::function<Diagnostics(std::string const& path)> const& write);

  struct Written {
    std::string name;
    std::string temporary;  // its path
  };
  /// What was added so far.
  std::vector<Written> pending();

  /// The same, for another process to publish: an Artefacts of the same folder and mark that add()s these
  /// names has the same files. They are no longer this one's to remove.
  std::vector<Written> hand_over();

  /// Syncs and renames all. If that fails half way the old files are put back. Returns the final paths in the order in
  /// which they were added.
  Result<std::vector<std::string>> publish();

  /// Removes the temporary files. Waits for a publish() that has begun.
  void discard();

 private:
  struct File {
    std::string temporary;
    std::string final;
    std::string old{};  // where the file that was there waits
    bool renamed = false;
  };
  std::vector<Written> names() const;
  Diagnostics rename_all();
  void put_back();
  void remove_all();
  std::string folder_;
  std::string mark_;
  std::mutex mutex_{};  // discard() may come from the thread that waits for Ctrl-C
  std::vector<File> files_{};
};

/// Removes temporary files that runs left behind in `folder` when they were killed: those of outputs, and of the hidden
/// lists beside them, whose names begin with `stem` (after the dot that hides them) and whose mark begins with the id
/// of a process for which `is_gone` holds.
void remove_leftovers(std::string const& folder, std::string const& stem, std::function<bool(long)> const& is_gone);

}  // namespace yekun
