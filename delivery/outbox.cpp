#include "delivery/outbox.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

#include "output/digest.h"

namespace yekun {
namespace {

constexpr std::array<std::string_view, 8> kStates{"queued",  "sending", "committing", "sent",
                                                  "refused", "later",   "uncertain",  "expired"};
constexpr std::string_view kColumns =
    "id, job, occurrence, member, recipient, state, message_id, attempts, at, next_at, detail";

Delivery read(SqliteQuery const& row) {
  Delivery out;
  out.id = row.number(0);
  out.key = {row.text(1), row.text(2), row.text(3), row.text(4)};
  out.state = parse_delivery_state(row.text(5)).value_or(DeliveryState::uncertain);
  out.message_id = row.text(6);
  out.attempts = row.number(7);
  out.at = row.number(8);
  out.next_at = row.number(9);
  out.detail = row.text(10);
  return out;
}

DeliveryState after(SendOutcome outcome) {
  switch (outcome) {
    case SendOutcome::accepted:
      return DeliveryState::sent;
    case SendOutcome::refused:
      return DeliveryState::refused;
    case SendOutcome::later:
      return DeliveryState::later;
    case SendOutcome::uncertain:
      return DeliveryState::uncertain;
  }
  return DeliveryState::uncertain;
}

}  // namespace

std::string_view to_text(DeliveryState state) { return kStates.at(static_cast<std::size_t>(state)); }

std::optional<DeliveryState> parse_delivery_state(std::string_view text) {
  auto const at = std::find(kStates.begin(), kStates.end(), text);
  if (at == kStates.end()) return std::nullopt;
  return static_cast<DeliveryState>(at - kStates.begin());
}

Result<std::vector<Delivery>> Outbox::recover(std::int64_t now) const {
  SqliteTransaction change(database_);
  if (!change.began()) return failure(database_.problem());
  std::vector<Delivery> found;
  auto lost = database_.query(fmt::format("select {} from delivery where state = 'committing' order by id", kColumns));
  while (lost.step()) found.push_back(read(lost));
  auto again = database_.query("update delivery set state = 'later', at = ?, next_at = ? where state = 'sending'");
  again.bind(now).bind(now).step();
  if (!lost.ok() || !again.ok()) return failure(database_.problem());
  for (auto& one : found) {
    one.state = DeliveryState::uncertain;
    one.detail = "the program was stopped while the server was answering";
    auto mark = database_.query("update delivery set state = 'uncertain', at = ?, detail = ? where id = ?");
    mark.bind(now).bind(one.detail).bind(one.id).step();
    if (!mark.ok()) return failure(database_.problem());
  }
  if (!change.commit()) return failure(database_.problem());
  return found;
}

Result<Delivery> Outbox::add(DeliveryKey const& key, std::string_view message_id, std::int64_t now) const {
  auto add = database_.query("insert or ignore into delivery values (null, ?, ?, ?, ?, 'queued', ?, 0, ?, ?, '')");
  add.bind(key.job).bind(key.occurrence).bind(key.member).bind(key.recipient).bind(message_id).bind(now).bind(now);
  add.step();
  if (!add.ok()) return failure(database_.problem());
  auto find = database_.query(fmt::format(
      "select {} from delivery where job = ? and occurrence = ? and member = ? and recipient = ?", kColumns));
  find.bind(key.job).bind(key.occurrence).bind(key.member).bind(key.recipient);
  if (!find.step()) return failure(database_.problem());
  return read(find);
}

Diagnostics Outbox::keep(DeliveryKey const& key, std::string_view message_id, KeptMessage const& message,
                         std::int64_t now) const {
  SqliteTransaction change(database_);
  if (!change.began()) return database_.problem();
  auto add = database_.query("insert or ignore into delivery values (null, ?, ?, ?, ?, 'queued', ?, 0, ?, ?, '')");
  add.bind(key.job).bind(key.occurrence).bind(key.member).bind(key.recipient).bind(message_id).bind(now).bind(now);
  add.step();
  if (!add.ok()) return database_.problem();
  auto keep = database_.query("insert into kept_message select last_insert_rowid(), ?, ? where changes() > 0");
  keep.bind(message.from).bind(message.bytes).step();
  return keep.ok() && change.commit() ? Diagnostics{} : database_.problem();
}

Result<std::vector<std::pair<Delivery, KeptMessage>>> Outbox::kept(std::int64_t now) const {
  auto query =
      database_.query(fmt::format("select {}, sender, message from delivery join kept_message on delivery = id where "
                                  "state in ('queued', 'later') and next_at <= ? order by id",
                                  kColumns));
  query.bind(now);
  std::vector<std::pair<Delivery, KeptMessage>> out;
  while (query.step()) out.emplace_back(read(query), KeptMessage{query.text(11), query.text(12)});
  if (!query.ok()) return failure(database_.problem());
  return out;
}

Diagnostics Outbox::move(std::int64_t id, DeliveryState to, std::string_view phase, std::string_view detail,
                         std::int64_t now, std::int64_t next_at) const {
  SqliteTransaction change(database_);
  if (!change.began()) return database_.problem();
  auto set = database_.query(
      "update delivery set state = ?, at = ?, next_at = ?, detail = ?, attempts = attempts + ? where id = ?");
  set.bind(to_text(to)).bind(now).bind(next_at).bind(detail);
  set.bind(std::int64_t{to == DeliveryState::sending ? 1 : 0}).bind(id).step();
  if (!set.ok()) return database_.problem();  // at once: what follows would have an error of its own, or none
  auto note = database_.query("insert into attempt values (null, ?, ?, ?, ?)");
  note.bind(id).bind(now).bind(phase).bind(detail).step();
  if (!note.ok() || !change.commit()) return database_.problem();
  return {};
}

Diagnostics Outbox::begin(std::int64_t id, std::int64_t now) const {
  return move(id, DeliveryState::sending, "sending", {}, now, now);
}

Diagnostics Outbox::commit(std::int64_t id, std::int64_t now) const {
  return move(id, DeliveryState::committing, "committing", {}, now, now);
}

Diagnostics Outbox::finish(std::int64_t id, Answered const& answer, std::int64_t now, std::int64_t next_at) const {
  return move(id, after(answer.outcome), to_text(answer.outcome), answer.detail, now, next_at);
}

Diagnostics Outbox::expire(std::int64_t id, std::int64_t now) const {
  return move(id, DeliveryState::expired, "expired", {}, now, now);
}

Diagnostics Outbox::resolve(std::int64_t id, bool arrived, std::int64_t now) const {
  return move(id, arrived ? DeliveryState::sent : DeliveryState::queued, arrived ? "arrived" : "again", {}, now, now);
}

Result<std::vector<Delivery>> Outbox::list(std::string_view job, std::string_view occurrence) const {
  auto query = database_.query(fmt::format(
      "select {} from delivery where (?1 = '' or job = ?1) and (?2 = '' or occurrence = ?2) order by id", kColumns));
  query.bind(job).bind(occurrence);
  std::vector<Delivery> out;
  while (query.step()) out.push_back(read(query));
  if (!query.ok()) return failure(database_.problem());
  return out;
}

std::int64_t retry_seconds(std::int64_t attempt, std::string_view seed) {
  constexpr std::int64_t kFirst = 300;
  constexpr std::int64_t kMost = 21600;
  std::int64_t const base = attempt > 7 ? kMost : std::min(kMost, kFirst << std::max<std::int64_t>(attempt - 1, 0));
  auto const hash = sha256_hex(fmt::format("{} {}", seed, attempt)).substr(0, 8);
  std::uint32_t bits = 0;
  std::from_chars(hash.data(), hash.data() + hash.size(), bits, 16);
  std::int64_t const fifth = base / 5;
  return base - fifth + static_cast<std::int64_t>(bits % static_cast<std::uint64_t>(2 * fifth + 1));
}

Result<std::optional<RunLock>> RunLock::take(std::string const& ledger) {
  int const file = ::open((ledger + ".lock").c_str(), O_CREAT | O_RDWR | O_CLOEXEC, 0600);
  if (file < 0) {
    Diagnostic out;
    out.fault = Fault::delivery;
    out.code = "ledger-closed";
    out.place.file = ledger;
    out.message = "the ledger cannot be opened for writing";
    out.hint = "see that its folder exists and may be written";
    return failure(std::move(out));
  }
  if (::flock(file, LOCK_EX | LOCK_NB) == 0) return std::optional(RunLock(file));
  ::close(file);
  return std::optional<RunLock>();
}

RunLock::RunLock(RunLock&& other) noexcept : file_(std::exchange(other.file_, -1)) {}

RunLock::~RunLock() {
  if (file_ >= 0) ::close(file_);
}

}  // namespace yekun
