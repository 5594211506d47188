// What several files gave, kept together: their blocks, and one dictionary of the ids that these name. Each id is then
// looked for once and not once for every file.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "indicators/cache_store.h"
#include "indicators/partial_states.h"

namespace yekun {

/// Where a block is kept.
struct BlockPlace {
  std::string segment{};  // the key of its entry
  std::size_t block = 0;
};
std::string block_place_bytes(BlockPlace const& place);
std::optional<BlockPlace> read_block_place(std::string_view bytes);

/// A segment that was read, and the numbers that its ids have in this run.
class Segment {
 public:
  /// nullopt: these are not such bytes.
  static std::optional<Segment> read(std::string bytes, CompiledPlan const& plan);

  std::size_t size() const { return blocks_.size(); }
  std::size_t bytes() const { return bytes_->size(); }
  /// nullptr: there is no such block.
  KeptBlock const* block(std::size_t at) const { return at < blocks_.size() ? &blocks_[at] : nullptr; }
  IdNumbers const& numbers() const { return numbers_; }
  /// Numbers its ids. `first`: where no other ids are known yet they need not be looked at before others come.
  void number(IdTables const& tables, unsigned worker, bool first);

 private:
  std::shared_ptr<std::string const> bytes_{};  // also of the promises made to tables
  std::vector<KeptKeys> keys_{};                // by domain
  std::vector<bool> texts_{};                   // by domain
  std::vector<KeptBlock> blocks_{};
  IdNumbers numbers_{};
};

/// Writes a segment: the ids of all blocks are noted in ids(), then come dictionary(), the blocks and finish().
class SegmentWriter {
 public:
  explicit SegmentWriter(CompiledPlan const& plan) : ids_(plan.domains.size()), texts_(domains_of_texts(plan)) {}
  std::vector<IdPlaces>& ids() { return ids_; }
  std::vector<IdPlaces> const& ids() const { return ids_; }
  void dictionary(IdTables const& tables);
  std::string finish(std::vector<PartialBytes> const& blocks);

 private:
  std::vector<IdPlaces> ids_;
  std::vector<bool> texts_;
  ByteWriter out_{};
};

/// The lists of a block as those of another dictionary, whose ids have places.
PartialBytes moved_block(KeptBlock const& block, IdNumbers const& numbers, std::vector<IdPlaces> const& ids);
/// Notes the ids of the block. False: its lists are none.
bool use_block(KeptBlock const& block, IdNumbers const& numbers, std::vector<IdPlaces>& ids);

}  // namespace yekun
