#include "indicators/id_table.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>
#include <tuple>
#include <utility>

namespace yekun {

namespace {

constexpr std::uint32_t kBlock = 256;  // numbers a worker takes at a time
constexpr std::size_t kFirstCapacity = 4096;
constexpr std::size_t kLeap = std::size_t{1} << 22;  // below it a table grows fourfold, then twofold

struct Long {
  std::uint32_t number;
  std::uint32_t size;
  char const* bytes() const { return reinterpret_cast<char const*>(this + 1); }
};

std::uint64_t mix(std::uint64_t key) {
  key = __builtin_bswap64(key) * 0x9E3779B97F4A7C15ULL;
  return (key ^ (key >> 32)) * 0xD6E8FEB86659FD93ULL;
}

std::uint64_t hash_text(std::string_view text) {
  std::uint64_t hash = 0x2545F4914F6CDD1DULL ^ text.size();
  std::size_t i = 0;
  for (; i + 8 <= text.size(); i += 8) {
    std::uint64_t word = 0;
    std::memcpy(&word, text.data() + i, 8);
    hash = mix(hash ^ word);
  }
  std::uint64_t tail = 0;
  std::memcpy(&tail, text.data() + i, text.size() - i);
  hash = mix(hash ^ tail ^ (text.size() << 56));
  return hash == 0 ? 1 : hash;
}

/// Texts that fit a word, without those that zero padding would confuse.
bool is_short(std::string_view text) { return !text.empty() && text.size() <= 8 && text.back() != '\0'; }

template <class Word>
std::uint64_t load(char const* at) {
  Word word = 0;
  std::memcpy(&word, at, sizeof word);
  return word;
}

/// The bytes of a short text, padded with zeros: the first and last ones may overlap.
std::uint64_t word_of(std::string_view text) {
  std::size_t const size = text.size();
  char const* const at = text.data();
  if constexpr (std::endian::native == std::endian::big) {
    std::uint64_t word = 0;
    std::memcpy(&word, at, size);
    return word;
  }
  if (size == 8) return load<std::uint64_t>(at);
  if (size >= 4) return load<std::uint32_t>(at) | load<std::uint32_t>(at + size - 4) << (8 * (size - 4));
  if (size >= 2) return load<std::uint16_t>(at) | load<std::uint16_t>(at + size - 2) << (8 * (size - 2));
  return load<std::uint8_t>(at);
}

/// How many look-ups ahead a slot is fetched.
constexpr std::size_t kAhead = 24;

}  // namespace

std::size_t IdTable::Table::home(std::uint64_t key) const { return mix(key) >> shift; }

void IdTable::Table::grow(std::size_t capacity) {
  Table bigger;
  bigger.memory = BigMemory(capacity * sizeof(Slot));
  bigger.mask = capacity - 1;
  bigger.shift = 64 - std::countr_zero(capacity);
  each([&](std::uint64_t key, std::uint64_t value) {
    std::size_t at = bigger.home(key);
    while (bigger.slots()[at].key.load(std::memory_order_relaxed) != 0) at = (at + 1) & bigger.mask;
    bigger.slots()[at].key.store(key, std::memory_order_relaxed);
    bigger.slots()[at].value.store(value, std::memory_order_relaxed);
  });
  *this = std::move(bigger);
}

IdTable::IdTable(unsigned workers) {
  for (unsigned i = 0; i < workers; ++i) workers_.push_back(std::make_unique<Worker>());
}

IdTable::~IdTable() = default;

void IdTable::reserve(std::size_t rows, bool with_long) {
  // Every worker may be adding a batch at the same time.
  auto const needed = [&] {
    return (limit() + (std::max<std::size_t>(rows, 4096) + kBlock) * workers_.size()) * 8 / 5;
  };
  auto const fits = [&](Table const& table) { return table.memory.data() != nullptr && table.mask + 1 >= needed(); };
  {
    std::shared_lock const hold(still_);
    if (fits(short_) && (!with_long || fits(long_))) return;
  }
  std::unique_lock const alone(still_);
  for (Table* table : {&short_, &long_}) {
    if (table == &long_ && !with_long) continue;
    std::size_t capacity = table->memory.data() == nullptr ? kFirstCapacity : table->mask + 1;
    if (fits(*table)) continue;
    while (capacity < needed()) capacity *= capacity < kLeap ? 4 : 2;
    table->grow(capacity);
  }
}

std::uint32_t IdTable::take_number(Worker& worker) {
  if (worker.next == worker.end) {
    worker.next = next_.fetch_add(kBlock, std::memory_order_relaxed);
    worker.end = worker.next + kBlock;
  }
  return worker.next++;
}

std::uint32_t IdTable::find_short(Worker& worker, std::uint64_t key) {
  Slot* const slots = short_.slots();
  for (std::size_t at = short_.home(key);; at = (at + 1) & short_.mask) {
    std::uint64_t seen = slots[at].key.load(std::memory_order_acquire);
    if (seen == 0 && slots[at].key.compare_exchange_strong(seen, key, std::memory_order_acq_rel)) {
      std::uint32_t const number = take_number(worker);
      slots[at].value.store(std::uint64_t{number} + 1, std::memory_order_release);
      return number;
    }
    if (seen != key) continue;
    std::uint64_t value = 0;
    while ((value = slots[at].value.load(std::memory_order_acquire)) == 0) {
    }
    return static_cast<std::uint32_t>(value - 1);
  }
}

std::uint32_t IdTable::find_long(Worker& worker, std::uint64_t hash, std::string_view text) {
  Slot* const slots = long_.slots();
  for (std::size_t at = long_.home(hash);; at = (at + 1) & long_.mask) {
    std::uint64_t seen = slots[at].key.load(std::memory_order_acquire);
    if (seen == 0 && slots[at].key.compare_exchange_strong(seen, hash, std::memory_order_acq_rel)) {
      std::size_t const bytes = (sizeof(Long) + text.size() + 7) / 8 * 8;
      if (worker.arena.empty() || worker.arena_used + bytes > worker.arena.back().size()) {
        worker.arena.emplace_back(std::max<std::size_t>(bytes, std::size_t{1} << 16));
        worker.arena_used = 0;
      }
      char* const place = worker.arena.back().data() + worker.arena_used;
      worker.arena_used += bytes;
      Long const head{take_number(worker), static_cast<std::uint32_t>(text.size())};
      std::memcpy(place, &head, sizeof head);
      std::memcpy(place + sizeof head, text.data(), text.size());
      slots[at].value.store(reinterpret_cast<std::uintptr_t>(place), std::memory_order_release);
      return head.number;
    }
    if (seen != hash) continue;
    std::uint64_t value = 0;
    while ((value = slots[at].value.load(std::memory_order_acquire)) == 0) {
    }
    auto const* const found = reinterpret_cast<Long const*>(static_cast<std::uintptr_t>(value));
    if (std::string_view(found->bytes(), found->size) == text) return found->number;
  }
}

void IdTable::promise(std::uint32_t count, std::function<void()> fill) {
  promised_ = count;
  fill_ = std::move(fill);
  next_.store((count + kBlock - 1) / kBlock * kBlock, std::memory_order_relaxed);
  owing_.store(true, std::memory_order_release);
}

/// The numbers promised are given while everybody else waits.
void IdTable::keep_promise() {
  if (!owing_.load(std::memory_order_acquire)) return;
  std::lock_guard const alone(promise_lock_);
  if (fill_ == nullptr) return;
  auto const fill = std::exchange(fill_, nullptr);
  Worker& worker = *workers_.front();
  auto const block = std::pair(std::exchange(worker.next, 0U), std::exchange(worker.end, promised_));
  fill();
  std::tie(worker.next, worker.end) = block;
  owing_.store(false, std::memory_order_release);
}

void IdTable::number(unsigned worker_index, std::span<std::string_view const> texts, std::uint8_t const* wanted,
                     std::uint32_t* out) {
  keep_promise();
  Worker& worker = *workers_[worker_index];
  std::size_t const n = texts.size();
  worker.keys.resize(n);
  worker.is_long.resize(n);
  bool any_long = false;
  for (std::size_t i = 0; i < n; ++i) {
    std::string_view const text = texts[i];
    bool const lengthy = wanted[i] != 0 && !is_short(text);
    worker.is_long[i] = lengthy ? 1 : 0;
    any_long |= lengthy;
    std::uint64_t key = 0;
    if (lengthy)
      key = hash_text(text);
    else if (wanted[i] != 0)
      key = word_of(text);
    worker.keys[i] = key;
  }
  reserve(n, any_long);
  std::shared_lock const hold(still_);
  auto const fetch = [&](std::size_t i) {
    Table const& table = worker.is_long[i] != 0 ? long_ : short_;
    __builtin_prefetch(&table.slots()[table.home(worker.keys[i])], 1);
  };
  for (std::size_t i = 0; i < std::min(kAhead, n); ++i) fetch(i);
  for (std::size_t i = 0; i < n; ++i) {
    if (i + kAhead < n) fetch(i + kAhead);
    if (wanted[i] == 0) continue;
    out[i] = worker.is_long[i] != 0 ? find_long(worker, worker.keys[i], texts[i]) : find_short(worker, worker.keys[i]);
  }
}

void IdTable::number(unsigned worker_index, std::span<std::int64_t const> wholes, std::uint8_t const* wanted,
                     std::uint32_t* out) {
  keep_promise();
  Worker& worker = *workers_[worker_index];
  reserve(wholes.size(), false);
  std::shared_lock const hold(still_);
  for (std::size_t i = 0; i < wholes.size(); ++i) {
    if (i + kAhead < wholes.size())
      __builtin_prefetch(&short_.slots()[short_.home(static_cast<std::uint64_t>(wholes[i + kAhead]))], 1);
    if (wanted[i] == 0) continue;
    out[i] = wholes[i] == 0 ? number_zero(worker) : find_short(worker, static_cast<std::uint64_t>(wholes[i]));
  }
}

std::uint32_t IdTable::number_zero(Worker& worker) {
  if (std::uint32_t const known = zero_.load(std::memory_order_acquire); known != 0) return known - 1;
  std::lock_guard const alone(zero_lock_);
  if (zero_.load(std::memory_order_acquire) == 0) zero_.store(take_number(worker) + 1, std::memory_order_release);
  return zero_.load(std::memory_order_acquire) - 1;
}

void IdTable::each_text(std::function<void(std::uint32_t, std::string_view)> const& f) {
  keep_promise();
  short_.each([&](std::uint64_t key, std::uint64_t value) {
    std::array<char, sizeof key> bytes{};
    std::memcpy(bytes.data(), &key, sizeof key);
    std::size_t size = sizeof key;
    while (size > 0 && bytes[size - 1] == '\0') --size;
    f(static_cast<std::uint32_t>(value - 1), {bytes.data(), size});
  });
  long_.each([&](std::uint64_t, std::uint64_t value) {
    auto const* const known = reinterpret_cast<Long const*>(static_cast<std::uintptr_t>(value));
    f(known->number, {known->bytes(), known->size});
  });
}

void IdTable::each_whole(std::function<void(std::uint32_t, std::int64_t)> const& f) {
  keep_promise();
  short_.each([&](std::uint64_t key, std::uint64_t value) {
    f(static_cast<std::uint32_t>(value - 1), static_cast<std::int64_t>(key));
  });
  if (std::uint32_t const zero = zero_.load(std::memory_order_acquire); zero != 0) f(zero - 1, 0);
}

}  // namespace yekun
