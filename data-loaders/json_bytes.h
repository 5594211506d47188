// Bytes of a JSON text one after another, with their place, for nlohmann's parser; a single text or number of more than
// 16 MB ends it, so that memory stays bounded.
#pragma once

#include <cstdint>
#include <functional>
#include <iterator>
#include <span>
#include <string_view>
#include <vector>

namespace yekun {

class JsonBytes {
 public:
  /// `read` fills the front of what it gets and says how many; 0 at the end.
  explicit JsonBytes(std::function<std::size_t(std::span<char>)> read) : read_(std::move(read)), buffer_(kBuffer) {
    fill();
  }
  /// All of `text`, which must outlive this.
  explicit JsonBytes(std::string_view text) : data_(text.data()), size_(text.size()) {}
  JsonBytes(JsonBytes const&) = delete;
  JsonBytes& operator=(JsonBytes const&) = delete;
  bool at_end() const { return at_ == size_; }
  char current() const { return data_[at_]; }
  void advance();
  std::uint64_t line() const { return line_; }
  std::uint64_t column() const { return column_; }  // in bytes, from 1
  bool too_long() const { return too_long_; }

  class Iterator {
   public:
    using iterator_category = std::input_iterator_tag;
    using value_type = char;
    using difference_type = std::ptrdiff_t;
    using pointer = char const*;
    using reference = char;
    Iterator() = default;  // the end
    explicit Iterator(JsonBytes* bytes) : bytes_(bytes) {}
    char operator*() const { return bytes_->current(); }
    Iterator& operator++() {
      bytes_->advance();
      return *this;
    }
    Iterator operator++(int) {
      Iterator const before = *this;
      bytes_->advance();
      return before;
    }
    bool operator==(Iterator const& other) const { return is_end() == other.is_end(); }
    bool operator!=(Iterator const& other) const { return !(*this == other); }

   private:
    bool is_end() const { return bytes_ == nullptr || bytes_->at_end(); }
    JsonBytes* bytes_ = nullptr;
  };
  Iterator begin() { return Iterator(this); }
  static Iterator end() { return {}; }

 private:
  static constexpr std::size_t kBuffer = std::size_t{64} << 10;
  static constexpr std::size_t kMostToken = std::size_t{16} << 20;
  void fill();
  void follow(char c);

  std::function<std::size_t(std::span<char>)> read_{};
  std::vector<char> buffer_{};
  char const* data_ = nullptr;
  std::size_t at_ = 0;
  std::size_t size_ = 0;
  std::uint64_t line_ = 1;
  std::uint64_t column_ = 1;
  std::size_t run_ = 0;
  bool quoted_ = false;
  bool escaped_ = false;
  bool too_long_ = false;
};

}  // namespace yekun
