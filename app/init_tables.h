// The tables in the files that init is given, and what each is taken for.
#pragma once

#include <string>
#include <vector>

#include "app/command.h"
#include "reports/proposal.h"

namespace yekun {

/// A file of the user's, and where the programme will have it.
struct GivenFile {
  std::string path{};     // as given
  std::string folder{};   // that it is in
  std::string name{};     // without folder
  std::string in_spec{};  // relative to the programme's folder
  bool copied = false;
};

struct InitTables {
  std::vector<ProposedDataset> datasets{};
  std::vector<std::string> remarks{};  // a line each: what a table was taken for, what was left out
  Diagnostics problems{};              // warnings; errors: a file that cannot be read
};

/// Tables of equal headings in one folder become one dataset. Lists of targets and of comments, and tables of less than
/// two columns, are left out with a remark.
InitTables read_tables(std::vector<GivenFile> const& files, Run const& run);

}  // namespace yekun
