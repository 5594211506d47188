// What became of the reports of a burst, told in the members' order, and the exit code that says it all.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "app/command.h"

namespace yekun {

struct MemberOutcome {
  bool unchanged = false;
  std::vector<std::string> paths{};  // of what was written
  Diagnostics problems{};            // with an error: nothing was written
};

class BurstOutcome {
 public:
  /// `members`: their values, the overview's is empty.
  BurstOutcome(std::vector<std::string> members, Console const& console);

  /// Prints the paths of this one and of those that waited for it. A warning that all give is printed once.
  void add(std::size_t member, MemberOutcome outcome);
  /// Prints what failed, how many are unchanged, and gives the exit code. `out`: the folder, for the hint.
  Exit finish(std::string const& out) const;

 private:
  std::string title(std::size_t member) const;
  void print(std::size_t member);

  std::vector<std::string> members_;
  Console const& console_;
  std::vector<std::optional<MemberOutcome>> outcomes_;
  std::size_t printed_ = 0;
  std::set<std::string> warned_{};
};

}  // namespace yekun
