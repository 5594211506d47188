#include "data-loaders/xml_reader.h"

#include <cstring>

namespace yekun {
namespace {

constexpr std::size_t kBuffer = std::size_t{256} << 10;
constexpr std::size_t kMostToken = std::size_t{16} << 20;
constexpr int kMostDepth = 256;

bool is_space(char c) { return c == ' ' || c == '\n' || c == '\t' || c == '\r'; }

std::string_view local(std::string_view name) {
  auto const colon = name.find(':');
  return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

}  // namespace

XmlReader::XmlReader(std::unique_ptr<PartStream> stream) : stream_(std::move(stream)), buffer_(kBuffer) {
  at_ = end_ = buffer_.data();
  if (!ensure(2)) return;
  auto const first = static_cast<unsigned char>(at_[0]);
  auto const second = static_cast<unsigned char>(at_[1]);
  if ((first == 0xFE && second == 0xFF) || (first == 0xFF && second == 0xFE) || first == 0 || second == 0)
    fail("is not in UTF-8");
}

/// Reads more behind what is left, moving that to the front. False at the end or on failure.
bool XmlReader::refill() {
  if (ended_ || !reason_.empty()) return false;
  auto const left = static_cast<std::size_t>(end_ - at_);
  before_ += static_cast<std::uint64_t>(at_ - buffer_.data());
  if (left > 0) std::memmove(buffer_.data(), at_, left);
  if (left == buffer_.size()) {
    if (buffer_.size() >= kMostToken) {
      at_ = end_ = buffer_.data();
      fail("holds a single text of more than 16 MB");
      return false;
    }
    buffer_.resize(buffer_.size() * 2);
  }
  at_ = buffer_.data();
  auto const got = stream_->read(std::span(buffer_).subspan(left));
  end_ = at_ + left;
  if (!got) {
    if (reason_.empty()) reason_ = got.error();
    return false;
  }
  ended_ = *got == 0;
  end_ += *got;
  return !ended_;
}

bool XmlReader::ensure(std::size_t count) {
  while (static_cast<std::size_t>(end_ - at_) < count)
    if (!refill()) return false;
  return true;
}

/// The first `wanted` at or after `from` (which is at or after at_), reading on as needed. at_ may move; null: none.
char const* XmlReader::find_from(char const* from, char wanted) {
  for (;;) {
    auto const* hit = static_cast<char const*>(std::memchr(from, wanted, static_cast<std::size_t>(end_ - from)));
    if (hit != nullptr) return hit;
    auto const seen = end_ - at_;
    if (!refill()) return nullptr;
    from = at_ + seen;
  }
}

XmlEvent XmlReader::fail(std::string_view why) {
  if (reason_.empty()) reason_ = std::string(why);
  at_ = end_;
  ended_ = true;
  return XmlEvent::failed;
}

XmlEvent XmlReader::next() {
  for (;;) {
    if (!reason_.empty()) return XmlEvent::failed;
    char const* tag = find_from(at_, '<');
    if (tag == nullptr) {
      if (!reason_.empty()) return XmlEvent::failed;
      if (depth_ > 0 || !rooted_) return fail("is cut off in the middle of its XML");
      return XmlEvent::end;
    }
    at_ = tag;
    if (!ensure(2)) return fail("is cut off in the middle of its XML");
    if (at_[1] == '/') return close_tag();
    if (at_[1] != '!' && at_[1] != '?') return open_tag();
    if (!special()) return fail("is cut off in the middle of its XML");
  }
}

XmlEvent XmlReader::close_tag() {
  char const* close = find_from(at_ + 2, '>');
  if (close == nullptr) return fail("is cut off in the middle of its XML");
  char const* last = close;
  while (last > at_ + 2 && is_space(last[-1])) --last;
  name_ = local({at_ + 2, static_cast<std::size_t>(last - at_ - 2)});
  at_ = close + 1;
  if (--depth_ < 0) return fail("is not well-formed XML: an end tag without its start");
  return XmlEvent::close;
}

XmlEvent XmlReader::open_tag() {
  // The whole tag must be in the buffer: find its '>' outside quotes.
  char const* p = at_ + 1;
  char quote = 0;
  for (;; ++p) {
    if (p == end_) {
      auto const seen = end_ - at_;
      if (!refill()) return fail("is cut off in the middle of its XML");
      p = at_ + seen;
    }
    if (quote != 0) {
      if (*p == quote) quote = 0;
    } else if (*p == '>') {
      break;
    } else if (*p == '"' || *p == '\'') {
      quote = *p;
    }
  }
  char const* const close = p;
  empty_ = close[-1] == '/';
  p = at_ + 1;
  while (p < close && !is_space(*p) && *p != '/') ++p;
  name_ = local({at_ + 1, static_cast<std::size_t>(p - at_ - 1)});
  if (name_.empty()) return fail("is not well-formed XML: a tag without a name");
  at_ = close + 1;
  attribute_count_ = 0;
  if (!is_space(*p)) p = close;  // no attributes
  char const* const last = empty_ ? close - 1 : close;
  while (p < last) {
    while (p < last && is_space(*p)) ++p;
    if (p == last) break;
    char const* const key = p;
    while (p < last && *p != '=' && !is_space(*p)) ++p;
    std::string_view const full(key, static_cast<std::size_t>(p - key));
    while (p < last && is_space(*p)) ++p;
    if (p == last || *p != '=') return fail("is not well-formed XML: an attribute without a value");
    ++p;
    while (p < last && is_space(*p)) ++p;
    if (p == last || (*p != '"' && *p != '\'')) return fail("is not well-formed XML: an attribute without quotes");
    char const mark = *p++;
    char const* const value = p;
    while (p < last && *p != mark) ++p;
    if (p == last) return fail("is not well-formed XML: an attribute without its closing quote");
    if (attribute_count_ < attributes_.size())
      attributes_[attribute_count_++] = {local(full), {value, static_cast<std::size_t>(p - value)}};
    ++p;
  }
  rooted_ = true;
  if (!empty_ && ++depth_ > kMostDepth) return fail("is nested too deeply");
  return XmlEvent::open;
}

/// Comments, processing instructions and CDATA between tags are passed over; a document type is refused.
bool XmlReader::special() {
  if (at_[1] == '?') {
    char const* close = find_from(at_ + 2, '>');
    while (close != nullptr && close[-1] != '?') close = find_from(close + 1, '>');
    if (close == nullptr) return false;
    at_ = close + 1;
    return true;
  }
  if (ensure(4) && std::memcmp(at_, "<!--", 4) == 0) return skip_past("-->");
  if (ensure(9) && std::memcmp(at_, "<![CDATA[", 9) == 0) return skip_past("]]>");
  fail(
      "declares a document type or XML entities, which no workbook does; open it in Excel or LibreOffice and save it "
      "again");
  return true;
}

/// Moves past the next `end` (three bytes), from at_ + 4 on, without keeping what is passed.
bool XmlReader::skip_past(std::string_view end) {
  at_ += 4;
  for (;;) {
    if (!ensure(end.size())) return false;
    std::string_view const here(at_, static_cast<std::size_t>(end_ - at_));
    auto const hit = here.find(end);
    if (hit != std::string_view::npos) {
      at_ += hit + end.size();
      return true;
    }
    at_ = end_ - (end.size() - 1);
  }
}

std::string_view XmlReader::attribute(std::string_view local_name, bool* found) const {
  for (auto const& one : attributes())
    if (one.name == local_name) {
      if (found != nullptr) *found = true;
      return one.value;
    }
  if (found != nullptr) *found = false;
  return {};
}

XmlReader::Text XmlReader::text() {
  char const* tag = find_from(at_, '<');
  if (tag != nullptr && end_ - tag < 64) {  // an end tag is short: have it in the buffer too
    auto const offset = tag - at_;
    ensure(static_cast<std::size_t>(offset) + 64);
    tag = at_ + offset;
  }
  if (tag != nullptr && end_ - tag >= 2 && tag[1] == '/') {
    auto const* close = static_cast<char const*>(std::memchr(tag, '>', static_cast<std::size_t>(end_ - tag)));
    if (close != nullptr) {
      Text const result{{at_, static_cast<std::size_t>(tag - at_)}};
      at_ = close + 1;
      --depth_;
      return result;
    }
  }
  return slow_text();
}

/// Text with comments, CDATA or elements in it, decoded into scratch_.
XmlReader::Text XmlReader::slow_text() {
  std::string decoded;
  int const outer = depth_;
  for (;;) {
    char const* tag = find_from(at_, '<');
    if (tag == nullptr || decoded.size() > kMostToken) {
      fail("is cut off in the middle of its XML");
      return {{}, true, true};
    }
    std::string_view const piece(at_, static_cast<std::size_t>(tag - at_));
    if (depth_ == outer && !decode_xml(piece, decoded)) {
      fail("holds an XML entity that is not known");
      return {{}, true, true};
    }
    at_ = tag;
    if (!slow_markup(decoded)) return {{}, true, true};
    if (depth_ < outer) break;
  }
  scratch_ = std::move(decoded);
  return {scratch_, true};
}

bool XmlReader::slow_markup(std::string& decoded) {
  constexpr std::string_view kData = "<![CDATA[";
  if (!ensure(2)) return fail("is cut off in the middle of its XML"), false;
  if (at_[1] == '/') return close_tag() == XmlEvent::close;
  if (at_[1] != '!' && at_[1] != '?') return open_tag() == XmlEvent::open;
  if (!ensure(kData.size()) || std::string_view(at_, kData.size()) != kData) {
    if (!special()) fail("is cut off in the middle of its XML");
    return reason_.empty();
  }
  char const* close = find_from(at_ + kData.size(), '>');
  while (close != nullptr && (close - at_ < 11 || close[-1] != ']' || close[-2] != ']'))
    close = find_from(close + 1, '>');
  if (close == nullptr) return fail("is cut off in the middle of its XML"), false;
  decoded.append(at_ + kData.size(), close - 2);
  at_ = close + 1;
  return true;
}

bool XmlReader::skip() {
  int const inside = depth_;
  while (depth_ >= inside) {
    XmlEvent const event = next();
    if (event == XmlEvent::failed || event == XmlEvent::end) return false;
  }
  return true;
}

bool XmlReader::text_to_tag(std::string& out) {
  char const* const tag = find_from(at_, '<');
  if (tag == nullptr) return fail("is cut off in the middle of its XML"), false;
  if (!decode_xml({at_, static_cast<std::size_t>(tag - at_)}, out))
    return fail("holds an XML entity that is not known"), false;
  at_ = tag;
  return true;
}

}  // namespace yekun
