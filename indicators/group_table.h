// From keys of several words to dense group numbers.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace yekun {

/// Numbers distinct keys 1, 2, ... in order of arrival; group 0 is scrap, for rows that belong nowhere. Words are small
/// codes that grow from 0: while they fit a table of a few million entries a key is found by one look-up, else by
/// hashing.
class GroupTable {
 public:
  explicit GroupTable(std::size_t words);

  /// out[i] for the key words[0][i], words[1][i], ...; a key whose first word is 0 belongs nowhere.
  void find(std::span<std::uint32_t const* const> words, std::size_t rows, std::uint32_t* out);

  /// The group of a key; 0 if there is none.
  std::uint32_t seek(std::span<std::uint32_t const> key) const;

  /// Number of groups, scrap included: at least 1.
  std::uint32_t size() const { return groups_; }
  std::uint32_t word(std::uint32_t group, std::size_t w) const { return keys_[group * words_ + w]; }
  std::size_t words() const { return words_; }
  /// Forgets all groups but those listed, which become 1, 2, ... in that order.
  void keep(std::span<std::uint32_t const> groups);

 private:
  void fit(std::span<std::uint32_t const* const> words, std::size_t rows);
  void rebuild();
  void rehash(std::size_t expected);
  void find_dense(std::span<std::uint32_t const* const> words, std::size_t rows, std::uint32_t* out);
  void find_hashed(std::span<std::uint32_t const* const> words, std::size_t rows, std::uint32_t* out);
  std::uint32_t add(std::span<std::uint32_t const* const> words, std::size_t row);
  std::uint64_t hash_of(std::uint32_t group) const;

  std::size_t words_ = 0;
  std::uint32_t groups_ = 1;
  std::vector<std::uint32_t> keys_{};  // words_ a group
  bool dense_ = true;
  std::vector<unsigned> bits_{};         // dense: bits of each word
  std::vector<std::uint32_t> table_{};   // dense: group by packed key; hashed: group by slot
  std::vector<std::uint64_t> hashes_{};  // of the batch
};

}  // namespace yekun
