#include "data-loaders/json_file.h"

#include <algorithm>

namespace yekun {

Result<std::unique_ptr<JsonFile>> JsonFile::open(std::string const& path, std::string const& name,
                                                 std::string const& encoding) {
  auto text = open_text(path, name, encoding);
  if (!text) return failure(text.error());
  auto file = std::make_unique<JsonFile>();
  file->text_ = std::move(*text);
  if (file->text_.encoding.guessed) file->guessed_ = file->text_.encoding.name;
  file->rest_ = file->text_.rest ? std::move(file->text_.rest)
                                 : plain_stream(*file->text_.file, file->text_.text_begin + file->text_.head.size());
  return file;
}

std::size_t JsonFile::read(std::span<char> room) {
  if (!problems_.empty()) return 0;
  if (at_ < text_.head.size()) {
    std::size_t const count = std::min(room.size(), text_.head.size() - at_);
    std::copy_n(text_.head.data() + at_, count, room.data());
    at_ += count;
    return count;
  }
  auto const count = rest_->read(room);
  if (count) return *count;
  problems_ = count.error();
  return 0;
}

bool JsonFile::next_line(std::string& line) {
  line.clear();
  for (;;) {
    auto const at = pending_.find('\n', from_);
    if (at != std::string::npos) {
      line.append(pending_, from_, at - from_);
      from_ = at + 1;
      return true;
    }
    line.append(pending_, from_);
    pending_.resize(std::size_t{64} << 10);
    pending_.resize(read(pending_));
    from_ = 0;
    if (pending_.empty()) return !line.empty();
    if (line.size() > (std::size_t{16} << 20)) {
      too_long_ = true;
      return false;
    }
  }
}

}  // namespace yekun
