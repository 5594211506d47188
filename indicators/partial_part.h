// One file of a dataset on its way through a scan by parts, or all of its files where they are not read apart.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "indicators/file_hashes.h"
#include "indicators/partial_key.h"
#include "indicators/partial_segment.h"

namespace yekun {

struct Part {
  std::vector<std::uint32_t> files{};  // indices into Source::files()
  std::vector<HashedFile> hashed{};    // as files
  std::string key{};
  std::uint64_t order = 0;  // what is added to its places in input order
  std::optional<RowFacts> facts{};
  PartialTime time{};
  std::optional<BlockPlace> groups{};    // where they are kept
  std::optional<BlockPlace> contacts{};  // where they are kept
  bool found = false;                    // all that it gave is kept
  Workers workers{};                     // what its rows gave, if they were read

  std::string groups_key() const { return key + "groups of " + time.text + "\n"; }
  std::string contacts_key() const { return key + "contacts\n"; }
  PartialPlace place() const { return {time.windows, facts->first_day, order}; }
};

}  // namespace yekun
