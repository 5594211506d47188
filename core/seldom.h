// An optional for what is seldom there: a pointer's room until it is.
#pragma once

#include <memory>
#include <optional>
#include <utility>

namespace yekun {

/// As std::optional, with a value on the heap.
template <class T>
class Seldom {
 public:
  Seldom() = default;
  // Like std::optional it converts, without a word, from and to what it may hold.  NOLINTBEGIN(*-explicit-constructor)
  Seldom(std::nullopt_t) {}
  Seldom(T value) : at_(std::make_unique<T>(std::move(value))) {}
  Seldom(std::optional<T> value) {
    if (value) at_ = std::make_unique<T>(std::move(*value));
  }
  // NOLINTEND(*-explicit-constructor)
  Seldom(Seldom const& other) : at_(other ? std::make_unique<T>(*other) : nullptr) {}
  Seldom(Seldom&&) noexcept = default;
  Seldom& operator=(Seldom const& other) {
    if (this != &other) at_ = other ? std::make_unique<T>(*other) : nullptr;
    return *this;
  }
  Seldom& operator=(Seldom&&) noexcept = default;
  ~Seldom() = default;

  explicit operator bool() const { return at_ != nullptr; }
  bool has_value() const { return at_ != nullptr; }
  T& operator*() { return *at_; }
  T const& operator*() const { return *at_; }
  T* operator->() { return at_.get(); }
  T const* operator->() const { return at_.get(); }
  // NOLINTNEXTLINE(*-explicit-constructor)
  operator std::optional<T>() const { return at_ == nullptr ? std::nullopt : std::optional<T>(*at_); }

 private:
  std::unique_ptr<T> at_{};
};

}  // namespace yekun
