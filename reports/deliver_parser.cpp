#include "reports/deliver_parser.h"

#include <fmt/format.h>

#include <algorithm>

#include "reports/report_spec.h"

namespace yekun {

std::optional<MailAddress> read_address(JsonNode const& node, std::string_view key, SpecNotes& notes) {
  std::string text;
  if (!read_text(node, key, text, notes)) return std::nullopt;
  auto address = parse_address(text);
  if (address) return *std::move(address);
  notes.error(inside(node.place), "bad-address", fmt::format("'{}' {}", text, address.error()),
              "write an address such as office@example.org or \"Regional office <office@example.org>\"");
  return std::nullopt;
}

namespace {

void check_language(JsonNode const* node, std::string const& language, SpecNotes& notes) {
  std::vector<std::string> const known(std::begin(kLanguages), std::end(kLanguages));
  if (node != nullptr && std::find(known.begin(), known.end(), language) == known.end())
    notes.error(node->place, "unknown-language", fmt::format("unknown language '{}' in 'language'", language),
                suggestion(language, known));
}

/// Kinds of output that can be attached; an empty list attaches none.
void parse_formats(ObjectReader& reader, std::string_view key, std::optional<std::vector<std::string>>& out,
                   SpecNotes& notes) {
  static std::vector<std::string> const known{"xlsx", "pdf", "html", "png", "svg"};
  std::vector<std::string> words;
  auto const* node = reader.texts(key, words, Empty::allowed);
  if (node == nullptr) return;
  out = std::move(words);
  for (auto const& item : node->kind == JsonKind::array ? node->items : std::vector<JsonNode>{*node})
    if (std::find(known.begin(), known.end(), item.text) == known.end()) unknown_word(item, key, known, notes);
}

void parse_recipient(JsonNode const& node, std::vector<MailRecipient>& out, SpecNotes& notes) {
  MailRecipient one;
  one.place = node.place;
  if (node.kind != JsonKind::object) {
    if (auto address = read_address(node, "to", notes)) {
      one.address = *std::move(address);
      out.push_back(std::move(one));
    }
    return;
  }
  ObjectReader reader(node, "a recipient", notes);
  auto const* written = reader.required("address");
  auto address = written != nullptr ? read_address(*written, "address", notes) : std::nullopt;
  check_language(reader.text("language", one.language), one.language, notes);
  parse_formats(reader, "formats", one.formats, notes);
  reader.text("member", one.member);
  reader.finish();
  if (!address) return;
  one.address = *std::move(address);
  out.push_back(std::move(one));
}

void parse_recipients(JsonNode const& node, std::optional<RecipientSource>& out, SpecNotes& notes) {
  ObjectReader reader(node, "recipients", notes);
  RecipientSource source;
  source.place = node.place;
  reader.required("dataset");
  reader.name("dataset", NameKind::dataset, source.dataset);
  reader.required("address");
  reader.name("address", NameKind::column, source.address, source.dataset);
  reader.name("name", NameKind::column, source.name, source.dataset);
  reader.name("language", NameKind::column, source.language, source.dataset);
  reader.name("formats", NameKind::column, source.formats, source.dataset);
  reader.name("member", NameKind::column, source.member, source.dataset);
  reader.finish();
  out = std::move(source);
}

void check_share(JsonNode const* node, std::optional<Decimal> const& share, std::string_view key, SpecNotes& notes) {
  if (node != nullptr && share && (share->micros < 0 || share->micros > 1'000'000))
    notes.error(node->place, "bad-share", fmt::format("'{}' must be a share from 0 to 1", key));
}

void parse_condition(JsonNode const& node, SendCondition& out, SpecNotes& notes) {
  ObjectReader reader(node, "only_if", notes);
  out.place = node.place;
  reader.names("changed", NameKind::indicator, out.changed);
  auto const* by = reader.decimal("changed_by", out.changed_by);
  if (by != nullptr && out.changed.empty())
    notes.error(by->place, "missing-key", "'changed_by' needs 'changed', the indicators that are watched");
  check_share(reader.decimal("complete", out.complete), out.complete, "complete", notes);
  if (auto const* alert = reader.text("alert", out.alert)) out.alert_place = inside(alert->place);
  reader.names("in_any", NameKind::dimension, out.alert_by);
  if (reader.is_object() && out.changed.empty() && !out.complete && out.alert.empty())
    notes.error(node.place, "missing-key", "'only_if' needs 'changed', 'complete' or 'alert'");
  reader.finish();
}

void parse_mail(JsonNode const& node, MailSpec& out, SpecNotes& notes) {
  ObjectReader reader(node, "email", notes);
  out.place = node.place;
  if (auto const* from = reader.optional("from")) out.from = read_address(*from, "from", notes);
  auto const* to = reader.optional("to");
  if (to != nullptr && to->kind == JsonKind::array)
    for (auto const& one : to->items) parse_recipient(one, out.to, notes);
  else if (to != nullptr)
    parse_recipient(*to, out.to, notes);
  auto const* recipients = reader.optional("recipients");
  if (recipients != nullptr) parse_recipients(*recipients, out.recipients, notes);
  if (reader.is_object() && to == nullptr && recipients == nullptr && !reader.misspelt("to"))
    notes.error(node.place, "missing-key", "'email' needs 'to' or 'recipients'");
  parse_formats(reader, "attach", out.attach, notes);
  std::int64_t megabytes = 10;
  if (reader.whole("limit_mb", 1, 100, megabytes) != nullptr) out.limit_bytes = megabytes * 1'000'000;
  reader.text("shared_path", out.shared_path);
  reader.local_text("subject", out.subject, true);
  if (auto const* condition = reader.optional("only_if")) parse_condition(*condition, out.only_if, notes);
  reader.finish();
}

bool is_host(std::string_view text) {
  return !text.empty() && text.size() <= 253 && std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '-';
  });
}

void parse_smtp(JsonNode const& node, TransportSpec& out, SpecNotes& notes) {
  static constexpr Word<std::string_view> kSecurity[] = {{"starttls", "starttls"}, {"tls", "tls"}, {"none", "none"}};
  ObjectReader reader(node, "smtp", notes);
  reader.required("server");
  auto const* server = reader.text("server", out.target);
  if (server != nullptr && !is_host(out.target))
    notes.error(server->place, "bad-server", fmt::format("'{}' is not the name of a server", out.target),
                "write its name alone, such as mail.example.org; the port goes into 'port'");
  reader.whole("port", 1, 65535, out.port);
  std::string_view security = "starttls";
  reader.choice<std::string_view>("security", security, kSecurity);
  out.security = security;
  auto const* user = reader.text("user", out.user);
  reader.text("password_env", out.password_env);
  reader.text("password_file", out.password_file);
  reader.text("ca_file", out.ca_file);
  reader.whole("timeout_seconds", 1, 3600, out.timeout_seconds);
  if (auto const* secret = node.find("password"))
    notes.error(secret->place, "secret-in-spec", "a spec must not hold a password",
                "put it into an environment variable and name that in 'password_env', or into a file named in "
                "'password_file'");
  reader.optional("password");
  if (user != nullptr && out.password_env.empty() && out.password_file.empty() && node.find("password") == nullptr)
    notes.error(user->place, "missing-key", "'user' needs 'password_env' or 'password_file'");
  if (user != nullptr && out.security == "none")
    notes.error(user->place, "open-password", "a password is never sent over a connection without TLS",
                "leave out 'security', or the user");
  if (out.port == 0) out.port = out.security == "tls" ? 465 : 587;
  reader.finish();
}

}  // namespace

TransportSpec parse_through(JsonNode const& node, SpecNotes& notes) {
  TransportSpec out;
  ObjectReader reader(node, "through", notes);
  out.place = node.place;
  int ways = 0;
  if (auto const* smtp = reader.optional("smtp")) {
    out.kind = TransportKind::smtp;
    parse_smtp(*smtp, out, notes);
    ++ways;
  }
  if (reader.text("sendmail", out.target) != nullptr) {
    out.kind = TransportKind::program;
    ++ways;
  }
  auto const* patience = reader.whole("timeout_seconds", 1, 3600, out.timeout_seconds);
  if (patience != nullptr && out.kind != TransportKind::program)
    notes.error(patience->place, "misplaced-key", "'timeout_seconds' beside 'sendmail' is how long it may take",
                "with 'smtp', write it inside");
  if (reader.text("folder", out.target) != nullptr) {
    out.kind = TransportKind::folder;
    ++ways;
  }
  if (reader.is_object() && ways != 1)
    notes.error(node.place, "two-ways", "'through' needs one of 'smtp', 'sendmail' and 'folder'");
  reader.finish();
  return out;
}

DeliverSpec parse_deliver(JsonNode const& node, SpecNotes& notes) {
  DeliverSpec out;
  ObjectReader reader(node, "deliver", notes);
  if (auto const* email = reader.optional("email")) parse_mail(*email, out.email.emplace(), notes);
  if (auto const* through = reader.optional("through")) out.through = parse_through(*through, notes);
  reader.text("ledger", out.ledger);
  reader.finish();
  return out;
}

}  // namespace yekun
