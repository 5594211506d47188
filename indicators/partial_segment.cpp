#include "indicators/partial_segment.h"

#include <numeric>
#include <utility>

namespace yekun {

std::string block_place_bytes(BlockPlace const& place) {
  ByteWriter out;
  out.text(place.segment);
  out.count(place.block);
  return out.take();
}

std::optional<BlockPlace> read_block_place(std::string_view bytes) {
  ByteReader in(bytes);
  BlockPlace out;
  out.segment = in.text();
  out.block = static_cast<std::size_t>(in.count());
  return in.done() && !out.segment.empty() ? std::optional(std::move(out)) : std::nullopt;
}

std::optional<Segment> Segment::read(std::string bytes, CompiledPlan const& plan) {
  Segment out;
  out.bytes_ = std::make_shared<std::string const>(std::move(bytes));
  out.texts_ = domains_of_texts(plan);
  ByteReader in(*out.bytes_);
  for (bool const texts : out.texts_) {
    out.keys_.push_back(read_keys(in));
    if (!are_keys(out.keys_.back(), texts)) return std::nullopt;
  }
  for (std::size_t n = in.size(); n > 0 && !in.failed(); --n) {
    KeptBlock block;
    block.states = in.text();
    block.lists = in.text();
    out.blocks_.push_back(block);
  }
  if (!in.done()) return std::nullopt;
  return out;
}

void Segment::number(IdTables const& tables, unsigned worker, bool first) {
  numbers_.assign(keys_.size(), {});
  for (std::size_t d = 0; d < keys_.size(); ++d) {
    KeptKeys const keys = keys_[d];
    bool const texts = texts_[d];
    IdTable& table = *tables[d];
    if (!first || !table.empty()) {
      numbers_[d] = number_keys(keys, texts, table, worker).value_or(std::vector<std::uint32_t>());
      continue;
    }
    numbers_[d].resize(keys.count);
    std::iota(numbers_[d].begin(), numbers_[d].end(), 0U);
    // The table outlives this segment, so that the promise holds the bytes.
    table.promise(static_cast<std::uint32_t>(keys.count), [keys, texts, &table, hold = bytes_] {
      (void)hold;
      (void)number_keys(keys, texts, table, 0);
    });
  }
}

void SegmentWriter::dictionary(IdTables const& tables) {
  for (std::size_t d = 0; d < ids_.size(); ++d) ids_[d].write(*tables[d], texts_[d], out_);
}

std::string SegmentWriter::finish(std::vector<PartialBytes> const& blocks) {
  out_.count(blocks.size());
  for (PartialBytes const& block : blocks) {
    out_.text(block.states);
    out_.text(block.lists);
  }
  return out_.take();
}

PartialBytes moved_block(KeptBlock const& block, IdNumbers const& numbers, std::vector<IdPlaces> const& ids) {
  ByteReader in(block.lists);
  ListWriter out(ids);
  IdList list;
  while (!in.done() && read_list(in, numbers, list)) out.write(list);
  return {std::string(block.states), out.take()};
}

bool use_block(KeptBlock const& block, IdNumbers const& numbers, std::vector<IdPlaces>& ids) {
  ByteReader in(block.lists);
  IdList list;
  while (!in.done() && read_list(in, numbers, list)) use_list(list, ids);
  return in.done();
}

}  // namespace yekun
