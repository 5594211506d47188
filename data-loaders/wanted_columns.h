// Which of a source's columns a scan asks for.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "data-loaders/source.h"

namespace yekun {

/// For every wanted column its place among `names`, or kFileColumn or kSheetColumn where the spec names such a column,
/// or kNoColumn where the file lacks an optional one. The failure names every other column that `file` lacks.
inline constexpr std::size_t kFileColumn = static_cast<std::size_t>(-1);
inline constexpr std::size_t kSheetColumn = static_cast<std::size_t>(-2);
inline constexpr std::size_t kNoColumn = static_cast<std::size_t>(-3);
Result<std::vector<std::size_t>> find_wanted(ScanRequest const& request, std::vector<std::string> const& names,
                                             Dataset const& dataset, std::string const& file, std::uint64_t header_row);

/// What a later file of a dataset has other than the first: optional columns that it lacks, columns that only it has.
/// `first`, `names`: of the columns. Without dataset and file.
std::vector<Finding> tell_differences(std::vector<std::string> const& first, std::vector<std::string> const& names,
                                      ScanRequest const& request, std::uint64_t header_row);

/// "'x.xlsx' is damaged: ..." from a reason such as "is damaged: ...; save it again"; what follows "; " is the hint.
Diagnostic unreadable(std::string const& file, std::string_view reason);

/// The name of a file without its folders.
std::string file_name(std::string const& file);

}  // namespace yekun
