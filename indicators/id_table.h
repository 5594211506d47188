// Distinct ids (persons, cases, ...) numbered densely, shared by the threads of a run.
#pragma once

#include <atomic>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <shared_mutex>
#include <span>
#include <string_view>
#include <vector>

#include "indicators/big_memory.h"

namespace yekun {

/// Numbers texts or whole numbers in order of arrival (so numbers differ between runs; only their distinctness counts).
/// Equality is exact: texts up to 8 bytes are compared as a word, longer ones byte by byte.
/// A table numbers either texts or whole numbers, never both. Different workers may call at once.
class IdTable {
 public:
  explicit IdTable(unsigned workers);
  ~IdTable();
  IdTable(IdTable const&) = delete;
  IdTable& operator=(IdTable const&) = delete;

  /// Numbers `count` texts; out[i] for texts[i] where wanted[i] != 0 (others are left alone).
  void number(unsigned worker, std::span<std::string_view const> texts, std::uint8_t const* wanted, std::uint32_t* out);
  /// The same for whole numbers (dates, integers, decimals).
  void number(unsigned worker, std::span<std::int64_t const> wholes, std::uint8_t const* wanted, std::uint32_t* out);

  /// Numbers `count` different ids 0, 1, ... of an empty table without looking at them: `fill` is called once when the
  /// table is asked for anything but its limit, and calls number() for all of them in that order, as worker 0. Not
  /// while others are numbering.
  void promise(std::uint32_t count, std::function<void()> fill);
  bool empty() const { return limit() == 0; }

  /// Calls f(number, id) for every text (every whole number) of the table, in no order. Not while others are numbering.
  void each_text(std::function<void(std::uint32_t, std::string_view)> const& f);
  void each_whole(std::function<void(std::uint32_t, std::int64_t)> const& f);

  /// All numbers handed out are below this; some below it may be unused.
  std::uint32_t limit() const { return next_.load(std::memory_order_relaxed); }

 private:
  struct Slot {
    std::atomic<std::uint64_t> key;    // 0: free
    std::atomic<std::uint64_t> value;  // 0: being written; short: number + 1; long: address of a Long
  };
  struct Table {
    BigMemory memory{};
    std::size_t mask = 0;
    int shift = 64;
    Slot* slots() const { return static_cast<Slot*>(memory.data()); }
    template <class F>
    void each(F&& f) const {
      for (std::size_t at = 0; memory.data() != nullptr && at <= mask; ++at)
        if (std::uint64_t const key = slots()[at].key.load(std::memory_order_relaxed); key != 0)
          f(key, slots()[at].value.load(std::memory_order_relaxed));
    }
    std::size_t home(std::uint64_t key) const;
    void grow(std::size_t capacity);
  };
  struct alignas(64) Worker {
    std::uint32_t next = 0;  // of the block of numbers it owns
    std::uint32_t end = 0;
    std::deque<std::vector<char>> arena{};
    std::size_t arena_used = 0;
    std::vector<std::uint64_t> keys{};
    std::vector<std::uint8_t> is_long{};
  };

  void reserve(std::size_t rows, bool with_long);
  void keep_promise();
  std::uint32_t take_number(Worker& worker);
  std::uint32_t find_short(Worker& worker, std::uint64_t key);
  std::uint32_t find_long(Worker& worker, std::uint64_t hash, std::string_view text);
  std::uint32_t number_zero(Worker& worker);

  Table short_{};  // keys are words
  Table long_{};   // keys are hashes of texts
  std::atomic<std::uint32_t> next_{0};
  std::atomic<std::uint32_t> zero_{0};  // number + 1 of the whole number 0, which has no free word
  std::shared_mutex still_{};           // shared: numbering; exclusive: growing
  std::mutex zero_lock_{};
  std::function<void()> fill_{};  // what promise() was given, until it is kept
  std::uint32_t promised_ = 0;
  std::atomic<bool> owing_{false};
  std::recursive_mutex promise_lock_{};
  std::vector<std::unique_ptr<Worker>> workers_{};
};

}  // namespace yekun
